"""How a match goes from a suggestion to a value that counts."""

from django.utils.translation import gettext as _

from factory import clock
from factory.coordination.notes import keeps_notes
from factory.moves import STAYS, Missing, Moves, is_the_factory, itself
from factory.notices.telling import asks, informs, warns
from market.forms import AgreeForm, ConfirmForm, DismissForm, EndForm, MessageForm
from market.lifecycle import listing as listings
from market.lifecycle.clocks import clocks
from market.lifecycle.hurdles import (
    both_in_good_standing,
    not_for_them,
    still_two,
    still_wanted,
)
from market.lifecycle.people import (
    both_sides,
    buyers_to_ask,
    buyers_who_agreed,
    coordinators,
    suppliers,
    suppliers_who_were_asked,
    those_asked_if_right,
    those_who_have_not_confirmed,
    those_who_have_not_said_yes,
)
from market.lifecycle.sealed import not_beside_the_prices
from market.lifecycle.voices import one_voice_for_both
from market.models import Match, Message
from market.rules import has_not_said_yes, is_on_a_side
from partners.rules import is_coordinator

State = Match.State
Reason = Match.Reason

moves = Moves(Match)


@moves.begin(to=State.SUGGESTED, may=is_coordinator | is_the_factory)
def suggest(match, *, by):
    """The site or a coordinator sees that this organisation can meet the need."""
    match.buyer = match.need.organisation


@moves.add(
    State.SUGGESTED,
    to=State.APPROVED,
    may=is_coordinator,
    unless=still_wanted,
    tells=[
        asks(suppliers, "quote", "accept", "decline"),
        asks(buyers_to_ask, "accept", "decline"),
        informs(buyers_who_agreed),
    ],
)
def approve(match, *, by):
    """A coordinator vouches for the match; both sides hear of it."""
    for name, moment in clocks(match.need).items():
        setattr(match, name, moment)
    if not match.need.ask_me_first:
        match.buyer_agreed_at = clock.now()


@moves.add(State.SUGGESTED, to=State.DISMISSED, may=is_coordinator, form=DismissForm)
def dismiss(match, *, by, reason):
    """A coordinator sees that it does not fit."""
    match.reason = reason
    return {"reason": str(reason)}


@moves.add(State.DISMISSED, to=State.SUGGESTED, may=is_coordinator, unless=still_two)
def restore(match, *, by):
    """A coordinator looks at it again."""
    if said := not_for_them(match):
        raise Missing([said])
    match.reason = ""


@moves.add(State.APPROVED, to=STAYS, may=has_not_said_yes, unless=both_in_good_standing)
def accept(match, *, by):
    """A side says yes; when both have, they meet."""
    side = match.side_of(by)
    setattr(match, f"{side}_agreed_at", clock.now())
    return {"side": side}


@accept.then
def introduce_when_both_said_yes(match, event):
    if match.both_agreed:
        introduce(match, on_behalf_of=event.whose)


@moves.by_the_factory(State.APPROVED, to=State.INTRODUCED, tells=[warns(both_sides, "confirm")])
def introduce(match, *, by):
    """Both said yes: they get each other's names and numbers."""
    match.introduced_at = clock.now()


@moves.add(
    State.APPROVED,
    State.INTRODUCED,
    to=State.DECLINED,
    may=is_on_a_side,
    form=EndForm,
    tells=[informs(coordinators), informs(buyers_who_agreed)],
)
def decline(match, *, by, reason):
    """A side says no, with a reason."""
    match.reason = reason
    return {"reason": str(reason), "side": match.side_of(by)}


@moves.add(
    State.INTRODUCED,
    State.AGREED,
    to=State.AGREED,
    may=is_on_a_side,
    form=AgreeForm,
    unless=not_beside_the_prices,
    tells=[asks(those_asked_if_right, "agree"), informs(both_sides)],
)
def agree(match, *, by, cents, chosen_for="", why=""):
    """They agreed on an amount, says one side; the other is asked at once whether that is right."""
    side = match.side_of(by)
    if side == "buyer" and not chosen_for:
        raise Missing([_("Say why you take this supplier.")])
    match.note_agreed(side, cents)
    return {"cents": cents, "side": side}


@agree.then
def fills_the_need(match, event, **details):
    need = match.need
    need.refresh_from_db()
    if need.state in (need.State.LIVE, need.State.PAUSED) and not need.several:
        listings.close(need, on_behalf_of=event.whose)


@moves.add(
    State.INTRODUCED,
    State.AGREED,
    State.DISPUTED,
    to=STAYS,
    may=is_on_a_side,
    form=ConfirmForm,
    unless=not_beside_the_prices,
    tells=[asks(those_who_have_not_confirmed, "confirm")],
)
def confirm(match, *, by, cents):
    """A side notes what was delivered and paid."""
    side = match.side_of(by)
    if reasons := one_voice_for_both(match, side, by):
        raise Missing(reasons)
    match.note_amount(side, cents, phoned_by=by.stood_in_by)
    return {"side": side, "cents": cents}


