"""The name a file came with, made harmless: it is only shown and never a path."""

import re
import unicodedata

LONGEST = 80
AWAY = re.compile(r'[<>:"|?*\s]+')


def clean_name(name, extension):
    """Without folders, unseen characters or a false ending; ``extension`` is what it really is."""
    last = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    stem = AWAY.sub(" ", seen.rpartition(".")[0] or seen).strip(" .")
    return f"{stem[:LONGEST].strip(' .') or 'file'}.{extension}"
