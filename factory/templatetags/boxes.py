"""The boxes of a facet: what can be ticked beside a list, with how many stand behind each."""

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from factory.markup import format_html, format_html_join
from factory.templatetags.parts import shape
from factory.templatetags.words import count

register = template.Library()
BOX = (
    '<label><input class="utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom" '
    'type="checkbox" name="{}" value="{}" id="{}-{}"{}><span>{}</span>'
    '<span class="facet__n">{}<span class="vh"> {}</span></span></label>'
)
CHECKED = {True: mark_safe(" checked"), False: ""}
MANY = 10_000


@register.simple_tag
def facet_boxes(facet, rows):
    """The boxes of one facet: rows of (option, number, ticked). An option has value, label and shape."""
    results = _("results")
    return format_html_join(
        "",
        BOX,
        (
            (facet, o.value, facet, o.value, CHECKED[on], _words(o), short(number), results)
            for o, number, on in rows
        ),
    )


def _words(option):
    if not option.shape:
        return option.label
    return format_html(
        '<span class="party">{}<span>{}</span></span>', shape(option.shape), option.label
    )


def short(number):
    """A number as it stands at the end of a line: "412", "10.000+"."""
    return f"{count(MANY)}+" if number > MANY else count(number)
