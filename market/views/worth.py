"""What a listing does not tell yet, and why it is worth telling."""

from django.utils.translation import gettext as _


def worth_telling(listing):
    """``[(field of the form, why)]``, for the people whose listing it is."""
    wanted = _of_a_need(listing) if listing.is_need else _of_an_offer(listing)
    return [(field, why) for field, told, why in wanted if not told]


def _of_a_need(need):
    return [
        ("text", need.text, _("A few lines about it: suppliers then see whether it is theirs")),
        (
            "value_cents",
            need.value_cents,
            _("About how much: then it reaches who works at that size"),
        ),
        (
            "needed_by_date",
            need.needed_by_date,
            _("When it is needed: reminders then follow your date"),
        ),
    ]


def _of_an_offer(offer):
    reach = offer.reach_km or offer.nationwide
    return [
        ("text", offer.text, _("A few lines about it: buyers then see what they get")),
        (
            "value_cents",
            offer.value_cents,
            _("About how much: then it reaches who asks for that size"),
        ),
        (
            "reach_km",
            reach,
            _("How far you deliver: then you are asked from outside your province too"),
        ),
    ]
