"""When a winner turns the award down: the next of the reserve, within the envelope.

Before the term is over that is another decision, of which all entrants hear again, with a term of their own.
Once the awards are final the reserve was part of what became final, and the next one gets the award at once.
"""

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.lifecycle import award as awards_of
from challenges.lifecycle import entry as entries_of
from challenges.lifecycle.announcing import take_the_decision_back
from challenges.lifecycle.bringing import moves
from challenges.lifecycle.objecting import somebody_objects
from challenges.models import Award, Challenge, Entry
from challenges.objecting_forms import NextForm
from challenges.outcome import standing_decision
from challenges.rules import decides_on_the_award, is_free_of_all
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
    may=decides_on_the_award & is_free_of_all,
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


def cannot_pass_on(challenge):
    """Reasons why the next of the reserve is not proposed before the term is over."""
    yield from nobody_comes_next(challenge)
    yield from somebody_objects(challenge)


@moves.add(
    State.NOTIFIED,
    to=State.PROPOSED,
    may=decides_on_the_award & is_free_of_all,
    form=NextForm,
    unless=cannot_pass_on,
)
def pass_on(challenge, *, by, cents):
    """A winner turns it down before the term is over: the next of the reserve is proposed, and all hear anew."""
    if cents > challenge.left_cents:
        words = _("At most %(left)s is left of the envelope.")
        raise Missing([words % {"left": euro(challenge.left_cents)}])
    challenge.notified_at = challenge.term_ends_date = None
    challenge.next_entry = next_in_reserve(challenge)
    return {"entry": challenge.next_entry.pk, "sum": cents}


pass_on.then(take_the_decision_back)


@pass_on.then
def the_next_is_proposed(challenge, event, *, cents):
    awards_of.put_forward(Award(entry=challenge.next_entry, cents=cents), by=the_factory())


say(
    {
        "challenge.pass_on": (
            gettext_lazy("Propose the next of the reserve"),
            gettext_lazy("The next of the reserve was proposed"),
        ),
        "challenge.award_next": (
            gettext_lazy("Award to the next of the reserve"),
            gettext_lazy("Awarded to the next of the reserve"),
        ),
    }
)
