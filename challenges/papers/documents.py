"""The documents that belong to the file of a challenge: what somebody sent, and where it stands in the folder."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import Approval, Decision, Document, Objection
from factory import pdf
from factory.files.models import StoredFile

# What holds a file, in which field, in which folder it comes, and what it is.
HELD = (
    (Document, "file", "problem", gettext_lazy("With the problem")),
    (Approval, "document", "approval", gettext_lazy("Decision by which it was approved")),
    (Decision, "paper", "decision", gettext_lazy("Decision on the awards")),
    (Objection, "paper", "objections", gettext_lazy("Objection")),
)


@dataclass
class Kept:
    """One file in the folder: its place, what it is, and the file itself."""

    place: str
    what: str
    file: StoredFile


def documents(challenge, person, entries):
    """What this person may open, each asked for by its own gate; with ``entries`` their attachments too."""
    found = [*_held(challenge, person), *_attached(entries)]
    taken = set()
    for one in found:
        one.place = free(one.place, taken)
        taken.add(one.place.casefold())
    return found


def _held(challenge, person):
    for model, field, folder, what in HELD:
        rows = model.objects.visible_to(person).filter(challenge=challenge)
        for row in rows.exclude(**{field: None}).select_related(field).order_by("pk"):
            file = getattr(row, field)
            yield Kept(f"{folder}/{safe(file.name)}", str(what), file)


def _attached(entries):
    for entry in entries:
        what = _("Attachment of entry %(number)s") % {"number": entry.number}
        for one in entry.attached:
            yield Kept(f"entries/{entry.number}/{safe(one.file.name)}", what, one.file)


def safe(name):
    """A name that stays in its folder, whoever unpacks it."""
    return name.replace("/", "-").replace("\\", "-").lstrip(".") or "file"


def free(place, taken):
    """This place, or the next one with a number that nothing else has."""
    path, number = PurePosixPath(place), 1
    while place.casefold() in taken:
        number += 1
        place = str(path.with_name(f"{path.stem}-{number}{path.suffix}"))
    return place


def told(found):
    """The list of them."""
    if found:
        yield pdf.heading(_("Documents"))
        rows = [(one.what, one.place) for one in found]
        head = (_("What"), _("File"))
        yield pdf.table(_("What goes along in the ZIP"), head, rows, widths=(2, 4))
