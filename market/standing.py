"""How a match stands, in words for the one who reads it. A ``seat`` is buyer, supplier or coordinator."""

from django.utils.translation import gettext as _

from factory.templatetags.words import euro, short_day
from market.hiding import unnamed
from market.models import Match

State = Match.State
OTHER = {"buyer": "supplier", "supplier": "buyer"}
NEAR = 7  # days before it is needed
GLYPHS = {
    State.SUGGESTED: "suggested",
    State.APPROVED: "interest",
    State.INTRODUCED: "met",
    State.AGREED: "agreed",
    State.DISPUTED: "agreed",
    State.COMPLETED: "done",
}


def seat_of(person, match):
    """Where this person sits: for the buyer, for the supplier, else with the coordinators."""
    mine = person.roles
    if mine is None:
        mine = set(person.memberships.confirmed().values_list("organisation", flat=True))
    return seat_among(mine, match)


def seat_among(organisations, match):
    """As :func:`seat_of`, with the ids of the organisations already known."""
    if match.organisation_id in organisations:
        return "supplier"
    return "buyer" if match.buyer_id in organisations else "coordinator"


def knows_the_buyer(match, seat):
    """Whether the buyer's name may be shown at this seat."""
    return seat != "supplier" or not match.need.hides_name or match.were_introduced


def name_of(match, side, seat):
    """The name of one side as this seat may know it."""
    if side == "supplier":
        return match.organisation.name
    return match.buyer.name if knows_the_buyer(match, seat) else unnamed(match.buyer)


def noted(match, side):
    """The amount in cents that one side confirmed, or None."""
    return getattr(match, f"{side}_cents")


def said_yes(match, side):
    """Whether this side, ``buyer`` or ``supplier``, wants to meet the other."""
    return getattr(match, f"{side}_agreed_at") is not None


def waits_for(match):
    """The sides whose answer or amount is awaited: a set of buyer and supplier."""
    if match.state == State.APPROVED:
        return {side for side in OTHER if not said_yes(match, side)}
    if match.state == State.DISPUTED:
        return set(OTHER)
    if match.state in (State.INTRODUCED, State.AGREED):
        return {side for side in OTHER if noted(match, side) is None}
    return set()


def is_talking(match):
    """Introduced, and one of them wrote to the other; nobody clicks it. ``match`` knows its ``wrote_at``."""
    return match.state == State.INTRODUCED and match.wrote_at is not None


def is_delivering(match):
    """Agreed, as both say, and it is needed within a week, or was; or a side noted already what it came to."""
    if match.state != State.AGREED or match.agreed_waits_for:
        return False
    need, started = match.need, bool(match.buyer_cents or match.supplier_cents)
    return started or bool(need.needed_by_date and need.days_until_needed <= NEAR)


def standing(match, seat):
    """``(glyph, words)`` for the state of a match; ``match`` knows its ``wrote_at`` (``Message.objects.last_at``)."""
    words = WORDS.get(match.state, _ended)(match, seat)
    return GLYPHS.get(match.state, ""), words


def _suggested(match, seat):
    return _("Found by the site; a coordinator looks at it first")


def _asked(match, seat):
    waiting = waits_for(match)
    if seat == "coordinator":
        names = [name_of(match, side, seat) for side in sorted(waiting)]
        return _("Waiting for %(names)s") % {"names": _(" and ").join(names)}
    if seat not in waiting:
        return _("You said yes, %(other)s has not yet") % {
            "other": name_of(match, OTHER[seat], seat)
        }
    if OTHER[seat] not in waiting:
        return _("%(other)s would like to; now you") % {"other": name_of(match, OTHER[seat], seat)}
    return _("Nobody has answered yet")


def _introduced(match, seat):
    if half := _half_noted(match, seat):
        return half
    if is_talking(match):
        return _("Talking; the last message is of %(day)s") % {"day": short_day(match.wrote_at)}
    return _("Introduced; you have each other’s names and numbers")


def _half_noted(match, seat):
    """What a side reads when one of the two noted an amount; empty for who looks on."""
    waiting = waits_for(match)
    if len(waiting) != 1 or seat not in OTHER:
        return ""
    other = {"other": name_of(match, OTHER[seat], seat)}
    if seat not in waiting:
        return _("You noted the amount; %(other)s has not yet") % other
    if match.state == State.AGREED:
        return _("Delivered, says %(other)s; an amount waits for you") % other
    return _("Introduced; an amount waits for you")


def _delivering(match, seat):
    said = {"amount": euro(match.agreed_cents), "day": short_day(match.need.needed_by_date)}
    if half := _half_noted(match, seat):
        return half
    if said["day"]:
        return _("Being delivered, needed on %(day)s; agreed on %(amount)s") % said
    return _("Being delivered; agreed on %(amount)s") % said


def _agreed(match, seat):
    if is_delivering(match):
        return _delivering(match, seat)
    said = {"amount": euro(match.agreed_cents)}
    if match.agreed_waits_for == seat:
        said["other"] = name_of(match, OTHER[seat], seat)
        return _("Agreed on %(amount)s, says %(other)s; is that right?") % said
    if match.agreed_waits_for:
        said["other"] = name_of(match, match.agreed_waits_for, seat)
        return _("Agreed on %(amount)s; %(other)s has not said yet that it is right") % said
    return _("Agreed on %(amount)s") % said


def _disputed(match, seat):
    return _("The two amounts differ, so neither counts yet")


def _completed(match, seat):
    return _("Delivered, %(amount)s confirmed by both") % {"amount": euro(match.realised_cents)}


def _ended(match, seat):
    words = match.get_state_display()
    return f"{words}: {match.get_reason_display()}" if match.reason else words


WORDS = {
    State.SUGGESTED: _suggested,
    State.APPROVED: _asked,
    State.INTRODUCED: _introduced,
    State.AGREED: _agreed,
    State.DISPUTED: _disputed,
    State.COMPLETED: _completed,
}
