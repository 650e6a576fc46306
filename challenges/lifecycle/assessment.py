"""How an assessment lives: assigned, scored, locked; or void, with its marks kept and not counted."""

from django.utils.translation import gettext as _

from challenges.jury_forms import RecuseForm, TellJurorForm
from challenges.lifecycle.jury_people import the_chair, the_juror
from challenges.models import Assessment, Challenge, Criterion, Interest
from challenges.rules import is_the_juror, leads_the_jury
from factory import clock
from factory.moves import Moves, is_the_factory
from factory.notices.telling import informs, warns

State = Assessment.State
SCORED_IN = {"text": Challenge.State.SCORING, "pitch": Challenge.State.PITCHING}

moves = Moves(Assessment)


@moves.begin(to=State.OPEN, may=is_the_factory)
def assign(assessment, *, by):
    """A juror gets an entry to score."""
    return {"juror": assessment.juror_id, "entry": assessment.entry_id, "round": assessment.round}


def is_the_time(assessment):
    """Reasons why marks cannot be given now."""
    if Challenge.objects.get(pk=assessment.challenge_id).state != SCORED_IN[assessment.round]:
        yield _("This is done while the jury scores.")


def still_to_score(assessment):
    """What keeps a juror from locking: marks or words that are missing."""
    yield from is_the_time(assessment)
    asked = Criterion.objects.filter(challenge=assessment.challenge_id, scored_at=assessment.round)
    given = {score.criterion_id: score for score in assessment.scores.all()}
    for criterion in asked:
        score = given.get(criterion.pk)
        if score is None or score.points is None:
            yield _("%(criterion)s: choose a mark.") % {"criterion": criterion}
        elif not score.motivation.strip():
            yield _("%(criterion)s: say why.") % {"criterion": criterion}


@moves.add(State.OPEN, to=State.LOCKED, may=is_the_juror, unless=still_to_score, final=True)
def lock(assessment, *, by):
    """The juror is done: the marks stand, and those of the others can be read."""
    assessment.locked_at = clock.now()


def cannot_be_given_back(assessment):
    """Reasons why a juror gets no marks back: not now, or they left the jury."""
    yield from is_the_time(assessment)
    if assessment.juror.said_yes_at is None:
        yield _("This juror has left the jury.")


@moves.add(
    State.LOCKED,
    to=State.OPEN,
    may=leads_the_jury,
    form=TellJurorForm,
    unless=cannot_be_given_back,
    tells=[warns(the_juror)],
)
def unlock(assessment, *, by, reason):
    """Something is not right: the juror gets the marks back to change them."""
    assessment.locked_at, assessment.reason = None, reason


@moves.add(
    State.OPEN,
    State.LOCKED,
    to=State.VOID,
    may=leads_the_jury,
    form=TellJurorForm,
    unless=is_the_time,
    tells=[informs(the_juror)],
)
def release(assessment, *, by, reason):
    """The juror need not score this entry after all."""
    assessment.reason = reason


@moves.add(
    State.OPEN,
    State.LOCKED,
    to=State.VOID,
    may=is_the_juror,
    form=RecuseForm,
    final=True,
    tells=[warns(the_chair)],
)
def recuse(assessment, *, by, reason):
    """The juror has a conflict after all: the marks are void and the entry closes for them."""
    return {"juror": assessment.juror_id, "entry": assessment.entry_id}


@recuse.then
def the_entry_closes(assessment, event, *, reason):
    declared = Interest.objects.filter(juror=assessment.juror_id, entry=assessment.entry_id)
    declared.update(
        conflicted=True, reason=reason[:500], declared_by=event.actor, declared_at=clock.now()
    )
    others = Assessment.objects.filter(juror=assessment.juror_id, entry=assessment.entry_id)
    for other in others.standing().exclude(pk=assessment.pk):
        void(other, on_behalf_of=event.whose)


@moves.by_the_factory(State.OPEN, State.LOCKED, to=State.VOID)
def void(assessment, *, by):
    """The juror declared a conflict, or left before locking: what they gave does not count."""
    return {"juror": assessment.juror_id, "entry": assessment.entry_id}
