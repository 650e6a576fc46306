"""The dry run: a sheet becomes lines in the database, and every line is looked at; nothing is entered."""

from django.db import transaction
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from factory import clock
from factory.journal.models import Event
from factory.sheets import Unreadable, head, read
from partners.imports import doubles
from partners.imports.checking import check, compare
from partners.imports.knowing import Known, headed, missing
from partners.models import Import, ImportLine

Status, Verdict = Import.Status, ImportLine.Verdict
A_CHUNK = 500
LOOKED_AT = ["verdict", "remarks", "facts", "keys"]


@transaction.atomic
def bring(content, file_name, *, by, language):
    """Keep the sheet that somebody brought, once its head is understood; raises ``Unreadable``."""
    understood(head(content))
    batch = Import.objects.create(
        by=by, content=content, file_name=file_name[-200:], language=language
    )
    Event.objects.record(
        batch, "import.bring", actor=by, details={"bytes": len(content)}, channel="admin"
    )
    return batch


def understood(line):
    """The columns of a head; raises ``Unreadable`` when one is missing that cannot be missed."""
    columns = headed(line.cells)
    if gone := missing(columns):
        words = _("These columns are missing: %(names)s. Look at the example sheet.")
        raise Unreadable(words % {"names": ", ".join(gone)})
    return columns


class Reader:
    """Looks at one import, a chunk in a transaction; a killed worker loses one chunk at most."""

    def __init__(self, pk):
        self.pk, self.known = pk, Known()

    def run(self):
        """Until every line was looked at, or another worker has it in hand."""
        while self.step():
            pass

    @transaction.atomic
    def step(self):
        """One chunk. Whether there is more to do here."""
        rows = Import.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
        batch = rows.filter(pk=self.pk, status=Status.READING).first()
        if batch is None:
            return False
        with translation.override(batch.language):
            return self._unpack(batch) if batch.content is not None else self._look(batch)

    def _unpack(self, batch):
        try:
            first, *lines = read(bytes(batch.content))
            understood(first)
        except Unreadable as fault:
            batch.status, batch.trouble = Status.UNREADABLE, str(fault)[:500]
            lines = []
        else:
            batch.head = [cell[:200] for cell in first.cells]
        rows = [ImportLine(batch=batch, number=n.number, cells=list(n.cells)) for n in lines]
        ImportLine.objects.bulk_create(rows, batch_size=1000)
        batch.content, batch.total = None, len(rows)
        return self._written(batch)

    def _look(self, batch):
        lines = list(batch.lines.filter(verdict=Verdict.WAITING).order_by("number")[:A_CHUNK])
        columns = headed(batch.head)
        for line in lines:
            check(line, columns, self.known)
            compare(line, self.seen)
        doubles.find(lines)
        ImportLine.objects.rewrite(lines, LOOKED_AT)
        batch.done += len(lines)
        if len(lines) < A_CHUNK:
            batch.status = Status.CHECKED
        return self._written(batch)

    @cached_property
    def seen(self):
        """``{key: number}`` of the lines that were looked at before."""
        lines = ImportLine.objects.filter(batch=self.pk).exclude(verdict=Verdict.WAITING)
        rows = lines.order_by("-number").values_list("keys", "number")
        return {key: number for keys, number in rows for key in keys}

    def _written(self, batch):
        batch.worked_at = clock.now()
        batch.save()
        return batch.status == Status.READING
