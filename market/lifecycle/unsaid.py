"""An agreement or a no that was told by phone and was not right: it goes, and whoever was told is told again."""

from django.utils.translation import gettext as _

from factory.coordination.answers import in_words_of, when_denied
from factory.journal.models import Event
from factory.moves import STAYS
from factory.notices.telling import asks, informs, warns
from factory.templatetags.words import euro
from market.history import last, standing
from market.lifecycle import listing as listings
from market.lifecycle.clocks import clocks
from market.lifecycle.match import agree, moves, stand_down
from market.lifecycle.people import (
    both_sides,
    buyers_who_agreed,
    coordinators,
    suppliers_who_were_asked,
    those_asked_if_right,
    those_who_have_not_said_yes,
)
from market.models import Choice, Listing, Match, Value
from market.standing import OTHER

State = Match.State
Reason = Match.Reason


@moves.by_the_factory(
    State.AGREED, to=State.INTRODUCED, tells=[warns(both_sides), informs(coordinators)]
)
def strike_agreement(match, *, by, side, struck):
    """What was told by phone was not agreed: they are two that met, as before."""
    match.agreed_cents, match.agreed_waits_for = None, ""
    return {"side": side, "struck": struck}


@moves.by_the_factory(
    State.AGREED, to=STAYS, tells=[warns(those_asked_if_right, "agree"), warns(both_sides)]
)
def strike_change(match, *, by, side, cents, waits_for, struck):
    """What was told by phone was not right; what was agreed before that stands, or waits for this side."""
    match.agreed_cents, match.agreed_waits_for = cents, waits_for
    return {"side": side, "cents": cents, "struck": struck}


@moves.by_the_factory(
    State.DECLINED,
    State.LAPSED,
    to=State.APPROVED,
    tells=[
        asks(those_who_have_not_said_yes, "accept", "decline"),
        warns(suppliers_who_were_asked),
        informs(buyers_who_agreed),
        informs(coordinators),
    ],
)
def ask_after_all(match, *, by, struck=None):
    """It ended by what was told by phone and was not right: the answer is awaited again."""
    match.reason = ""
    for name, moment in clocks(match.need).items():
        setattr(match, name, moment)
    return {"struck": struck}


@moves.by_the_factory(
    State.DECLINED,
    State.LAPSED,
    to=State.INTRODUCED,
    tells=[warns(both_sides), informs(coordinators)],
)
def go_on_after_all(match, *, by, struck=None):
    """It ended by what was told by phone and was not right: these two have met, and go on."""
    match.reason = ""
    return {"struck": struck}


@strike_agreement.then
@strike_change.then
def note_what_is_agreed_now(match, event, **details):
    Value.objects.note(match, Value.Measure.AGREED, match.agreed_cents, event.at)


@listings.moves.by_the_factory(Listing.State.FILLED, to=Listing.State.LIVE)
def open_again(listing, *, by):
    """The agreement that filled it was none: it is on the market again."""
    listings.put_on_the_market(listing)


@when_denied("match.agree")
def the_agreement_goes(match, event):
    side, whose = event.details["side"], {"on_behalf_of": event.whose}
    events = standing(Event.objects.about(match).order_by("number"))
    latest = last(events, "agree", "choose")
    if match.state != State.AGREED or latest is None:
        return
    about = {"side": side, "struck": event.pk}
    if latest.pk != event.pk:
        if (
            latest.details.get("side") == OTHER[side]
        ):  # what the other side says stands, and waits for this one
            strike_change(match, cents=match.agreed_cents, waits_for=side, **about, **whose)
        return
    before = last([e for e in events if e.number < event.number], "agree", "choose")
    if event.from_state == State.AGREED and before:
        # Both know a price that was chosen; of anything else the side that said it knows.
        waits_for = OTHER[before.details["side"]] if before.details.get("side") else ""
        strike_change(match, cents=before.details["cents"], waits_for=waits_for, **about, **whose)
        return
    strike_agreement(match, **about, **whose)
    if side == "buyer":
        Choice.objects.filter(match=match).update(chosen_for="", text="")
    _opens_again(match.need, event)


def _opens_again(need, event):
    """The need it filled is on the market again, and who heard that it was filled goes on."""
    need.refresh_from_db()
    closing = Event.objects.about(need).filter(verb=listings.close.verb).last()
    if need.state != Listing.State.FILLED or closing is None or closing.xact != event.xact:
        return
    open_again(need, on_behalf_of=event.whose)
    ended = Event.objects.filter(verb=stand_down.verb, xact=event.xact)
    there = need.matches.filter(
        state=State.LAPSED, reason=Reason.FILLED, pk__in=ended.values("thing_id")
    )
    for other in there.order_by("pk"):
        _goes_on(other, ended.filter(thing_id=other.pk).last(), event.whose)


def _goes_on(match, ended, whose, **about):
    """Back to where it was when it ended; a suggestion comes back by itself."""
    if _met_anew(match):
        return
    if ended.from_state == State.INTRODUCED:
        go_on_after_all(match, on_behalf_of=whose, **about)
    elif ended.from_state == State.APPROVED:
        ask_after_all(match, on_behalf_of=whose, **about)


def _met_anew(match):
    """Whether the same two were brought together again since."""
    others = Match.objects.open().exclude(pk=match.pk)
    return others.filter(need=match.need_id, organisation=match.organisation_id).exists()


@when_denied("match.decline")
def the_no_goes(match, event):
    if match.state == State.DECLINED and match.need.state in (
        Listing.State.LIVE,
        Listing.State.PAUSED,
    ):
        _goes_on(match, event, event.whose, struck=event.pk)


@in_words_of(agree.verb)
def what_is_agreed(match, event):
    said = {"title": match.need.title, "amount": euro(event.details["cents"])}
    other = OTHER[event.details["side"]]
    said["other"] = match.organisation.name if other == "supplier" else match.buyer.name
    words = _("You agreed with %(other)s on %(amount)s, without VAT, for “%(title)s”.") % said
    if match.need.several:
        return words
    filled = _("With that it is filled, and others who were asked hear so.")
    return f"{words} {filled}"


@in_words_of("match.confirm")
def what_was_delivered(match, event):
    said = {"title": match.need.title, "amount": euro(event.details["cents"])}
    return _("%(amount)s, without VAT, was delivered and paid for “%(title)s”.") % said


@in_words_of("match.decline")
def what_was_declined(match, event):
    said = {"title": match.need.title, "reason": Reason(event.details["reason"]).label}
    return _("You do not go on with “%(title)s”, because of: %(reason)s.") % said


@in_words_of("match.accept")
def what_was_accepted(match, event):
    said = {"title": match.need.title}
    return (
        _("You want to meet for “%(title)s”; then the other side gets your name and number.") % said
    )
