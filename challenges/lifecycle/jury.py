"""The jury at work: who declares what, who reads what, and who is reminded."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from challenges.declaring import DeclareForm
from challenges.jury_forms import AssignForm
from challenges.lifecycle import assessment as assessments_of
from challenges.lifecycle.bringing import moves
from challenges.lifecycle.jury_people import jurors_with_work, newly_assigned, who_reassigns
from challenges.models import Assessment, Challenge, Interest
from challenges.rules import leads_the_jury, sits_in_the_jury
from challenges.scoring import pairs_to_assign
from factory import clock
from factory.journal.models import Event
from factory.moves import STAYS, begin_many, the_factory
from factory.notices.telling import asks, warns

State = Challenge.State
SOON = timedelta(days=2)  # before the scores must be in, jurors hear it once
NOT_SOONER = timedelta(hours=20)  # than this a chair reminds again


@moves.add(
    State.SCORING,
    State.CONSENSUS,
    State.PITCHING,
    to=STAYS,
    may=sits_in_the_jury | leads_the_jury,
    form=DeclareForm,
    tells=[warns(who_reassigns)],
)
def declare(challenge, *, by, juror, entries, conflicts):
    """A juror says of every entry whether they have an interest; where there are no names, a clerk does."""
    return {"juror": juror.pk, "entries": len(entries), "conflicts": [e.pk for e in conflicts]}


@declare.then
def write_the_interests_down(challenge, event, *, juror, entries, conflicts):
    """``entries``: all that are declared; ``conflicts``: {entry: which}. What stands is not taken back."""
    said = {"declared_by": event.whose, "declared_at": clock.now()}
    Interest.objects.bulk_create(
        [Interest(juror=juror, entry=entry, conflicted=False, **said) for entry in entries],
        ignore_conflicts=True,
    )
    for entry, reason in conflicts.items():
        rows = Interest.objects.clear().filter(juror=juror, entry=entry)
        rows.update(conflicted=True, reason=reason, **said)
    held = Assessment.objects.standing().filter(juror=juror, entry__in=list(conflicts))
    for assessment in held:
        assessments_of.void(assessment, on_behalf_of=event.whose)
        challenge.was_voided = True


@moves.add(
    State.SCORING,
    to=STAYS,
    may=leads_the_jury,
    form=AssignForm,
    tells=[asks(newly_assigned)],
)
def assign(challenge, *, by, each=None, juror=None, entry=None):
    """Who reads what: every entry by so many, or one entry by one juror."""
    return {"each": each, "juror": getattr(juror, "pk", None), "entry": getattr(entry, "pk", None)}


@assign.then
def give_them_out(challenge, event, *, each=None, juror=None, entry=None):
    pairs = [(juror.pk, entry.pk)] if juror else pairs_to_assign(challenge, each)
    begin_assessments(challenge, pairs, "text")
    challenge.was_given = {juror for juror, _entry in pairs}


def begin_assessments(challenge, pairs, round):
    """Give each juror each entry; the database refuses whom it must."""
    new = [
        Assessment(challenge=challenge, juror_id=juror, entry_id=entry, round=round)
        for juror, entry in pairs
    ]
    if new:
        things = [(assessment, {}) for assessment in new]
        begin_many(assessments_of.assign, things, by=the_factory())


def nobody_to_remind(challenge):
    """Reasons why no reminder goes out."""
    last = Event.objects.about(challenge).filter(verb="challenge.remind_jury").last()
    if last and last.at > clock.now() - NOT_SOONER:
        yield _("The jury was reminded less than a day ago.")
    if not jurors_with_work(challenge).exists():
        yield _("Everybody is done.")


@moves.add(
    State.SCORING,
    to=STAYS,
    may=leads_the_jury,
    unless=nobody_to_remind,
    tells=[asks(jurors_with_work)],
)
def remind_jury(challenge, *, by):
    """Who still has something to do hears so."""


def scores_due_soon(now):
    """Those whose scores must be in within two days, of which the jury has not heard by itself yet."""
    told = Event.objects.filter(
        thing_type=Challenge.label(), thing_id=OuterRef("pk"), verb="challenge.nudge_jury"
    )
    soon = Challenge.objects.filter(
        state=State.SCORING, scores_by__gt=now, scores_by__lte=now + SOON
    )
    return soon.filter(~Exists(told)).order_by("scores_by")


@moves.by_the_factory(State.SCORING, to=STAYS, due=scores_due_soon, tells=[asks(jurors_with_work)])
def nudge_jury(challenge, *, by):
    """Two days before the scores must be in, who still has something to do hears so."""
