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
def facet_boxes(facet, rows, at_least=False):
    """The boxes of one facet: rows of (option, number, ticked). An option has value, label and shape.

    ``at_least``: not everything was counted.
    """
    results = _("results")
    return format_html_join(
        "",
        BOX,
        (
            (
                facet,
                o.value,
                facet,
                o.value,
                CHECKED[on],
                _words(o),
                short(number, at_least),
                results,
            )
            for o, number, on in rows
        ),
    )


def _words(option):
    if not option.shape:
        return option.label
    return format_html(
        '<span class="party">{}<span>{}</span></span>', shape(option.shape), option.label
    )


def short(number, at_least=False):
    """A number as it stands at the end of a line: "412", "10.000+"."""
    return f"{count(min(number, MANY))}+" if at_least or number > MANY else count(number)


@register.simple_tag
def list_title(words, chosen, page_obj):
    """The title of a list says what it was narrowed down to, and which page it is."""
    parts = [str(pick["label"]) for pick in chosen]
    title = f"{words}: {', '.join(parts)}" if parts else words
    if page_obj.number > 1:
        title = _("%(title)s, page %(n)s") % {"title": title, "n": page_obj.number}
    return title


# A link inside the search form changes the same parts of the page as a box does, and the fields with them.
RELINKS = 'hx-boost="true" hx-select-oob="#search:outerHTML,#facets:outerHTML,#map:outerHTML,#told:innerHTML"'


@register.simple_tag
def relinks(top=False):
    """Attributes of what holds links to the same list, asked otherwise; ``top``: read on from its top."""
    return mark_safe(f'{RELINKS} hx-swap="outerHTML show:top"' if top else RELINKS)  # noqa: S308 - ours


@register.simple_tag
def order_links(orders):
    """In which order the list stands, and the others there are."""
    links = (
        (
            format_html(
                ORDER_NOW if row["on"] else ORDER, *([row["url"]] * (not row["on"])), row["label"]
            ),
        )
        for row in orders
    )
    return format_html(
        '<nav class="orders small" aria-label="{}" {}><ul>{}</ul></nav>',
        _("Order"),
        relinks(),
        format_html_join("", "<li>{}</li>", links),
    )


ORDER, ORDER_NOW = '<a href="{}">{}</a>', '<b aria-current="true">{}</b>'
