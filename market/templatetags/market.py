"""Small parts of the market's pages, made in Python as they stand in long lists."""

from functools import cache

from django import template
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from factory.markup import format_html, format_html_join
from factory.templatetags.boxes import MANY
from factory.templatetags.parts import party
from factory.templatetags.words import count, euro, lang_if_other, short_day
from market import hiding
from market.models import Listing
from partners.models import Organisation
from partners.nearby import NOWHERE
from partners.templatetags.partners import at_a_distance

register = template.Library()


@register.simple_tag
def board_count(total, asked):
    """How many there are, in words that fit what was asked."""
    kinds = {option.value for option in asked.ticked["kind"]}
    if total > MANY:
        return _("More than %(n)s needs and offers") % {"n": count(MANY)}
    if kinds == {"need"}:
        words = ngettext("%(n)s need", "%(n)s needs", total)
    elif kinds == {"offer"}:
        words = ngettext("%(n)s offer", "%(n)s offers", total)
    else:
        words = ngettext("%(n)s need or offer", "%(n)s needs and offers", total)
    return words % {"n": count(total)}


@register.simple_tag
def listing_rows(listings, around=NOWHERE, beside=None, reasons=None):
    """The rows of the board; made in one piece, as a template for each row costs four times as much.

    ``beside``: ``{key: button}`` for who may keep them; ``reasons``: ``{key: box}`` of why it is for you.
    """
    words, rest = _labels(get_language())
    beside, reasons = beside or {}, reasons or {}
    more = ((one, beside.get(one.pk, ""), reasons.get(one.pk, "")) for one in listings)
    rows = ((_row(one, words, rest, around, *parts),) for one, *parts in more)
    return format_html('<ul class="items">{}</ul>', format_html_join("", "{}", rows))


@cache
def _labels(_language):
    """The words that stand in many rows, in the language of the page."""
    choices = [*Listing.Kind.choices, *Listing.Unit.choices, *Organisation.Kind.choices]
    return {key: str(label) for key, label in choices}, {
        "anywhere": _("All of the Netherlands"),
        "vat": _("without VAT"),
        "open": _("To be agreed"),
        "later": _("name follows after the introduction"),
        "place": reverse("market:listing", args=["-"]),  # one look at the map for all rows
    }


ROW = (
    '<li class="item"><div class="item__main"><p class="small soft">{} · {}</p>'
    '<h3><a class="card__link" href="{}"{}>{}</a></h3><div>{}</div>{}</div>'
    '<div class="item__side">{}{}{}</div></li>'
)


def _row(listing, words, rest, around, button, why):
    day = listing.needed_by_date
    return format_html(
        ROW,
        words[listing.kind],
        _place(listing, rest, around),
        rest["place"].replace("-", listing.slug),
        lang_if_other(listing.language),
        listing.title,
        _poster(listing, words, rest),
        why,
        _price(listing, words, rest),
        format_html('<span class="small">{}</span>', short_day(day)) if day else "",
        button,
    )


def _place(listing, rest, around):
    if listing.nationwide:
        return rest["anywhere"]
    if listing.hides_name:
        return hiding.province_of(listing.province__name)
    return at_a_distance(listing.region__name, around.away(listing.region_id))


def _poster(listing, words, rest):
    kind = words[listing.organisation__kind]
    drawn = Organisation.SHAPES[listing.organisation__kind]
    if listing.hides_name:
        return party(name=kind, shape=drawn, note=rest["later"])
    return party(name=listing.organisation__name, shape=drawn, kind=kind)


def _price(listing, words, rest):
    if listing.value_cents is None:
        return format_html('<span class="item__price">{}</span>', rest["open"])
    return format_html(PRICE, euro(listing.value_cents), words[listing.unit], rest["vat"])


PRICE = '<span class="item__price num">{}</span><span class="small soft">{}, {}</span>'


@register.simple_tag
def fits(organisation):
    """The name of the box for what fits an organisation."""
    return _("Fits %(name)s") % {"name": organisation.name}


@register.simple_tag
def posted_by(listing, reader_knows=False, link=False, note=""):
    """Whose it is; only the kind of organisation if its name follows after the introduction."""
    if listing.hides_name and not reader_knows:
        return unnamed(listing.organisation)
    return party(listing.organisation, link=link, note=note)


@register.simple_tag
def unnamed(organisation):
    """An organisation whose name is not said yet."""
    return party(
        name=hiding.unnamed(organisation),
        shape=organisation.sector_shape,
        note=_("name follows after the introduction"),
    )


@register.simple_tag
def place(listing, reader_knows=False):
    """Where it is; only the province if the name follows after the introduction."""
    return hiding.place_of(listing, reader_knows)


@register.simple_tag
def price(listing):
    """About how much, and how often."""
    words = {listing.unit: listing.get_unit_display()}
    return _price(listing, words, {"vat": _("without VAT"), "open": _("To be agreed")})
