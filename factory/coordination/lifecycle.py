"""Is this right? Whoever a coordinator noted something for says so in one press."""

import rules
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from factory.coordination.answers import follow
from factory.coordination.models import OnBehalf
from factory.coordination.notes import coordinates
from factory.moves import Moves, whenever_represented
from factory.notices.facts import facts_of
from factory.notices.telling import asks, informs
from factory.templatetags.words import euro, moment
from factory.texts import say, told, who

State = OnBehalf.State

moves = Moves(OnBehalf)


@rules.predicate
def it_was_noted_for(person, noted):
    """The one for whom it was noted."""
    return person == noted.person


def the_person(noted):
    """The one for whom it was noted."""
    return [noted.person]


def who_noted_it(noted):
    """The coordinator who noted it."""
    return [noted.by]


@moves.begin(to=State.ASKED, may=coordinates, tells=[asks(the_person, "affirm", "deny")])
def ask(noted, *, by, event):
    """A coordinator noted something for somebody, who is asked whether it is right."""
    noted.event, noted.person, noted.by = event, event.on_behalf_of, by
    return {"event": event.pk}


@whenever_represented
def ask_whether_it_is_right(thing, event):
    ask(OnBehalf(), by=event.actor, event=event)


@moves.add(State.ASKED, to=State.RIGHT, may=it_was_noted_for)
def affirm(noted, *, by):
    """It is right."""


@affirm.then
def then_it_is_theirs(noted, event):
    follow(noted, right=True)


@moves.add(State.ASKED, to=State.WRONG, may=it_was_noted_for, tells=[asks(who_noted_it)])
def deny(noted, *, by):
    """It is not right: it goes as far as it can, and a coordinator calls."""


@deny.then
def then_it_goes(noted, event):
    follow(noted, right=False)


@moves.add(State.WRONG, to=State.SETTLED, may=coordinates, tells=[informs(the_person)])
def settle(noted, *, by):
    """A coordinator has set it right with them."""


@facts_of(OnBehalf, "event", "person", "by")
def about_noted(noted, person):
    """What was noted, for the mail and the pages."""
    amount = euro(noted.cents) if noted.cents else ""
    what = told(noted.event.verb)
    return {
        "mine": None,
        "knows": lambda somebody: True,
        "what": SimpleLazyObject(lambda: f"{what}: {noted.thing}"),
        "amount": amount,
        "noted": noted,
        "particulars": SimpleLazyObject(
            lambda: _("Noted by %(name)s on %(day)s") % {"name": noted.by, "day": moment(noted.at)}
        ),
    }


say(
    {
        "onbehalf.ask": (_("Ask whether it is right"), _("Noted for somebody")),
        "onbehalf.affirm": (_("Yes, this is right"), _("Said that it is right")),
        "onbehalf.deny": (_("No, this is not right"), _("Said that it is not right")),
        "onbehalf.settle": (_("This is settled"), _("Settled")),
    }
)
who({"it_was_noted_for": _("the person for whom it was noted")})