@confirm.then
def compare_once_both_noted(match, event, **details):
    if match.buyer_cents is None or match.supplier_cents is None:
        return
    if match.buyer_cents == match.supplier_cents:
        complete(match, on_behalf_of=event.whose)
    elif match.state != State.DISPUTED:
        dispute(match, on_behalf_of=event.whose)


@moves.by_the_factory(
    State.INTRODUCED, State.AGREED, State.DISPUTED, to=State.COMPLETED, tells=[warns(both_sides)]
)
def complete(match, *, by):
    """Both confirmed the same amount: it counts."""
    match.realised_cents, match.completed_at = match.buyer_cents, clock.now()
    return {"cents": match.realised_cents}


complete.then(fills_the_need)


@moves.by_the_factory(
    State.INTRODUCED,
    State.AGREED,
    to=State.DISPUTED,
    tells=[warns(both_sides, "confirm"), informs(coordinators)],
)
def dispute(match, *, by):
    """The two amounts differ; neither counts until they are the same."""
    return {"buyer": match.buyer_cents, "supplier": match.supplier_cents}


@moves.add(
    State.INTRODUCED,
    State.AGREED,
    State.DISPUTED,
    to=State.CANCELLED,
    may=is_on_a_side | is_coordinator,
    form=EndForm,
    tells=[warns(both_sides)],
)
def cancel(match, *, by, reason):
    """It does not go on after all."""
    match.reason = reason
    return {"reason": str(reason)}


def no_other_is_open(match):
    """Reasons why it cannot be open again: the same two were brought together anew."""
    others = Match.objects.open().exclude(pk=match.pk)
    if others.filter(need=match.need_id, organisation=match.organisation_id).exists():
        yield _("These two have been brought together again meanwhile.")


take_back = moves.take_back(
    may=is_coordinator,
    unless=no_other_is_open,
    undoes={approve: itself, cancel: itself},
)


@moves.add(
    State.INTRODUCED,
    State.AGREED,
    State.DISPUTED,
    State.COMPLETED,
    to=STAYS,
    may=is_on_a_side,
    form=MessageForm,
    tells=[asks(both_sides, "write")],
)
def write(match, *, by, text):
    """One side writes to the other."""
    message = Message.objects.create(match=match, author=by, text=text, at=clock.now())
    return {"message": message.pk}


note = keeps_notes(moves)


def to_nudge(now):
    """Matches whose answer is late."""
    return Match.objects.filter(state=State.APPROVED, nudge_at__lte=now).order_by("nudge_at")


@moves.by_the_factory(
    State.APPROVED,
    to=STAYS,
    due=to_nudge,
    tells=[asks(those_who_have_not_said_yes, "accept", "decline")],
)
def nudge(match, *, by):
    """A friendly reminder that an answer is awaited."""
    match.nudges += 1
    match.nudge_at, match.second_nudge_at = match.second_nudge_at, None
    return {"nudges": match.nudges}


def to_lapse(now):
    """Matches that nobody answered in time."""
    return Match.objects.filter(state=State.APPROVED, lapse_at__lte=now).order_by("lapse_at")


@moves.by_the_factory(State.APPROVED, to=State.LAPSED, due=to_lapse, tells=[informs(both_sides)])
def lapse(match, *, by):
    """No answer came in time."""
    match.reason = Reason.NO_REPLY
    return {"reason": str(match.reason)}


@moves.by_the_factory(
    State.SUGGESTED,
    State.APPROVED,
    State.INTRODUCED,
    to=State.LAPSED,
    tells=[warns(suppliers_who_were_asked)],
)
def stand_down(match, *, by, reason):
    """The need is gone; whoever was asked hears it at once, with the reason."""
    match.reason = reason
    return {"reason": str(reason)}


take_back.also({stand_down: itself})


def _stand_down_all(reason, **which):
    def follow(listing, event, **details):
        for match in listings.open_matches(listing).filter(**which):
            stand_down(match, on_behalf_of=event.on_behalf_of or event.actor, reason=reason)

    return follow


listings.fill.then(_stand_down_all(Reason.FILLED))
listings.close.then(_stand_down_all(Reason.FILLED))
listings.withdraw.then(_stand_down_all(Reason.WITHDRAWN))
listings.go_with_them.then(_stand_down_all(Reason.WITHDRAWN))
listings.take_down.then(_stand_down_all(Reason.TAKEN_DOWN, buyer_cents=None, supplier_cents=None))
