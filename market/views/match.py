"""A match, for the two sides and the coordinators: who, why, how far, and what one can do now."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from factory.fields import EuroField
from factory.journal.models import Event
from factory.move_views import MoveView
from market.explaining import in_words
from market.lifecycle import match as matches
from market.models import Match, Message, prices_decide
from market.standing import OTHER, knows_the_buyer, name_of, noted, seat_of, standing
from market.views.pricing import Pricing, total_of, warning_of
from market.views.steps import steps_of_match
from partners.absence import who_answers

WEIGHED = {"match.dismiss", "match.restore", "match.take_back", "match.write", "match.note"}
UNSEEN = {"buyer": WEIGHED, "supplier": WEIGHED | {"match.suggest"}, "coordinator": set()}
ELSEWHERE = {
    "write",
    "confirm",
    "withdraw_quote",
    "note_social_return",
    "correct",
    "keep_amount",
}  # these have a place of their own on the page


@login_required
def match(request, pk):
    """Two sides, why they fit, and where it stands."""
    found = Match.objects.visible_to(request.user).with_parties().filter(pk=pk)
    thing = found.annotate(wrote_at=Message.objects.last_at()).first()
    if thing is None:
        raise Http404
    request.user.remember_roles()
    seat = seat_of(request.user, thing)
    moves = {move.name: move for move in matches.moves.open_to(request.user, thing)}
    glyph, words = standing(thing, seat)
    knows_buyer = knows_the_buyer(thing, seat)
    reasons = in_words(thing, veiled=not knows_buyer)
    decide = prices_decide(thing)
    hidden = beside(thing) | ({"agree"} if decide else set())
    context = {
        "match": thing,
        "seat": seat,
        "glyph": glyph,
        "words": words,
        "why": [words for words, is_but in reasons if not is_but],
        "but": [words for words, is_but in reasons if is_but],
        "knows_buyer": knows_buyer,
        "decides": thing.buyer_id in request.user.decides_for(),
        "moves": in_order(move for name, move in moves.items() if name not in hidden),
        "agreed": Agreed(thing, seat, moves.get("agree")),
        "write": moves.get("write"),
        "correction": Correction(thing, seat, moves),
        "money": Money(thing, seat, None if decide else moves.get("confirm")),
        "decide": decide,
        "contacts": contacts(thing, seat),
        "pricing": Pricing(thing, seat, request.user, moves),
        "messages_between": thing.messages.select_related("author") if thing.has_met else (),
        "history": history(thing, seat),
        "steps": steps_of_match(thing),
    }
    return render(request, "market/match_detail.html", context)


def beside(match):
    """The moves that do not stand in the row of buttons now, so that what matters stands out."""
    if match.state == Match.State.AGREED and match.agreed_waits_for:
        return ELSEWHERE | {"agree"}
    if match.state == Match.State.INTRODUCED:
        started = match.buyer_cents or match.supplier_cents
        return ELSEWHERE | ({"decline", "agree"} if started else {"cancel"})
    return ELSEWHERE


class Agreed:
    """What one side noted as agreed, and whether this side has to say that it is right."""

    def __init__(self, match, seat, agree):
        self.agree, waits = agree, match.agreed_waits_for
        self.waits = bool(waits) and match.state == Match.State.AGREED
        self.asks_if_right = bool(agree and self.waits and waits == seat)
        self.noted_by = name_of(match, OTHER[waits], seat) if self.waits else ""
        self.waits_for = name_of(match, waits, seat) if self.waits else ""
        # The buyer says why as well, on the page of the move.
        self.as_typed = EuroField().prepare_value(match.agreed_cents) if seat == "supplier" else ""


class Money:
    """What each side noted, and what one press would confirm."""

    def __init__(self, match, seat, confirm):
        self.confirm = confirm
        other = OTHER.get(seat)
        self.mine = noted(match, seat) if other else None
        self.theirs = noted(match, other) if other else None
        self.other_name = name_of(match, other, seat) if other else ""
        self.as_typed = EuroField().prepare_value(self.theirs)

    @property
    def asks_if_right(self):
        """The other side noted an amount, and it is not the one this side noted."""
        return bool(self.confirm and self.theirs and self.mine != self.theirs)


class Correction:
    """What each side says a completed match should have been, and what can be done about it."""

    def __init__(self, match, seat, moves):
        self.correct, self.keep = moves.get("correct"), moves.get("keep_amount")
        other = OTHER.get(seat)
        self.mine = getattr(match, f"{seat}_corrects_cents") if other else None
        self.theirs = getattr(match, f"{other}_corrects_cents") if other else None
        self.other_name = name_of(match, other, seat) if other else ""
        self.as_typed = EuroField().prepare_value(self.theirs)

    @property
    def asks_if_right(self):
        """The other side named an amount, and it is not the one this side named."""
        return bool(self.correct and self.theirs and self.mine != self.theirs)

    @property
    def is_open(self):
        return bool(self.mine or self.theirs)


def contacts(match, seat):
    """Who answers today for the other side (for both, to a coordinator), from introduced on."""
    if not (match.has_met or seat == "coordinator"):
        return []
    offered_by = match.offer and match.offer.contact_id
    sides = {
        "buyer": (match.buyer, match.need.contact_id),
        "supplier": (match.organisation, offered_by),
    }
    shown = [sides[OTHER[seat]]] if seat in OTHER else list(sides.values())
    reached = [(ours, who_answers(ours.pk, contact)) for ours, contact in shown]
    return [(ours, [somebody] if somebody else []) for ours, somebody in reached]


def in_order(moves):
    """What there is to choose comes first."""
    return sorted(moves, key=lambda move: move.name != "choose")


def history(match, seat):
    """What happened, from the journal; what coordinators weighed is theirs."""
    events = Event.objects.about(match).select_related("actor", "on_behalf_of")
    return [event for event in events if event.verb not in UNSEEN[seat]]


class MatchMove(MoveView):
    """Every move of a match."""

    model, moves, slug_field = Match, matches.moves, "pk"

    def get_things(self):
        return super().get_things().with_parties()

    @property
    def template_name(self):
        return [f"market/match_{self.move.name}.html", "moves/form.html"]

    def asked(self, form, status=200, **extra):
        seat = seat_of(self.by, self.thing)
        other = name_of(self.thing, OTHER.get(seat, "buyer"), seat)
        about = {"other": other, "seat": seat}
        if self.move.name in SEES:
            about["sees"] = SEES[self.move.name](other)
        if self.move.name in ("agree", "choose", "confirm"):
            about |= totals(self.thing, seat)
        return super().asked(form, status, **about, **extra)


def totals(match, seat):
    """This year's total of the two, for the buyer's side; and the price that is chosen."""
    price = match.quotes.standing().first()
    cents = price.cents if price else match.agreed_cents or noted(match, OTHER.get(seat, "buyer"))
    total = total_of(match, seat)
    return {"price": price, "total": total, "warning": warning_of(match, total, cents)}


SEES = {
    "quote": lambda other: (
        _("%(other)s and the coordinators, after the closing time. Nobody before.")
        % {"other": other}
    ),
    "choose": lambda other: (
        _("%(other)s and the coordinators, at once. The others read only their own reason.")
        % {"other": other}
    ),
    "note_social_return": lambda other: (
        _("%(other)s and the coordinators. It stands on the confirmation.") % {"other": other}
    ),
    "decline": lambda other: (
        _("%(other)s and the coordinators see your reason, in these words.") % {"other": other}
    ),
    "cancel": lambda other: (
        _("%(other)s and the coordinators see your reason, in these words.") % {"other": other}
    ),
    "agree": lambda other: (
        _("%(other)s and the coordinators, at once. It is not public.") % {"other": other}
    ),
    "confirm": lambda other: (
        _("%(other)s and the coordinators, at once. Only totals become public.") % {"other": other}
    ),
    "correct": lambda other: (
        _("%(other)s and the coordinators, at once. Only totals become public.") % {"other": other}
    ),
    "write": lambda other: (
        _("%(other)s, at once. Coordinators can read along to help.") % {"other": other}
    ),
    "dismiss": lambda other: _(
        "Only coordinators see why. The supplier reads how often which reason came up, from three on."
    ),
}
