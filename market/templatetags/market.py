"""Small parts of the market's pages, made in Python as they stand in long lists."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory.templatetags.parts import party, shape
from factory.templatetags.words import count, euro

register = template.Library()
BOX = (
    '<label><input class="utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom" '
    'type="checkbox" name="{}" value="{}" id="{}-{}"{}><span>{}</span>'
    '<span class="facet__n">{}<span class="vh"> {}</span></span></label>'
)
MANY = 10_000


@register.simple_tag
def facet_boxes(facet, rows):
    """The boxes of one facet: rows of (option, number, whether it is ticked)."""
    results = _("results")
    return format_html_join(
        "",
        BOX,
        (
            (facet, o.value, facet, o.value, _CHECKED[on], _words(o), _short(number), results)
            for o, number, on in rows
        ),
    )


_CHECKED = {True: mark_safe(" checked"), False: ""}


def _words(option):
    if not option.shape:
        return option.label
    return format_html(
        '<span class="party">{}<span>{}</span></span>', shape(option.shape), option.label
    )


def _short(number):
    return f"{count(MANY)}+" if number > MANY else count(number)


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
def posted_by(listing, reader_knows=False, link=False, note=""):
    """Whose it is; only the kind of organisation if its name follows after the introduction."""
    organisation = listing.organisation
    if listing.ask_me_first and not reader_knows:
        return party(
            name=organisation.get_kind_display(),
            shape=organisation.sector_shape,
            note=_("name follows after the introduction"),
        )
    return party(organisation, link=link, note=note)


@register.simple_tag
def price(listing):
    """About how much, and how often."""
    if listing.value_cents is None:
        return format_html('<span class="item__price">{}</span>', _("To be agreed"))
    return format_html(
        '<span class="item__price num">{}</span><span class="small soft">{}, {}</span>',
        euro(listing.value_cents),
        listing.get_unit_display(),
        _("without VAT"),
    )
