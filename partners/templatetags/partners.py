"""Small parts of the directory's pages, made in Python as they stand in long lists."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory.markup import format_html, format_html_join
from factory.templatetags.boxes import MANY
from factory.templatetags.parts import shape
from factory.templatetags.words import count, lang_if_other
from partners.models import Organisation

register = template.Library()


@register.simple_tag
def partner_count(total):
    """How many there are, in words."""
    if total > MANY:
        return _("More than %(n)s partners") % {"n": count(MANY)}
    return ngettext("%(n)s partner", "%(n)s partners", total) % {"n": count(total)}


ROW = (
    '<li class="item" id="partner-{}"><div class="item__main"><p class="small soft"><span class="party">{}'
    "<span>{} · {}</span></span></p>"
    '<h3><a class="card__link" href="{}">{}</a></h3>{}{}</div>{}</li>'
)


@register.simple_tag
def partner_rows(organisations, around, sectors, beside=None):
    """The rows of the directory; ``sectors`` are the options of that facet, for their names, ``beside`` what
    other apps put beside a row, by its key.
    """
    labels = {str(kind): str(label) for kind, label in Organisation.Kind.choices}
    sectors = {option.key: option.label for option in sectors}
    place = reverse("partners:organisation", args=["-"])  # one look at the map for all rows
    beside = beside or {}
    rows = (
        (_row(one, labels, sectors, place, around, beside.get(one.pk, "")),)
        for one in organisations
    )
    return format_html('<ul class="items">{}</ul>', format_html_join("", "{}", rows))


def _row(organisation, labels, sectors, place, around, button):
    does = ", ".join(label for key, label in sectors.items() if key in organisation.sectors)
    return format_html(
        ROW,
        organisation.pk,
        shape(Organisation.SHAPES[organisation.kind]),
        labels[organisation.kind],
        at_a_distance(organisation.region__name, around.away(organisation.region_id)),
        place.replace("-", organisation.slug),
        organisation.name,
        _mission(organisation),
        format_html('<p class="small soft">{}</p>', does) if does else "",
        format_html('<div class="item__side">{}</div>', button) if button else "",
    )


def _mission(organisation):
    if not organisation.mission:
        return ""
    return format_html("<p{}>{}</p>", lang_if_other(organisation.language), organisation.mission)


def at_a_distance(name, km):
    """A place, and how far it is: "Houten, 9 km"."""
    return f"{name}, {km} km" if km else name


@register.filter
def listed(names):
    """Names one after the other: "Catering, Cleaning"."""
    return ", ".join(names)


@register.filter
def shown_host(address):
    """A web address as people say it: ``broodnodig.example``."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")
