"""The whole file of a challenge as one ZIP: its paper, the report of the jury, the documents, and lists of them."""

import json
import shutil
import tempfile
import zipfile
from operator import itemgetter

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from structlog import get_logger

from challenges.models import Guidance
from challenges.papers.advice import advice_paper
from challenges.papers.course import invited_of
from challenges.papers.documents import documents
from challenges.papers.dossier import PEOPLE, WORDS, dossier, has_report, history_of
from challenges.papers.entered import entries_of
from challenges.papers.report import jury_report
from factory.pdf import pressed
from factory.sheets import MOMENT, TEXT, Column, as_csv

IN_MEMORY = 5_000_000  # bytes; a larger folder is made on the disk

log = get_logger(__name__)


def zipped(challenge, person):
    """A file to read from its beginning: the ZIP of everything that this person may see."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever answers closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in papers(challenge, person):
            folder.writestr(name, content)
        entries = entries_of(challenge, person)
        rows = [put(folder, one) for one in documents(challenge, person, entries)]
        if rows:
            head = (_("File"), _("What"), _("Bytes"), "SHA-256")
            folder.writestr("documents.csv", listed(head, rows))
    file.seek(0)
    return file


def papers(challenge, person):
    """(name, content) of what is made for it."""
    yield "dossier.pdf", pressed(dossier(challenge, person, whole=True))
    if has_report(challenge, person):
        yield "jury-report.pdf", pressed(jury_report(challenge))
    if guidance := Guidance.objects.visible_to(person).last_of(challenge):
        yield "advice.pdf", pressed(advice_paper(guidance))
    yield "history.csv", listed((_("When"), _("What")), history_of(challenge), moment=0)
    if invited := list(invited_of(challenge, person)):
        head = (_("Organisation"), _("Invited by"), _("When"), _("Why"))
        yield "invited.csv", listed(head, invited, moment=2)
    texts = {name: getattr(challenge, name) for name in ("title", *WORDS, *PEOPLE)}
    yield "challenge.json", json.dumps(texts, ensure_ascii=False, indent=1)


def put(folder, one):
    """Copy one document into the folder; its row in the list, which says so when it is not there any more."""
    try:
        with (
            default_storage.open(one.file.path) as content,
            folder.open(one.place, "w") as place,
        ):
            shutil.copyfileobj(content, place)
    except FileNotFoundError:
        log.error("file_is_gone", file=one.file.pk)
        return one.place, one.what, _("not there any more"), one.file.sha256
    return one.place, one.what, str(one.file.size), one.file.sha256


def listed(head, rows, moment=None):
    """Rows of texts as CSV; ``moment``: which of the columns holds moments."""
    kinds = [MOMENT if number == moment else TEXT for number in range(len(head))]
    columns = [
        Column(label, itemgetter(number), kind)
        for number, (label, kind) in enumerate(zip(head, kinds, strict=True))
    ]
    return b"".join(as_csv(columns, rows))
