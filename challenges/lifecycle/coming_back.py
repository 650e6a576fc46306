"""Who was excluded and objected with reason comes back, and is judged as all others were.

Before the letters that happens at once. Once they are out, the decision is taken back first: other entrants were told
of it. What was scored stands, for nothing about it changed. The jury declares about the entry that came back and
scores it, on the same criteria; then all are compared again, so finalists, proposal and decision lapse.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from challenges import calendar
from challenges.lifecycle import assessment as assessments_of
from challenges.lifecycle import award as awards_of
from challenges.lifecycle import entry as entries_of
from challenges.lifecycle.announcing import decide_anew
from challenges.lifecycle.bringing import moves
from challenges.lifecycle.jury_people import jurors
from challenges.lifecycle.objection import uphold
from challenges.lifecycle.people import coordinators, those_who_decide
from challenges.models import Award, Challenge, Entry, Objection
from factory import clock
from factory.knowledge.models import Norm
from factory.notices.telling import asks, informs
from factory.texts import say
from factory.working_days import after

State = Challenge.State
LATER = calendar.CALENDAR[calendar.CALENDAR.index(calendar.SCORES) :]


@moves.by_the_factory(
    State.SCORING,
    State.CONSENSUS,
    State.COACHING,
    State.PITCHING,
    State.PROPOSED,
    State.DECIDED,
    to=State.SCORING,
    tells=[asks(jurors), informs(those_who_decide), informs(coordinators)],
)
def score_again(challenge, *, by, came_back):
    """An entry came back: the jury declares about it and scores it, and compares all of them anew."""
    if challenge.scores_by and challenge.scores_by < clock.now():
        give_time(challenge)
    return {"entries": [entry.pk for entry in came_back]}


def give_time(challenge):
    """The day for scores is over: that and what comes after it are later, by whole weeks.

    The jury has at least so many working days as the norm of today says.
    """
    first = after(clock.today(), Norm.objects.value("scoring-again-days"))
    weeks = -((timezone.localdate(challenge.scores_by) - first).days // 7)
    moments = calendar.moments_of(challenge)
    for name, moment in calendar.shifted(moments, LATER, timedelta(weeks=weeks)).items():
        setattr(challenge, name, moment)


@score_again.then
def all_are_compared_anew(challenge, event, *, came_back):
    challenge.decisions.standing().update(ended_at=clock.now())
    for begun in challenge.assessments.open().filter(round="pitch"):
        assessments_of.void(begun, on_behalf_of=event.whose)
    for entry in challenge.entries.filter(state=Entry.State.SHORTLISTED):
        entries_of.go_back_to_the_jury(entry, on_behalf_of=event.whose)
    for award in challenge.awards.filter(state=Award.State.PROPOSED):
        awards_of.drop(award, on_behalf_of=event.whose)
    for award in challenge.awards.filter(state=Award.State.DECIDED):
        awards_of.revoke(award, on_behalf_of=event.whose)


@uphold.then
def who_was_excluded_comes_back(objection, event, *, reason):
    challenge = Challenge.objects.get(pk=objection.challenge_id)
    if challenge.state != State.NOTIFIED:
        come_back(challenge, event)


@decide_anew.then
def who_was_right_comes_back(challenge, event):
    come_back(challenge, event)


def come_back(challenge, event):
    """Everybody whose exclusion was found wrong; the jury goes on, or begins again, where it scores already."""
    right = Objection.objects.filter(challenge=challenge, state=Objection.State.UPHELD)
    back = challenge.entries.filter(state=Entry.State.EXCLUDED, pk__in=right.values("entry"))
    found = list(back.order_by("number"))
    for entry in found:
        entries_of.come_back(entry, on_behalf_of=event.whose)
    if found and challenge.state != State.CHECKING:
        score_again(challenge, on_behalf_of=event.whose, came_back=found)


say(
    {
        "challenge.score_again": (
            gettext_lazy("Score again"),
            gettext_lazy("An entry came back, the jury scores it"),
        ),
    }
)
