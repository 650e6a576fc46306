"""What a match is worth is written down at every step, and put right when both sides say so."""

from django.utils.translation import gettext as _

from factory.moves import STAYS
from factory.notices.telling import asks, informs
from market.forms import CorrectForm
from market.lifecycle.match import agree, cancel, complete, introduce, moves, take_back
from market.lifecycle.people import both_sides, coordinators, those_who_did_not_correct
from market.models import Match, Value
from market.rules import is_on_a_side

COMPLETED = Match.State.COMPLETED
Measure = Value.Measure


@introduce.then
def note_the_estimate(match, event):
    if cents := match.need.value_cents:
        Value.objects.note(match, Measure.ESTIMATED, cents, event.at)


@agree.then
def note_what_was_agreed(match, event, *, cents, **details):
    Value.objects.note(match, Measure.AGREED, cents, event.at)


@cancel.then
def nothing_is_agreed_any_more(match, event, **details):
    Value.objects.note(match, Measure.AGREED, None, event.at)


@take_back.then
def what_was_agreed_counts_again(match, event, **details):
    if match.state in (Match.State.AGREED, Match.State.DISPUTED):
        Value.objects.note(match, Measure.AGREED, match.agreed_cents, event.at)


@complete.then
def note_what_was_realised(match, event):
    Value.objects.note(match, Measure.REALISED, match.realised_cents, event.at)


@moves.add(
    COMPLETED,
    to=STAYS,
    may=is_on_a_side,
    form=CorrectForm,
    tells=[asks(those_who_did_not_correct, "correct", "keep_amount"), informs(coordinators)],
)
def correct(match, *, by, cents):
    """A side sees that the amount that counts is wrong."""
    side = match.side_of(by)
    setattr(match, f"{side}_corrects_cents", cents)
    return {"side": side, "cents": cents}


@correct.then
def set_right_once_both_say_so(match, event, **details):
    if match.buyer_corrects_cents == match.supplier_corrects_cents:
        set_right(match, on_behalf_of=event.actor)


@moves.by_the_factory(COMPLETED, to=STAYS, tells=[informs(both_sides), informs(coordinators)])
def set_right(match, *, by):
    """Both noted the same other amount: from now on that one counts."""
    was, cents = match.realised_cents, match.buyer_corrects_cents
    match.realised_cents = match.buyer_cents = match.supplier_cents = cents
    match.buyer_corrects_cents = match.supplier_corrects_cents = None
    return {"cents": cents, "was": was}


set_right.then(note_what_was_realised)


def no_correction(match):
    """Reasons why there is nothing to leave as it is."""
    if not (match.buyer_corrects_cents or match.supplier_corrects_cents):
        yield _("Nobody said that the amount is wrong.")


@moves.add(COMPLETED, to=STAYS, may=is_on_a_side, unless=no_correction, tells=[informs(both_sides)])
def keep_amount(match, *, by):
    """A side says that the amount that counts was right; the correction is off."""
    match.buyer_corrects_cents = match.supplier_corrects_cents = None
    return {"side": match.side_of(by)}
