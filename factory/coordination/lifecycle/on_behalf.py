"""Is this right? Whoever a coordinator noted something for says so in one press."""

import rules
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.coordination.answers import exactly, follow, sealed_amount
from factory.coordination.models import Look, OnBehalf
from factory.coordination.models.look import AT_MOST
from factory.coordination.notes import coordinates
from factory.moves import Missing, Moves, itself, may_stand_in, whenever_represented
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


# Part of what was noted, which is that person's deed: they say whether it is right, and nobody else undoes it.
@moves.begin(
    to=State.ASKED, may=coordinates, tells=[asks(the_person, "affirm", "deny")], final=True
)
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


take_back = moves.take_back(may=coordinates, undoes={settle: itself})


@facts_of(OnBehalf, "event", "person", "by")
def about_noted(noted, person):
    """What was noted, for the mail and the pages."""
    cents = noted.cents or (sealed_amount(noted) if person == noted.person else None)
    amount = euro(cents) if cents else ""
    what = told(noted.event.verb)
    return {
        "mine": None,
        "knows": lambda somebody: True,
        "what": SimpleLazyObject(lambda: f"{what}: {noted.thing}"),
        "amount": amount,
        "exactly": SimpleLazyObject(lambda: exactly(noted)),
        "noted": noted,
        "particulars": SimpleLazyObject(
            lambda: _("Noted by %(name)s on %(day)s") % {"name": noted.by, "day": moment(noted.at)}
        ),
    }


moves_of_looks = Moves(Look)


@rules.predicate
def looks(person, look):
    """The coordinator who looks."""
    return person.is_active and person.is_staff and person == look.by


def whose_pages(look):
    """The one as whom a coordinator looked."""
    return [look.person]


# What was seen cannot be unseen: whoever was looked as hears of it, whatever the coordinator does next.
@moves_of_looks.begin(
    to=Look.State.LOOKING, may=coordinates, tells=[informs(whose_pages)], final=True
)
def look(look, *, by, person):
    """A coordinator starts to see the site as a member does; that member hears of it."""
    if not may_stand_in(by, person):
        raise Missing([_("Nobody looks as this person.")])
    look.by, look.person = by, person
    look.at = clock.now()
    look.until = look.at + AT_MOST


@moves_of_looks.add(Look.State.LOOKING, to=Look.State.ENDED, may=looks)
def stop(look, *, by):
    """The coordinator is back on their own pages."""


@moves_of_looks.by_the_factory(Look.State.LOOKING, to=Look.State.ENDED, due=Look.objects.overdue)
def run_out(look, *, by):
    """The time to look is over."""


@facts_of(Look, "by", "person")
def about_look(look, person):
    """Who looked, for the line in the inbox."""
    return {"mine": None, "knows": lambda somebody: True, "look": look}


say(
    {
        "onbehalf.ask": (_("Ask whether it is right"), _("Noted for somebody")),
        "onbehalf.affirm": (_("Yes, this is right"), _("Said that it is right")),
        "onbehalf.deny": (_("No, this is not right"), _("Said that it is not right")),
        "look.look": (_("See the site as this member"), _("Saw the site as you do")),
        "look.stop": (_("Stop looking"), _("Stopped looking")),
        "look.run_out": (_("End the look"), _("The time to look was over")),
        "onbehalf.take_back": (_("Take back"), _("Taken back")),
        "onbehalf.settle": (_("This is settled"), _("Settled")),
    }
)
who(
    {
        "it_was_noted_for": _("the person for whom it was noted"),
        "looks": _("the coordinator who looks"),
    }
)
