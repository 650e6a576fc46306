"""When a winner turns the award down: the next of the reserve, within the envelope and the decision."""

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.lifecycle import award as awards_of
from challenges.lifecycle import entry as entries_of
from challenges.lifecycle.bringing import moves
from challenges.models import Award, Challenge, Entry
from challenges.objecting_forms import NextForm
from challenges.outcome import standing_decision
from challenges.rules import decides_on_the_award
from factory.moves import STAYS, Missing, the_factory
from factory.templatetags.words import euro
from factory.texts import say

State = Challenge.State


def next_in_reserve(challenge):
    """The entry that comes next, or None."""
    waiting = challenge.entries.filter(state=Entry.State.RESERVE, finding__place__isnull=False)
    return waiting.order_by("finding__place").first()


def nobody_comes_next(challenge):
    """Reasons why the reserve does not come to its turn."""
    if next_in_reserve(challenge) is None:
        yield _("Nobody is in the reserve.")
    elif not challenge.awards.filter(state=Award.State.DECLINED).exists():
        yield _("The reserve comes next when a winner turns the award down.")
    elif challenge.left_cents <= 0:
        yield _("Nothing is left in the envelope.")


@moves.add(
    State.AWARDED,
    to=STAYS,
    may=decides_on_the_award,
    form=NextForm,
    unless=nobody_comes_next,
)
def award_next(challenge, *, by, cents):
    """The next of the reserve gets an award."""
    standing = challenge.awards.filter(state__in=[Award.State.DECIDED, Award.State.FINAL])
    left = standing_decision(challenge).cents - (standing.aggregate(sum=Sum("cents"))["sum"] or 0)
    if cents > min(left, challenge.left_cents):
        words = _("At most %(left)s is left of the envelope and of what was decided.")
        raise Missing([words % {"left": euro(min(left, challenge.left_cents))}])
    challenge.next_entry = next_in_reserve(challenge)
    return {"entry": challenge.next_entry.pk, "sum": cents}


@award_next.then
def the_next_has_it(challenge, event, *, cents):
    entry = challenge.next_entry
    made = Award(entry=entry, cents=cents)
    awards_of.put_forward(made, by=the_factory())
    awards_of.grant(made, on_behalf_of=event.whose)
    awards_of.settle(made, on_behalf_of=event.whose)
    entries_of.come_next(entry, on_behalf_of=event.whose)


say(
    {
        "challenge.award_next": (
            gettext_lazy("Award to the next of the reserve"),
            gettext_lazy("Awarded to the next of the reserve"),
        )
    }
)
