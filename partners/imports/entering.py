"""The second job: what was found to be new is entered through the move, each line once."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from factory import clock
from factory.journal.models import Event
from factory.moves import begin_many, way_in
from partners.imports import doubles
from partners.imports.knowing import Known
from partners.lifecycle import enter
from partners.models import Import, ImportLine, Organisation
from partners.models.standing import RESERVED

Status, Verdict = Import.Status, ImportLine.Verdict
A_CHUNK = 250
MANY = ("sectors", "themes", "works_in")


@transaction.atomic
def start(batch, *, by, doubtful_too):
    """Say that this import may be brought in. Returns whether it was this call that did."""
    batch = Import.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.status != Status.CHECKED:
        return False
    batch.status, batch.entered_by, batch.doubtful_too = Status.ENTERING, by, doubtful_too
    batch.total, batch.done, batch.worked_at = _wanted(batch).count(), 0, clock.now()
    batch.save()
    Event.objects.record(
        batch, "import.enter", actor=by, details={"lines": batch.total}, channel="admin"
    )
    return True


def _wanted(batch):
    verdicts = [Verdict.NEW, Verdict.DOUBTFUL] if batch.doubtful_too else [Verdict.NEW]
    return batch.lines.filter(verdict__in=verdicts).order_by("number")


class Enterer:
    """Enters one import, a chunk in a transaction: a killed worker loses that chunk, and no line comes twice."""

    def __init__(self, pk):
        self.pk, self.known = pk, Known()

    def run(self):
        """Until every line that was wanted is in, or another worker has it in hand."""
        while self.step():
            pass

    @transaction.atomic
    def step(self):
        """One chunk. Whether there is more to do here."""
        rows = Import.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
        batch = rows.select_related("entered_by").filter(pk=self.pk, status=Status.ENTERING).first()
        if batch is None:
            return False
        with translation.override(batch.language), way_in(Event.Channel.ADMIN):
            lines = list(_wanted(batch)[:A_CHUNK])
            if lines:
                self._enter(batch, lines)
            else:
                batch.status = Status.DONE
        batch.worked_at = clock.now()
        batch.save()
        return batch.status == Status.ENTERING

    def _enter(self, batch, lines):
        doubles.look_again(lines)
        new = [line for line in lines if line.verdict != Verdict.HERE]
        try:
            with clock.held():
                self._begin(new, batch.entered_by)
        except PermissionDenied:
            batch.status = Status.CHECKED
            batch.trouble = _("Only a coordinator brings partners in.")
            return
        ImportLine.objects.rewrite(lines, ["verdict", "remarks", "organisation"])
        batch.done += len(lines)

    def _begin(self, lines, by):
        slugs = free_slugs([line.facts["name"] for line in lines])
        things = [Organisation(slug=slug) for slug in slugs]
        plain = [
            (thing, self._plain(line.facts)) for thing, line in zip(things, lines, strict=True)
        ]
        begin_many(enter, plain, by=by)
        for line, thing in zip(lines, things, strict=True):
            line.organisation, line.verdict = thing, Verdict.ENTERED
        for name in MANY:
            _relate(name, lines)

    def _plain(self, facts):
        """What stands in the row itself, with the place as a row of its own."""
        kept = {name: value for name, value in facts.items() if name not in MANY}
        return kept | {"region": self.known.regions[facts["region"]]}


def _relate(name, lines):
    """The sectors (or what ``name`` says) of all these, in one statement."""
    field = Organisation._meta.get_field(name)
    row = field.remote_field.through
    ours, theirs = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    row.objects.bulk_create(
        row(**{ours: line.organisation_id, theirs: pk})
        for line in lines
        for pk in line.facts.get(name, ())
    )


def free_slugs(names):
    """An address for each of these names that no page has, in order."""
    wanted = [slugify(name)[:120] or "x" for name in names]
    taken = set(Organisation.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    taken |= RESERVED
    found = []
    for slug in wanted:
        slug = f"{slug}-{secrets.token_hex(3)}" if slug in taken else slug
        taken.add(slug)
        found.append(slug)
    return found
