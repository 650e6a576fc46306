"""A place beside the words of a search, and the provinces as tiles."""

from functools import cache

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from factory.lists import tidy, toggled
from factory.markup import format_html, format_html_join
from factory.templatetags.boxes import short
from factory.templatetags.charts import GRID
from partners.nearby import KM, full_name, of_its_kind

register = template.Library()
FIELDS = (
    '<div class="search__field"><label for="place">{}</label>'
    '<input class="utrecht-textbox utrecht-textbox--html-input" type="text" id="place" name="place" '
    'value="{}" maxlength="60" autocomplete="address-level2" placeholder="{}"></div>'
    '<div class="search__field search__field--km"><label for="km">{}</label>'
    '<select class="utrecht-select utrecht-select--html-select" id="km" name="km">{}</select></div>'
)


@register.simple_tag
def place_fields(around):
    """A box for a place and the kilometres round it."""
    where, such_as, how_far, options = _fields(get_language(), around.km)
    return format_html(FIELDS, where, around.text, such_as, how_far, options)


@cache
def _fields(_language, chosen):
    marked = {True: mark_safe(" selected"), False: ""}
    rows = ((km, marked[km == chosen], _distance(km)) for km in KM)
    options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
    return _("Where?"), _("Place or province"), _("How far"), options


def _distance(km):
    return _("only there") if not km else _("up to %(km)s km") % {"km": km}


@register.simple_tag(takes_context=True)
def place_told(context, around):
    """What a reader must know of the place: we do not know it, or there are more of that name."""
    if not around.text or (around and not around.others):
        return ""
    if around:
        here = of_its_kind(around.place)
        words = _(
            "There is more than one place called “%(text)s”. This is about: %(place)s. Rather:"
        )
        words = words % {"text": around.text, "place": here}
    else:
        words = _("We do not know a place called “%(text)s”, so the list shows every place.")
        words = words % {"text": around.text}
        words = f"{words} {_('Did you mean:')}" if around.close else words
    links = format_html_join(
        " · ", '<a href="{}">{}</a>', _other_places(context, around.others or around.close)
    )
    look = "small soft" if around else "told"
    return format_html('<p class="{}">{} {}</p>', look, words, links)


def _other_places(context, places):
    for place in places:
        address = context["request"].GET.copy()
        address["place"] = full_name(place)
        address.pop("page", None)
        yield tidy(address), of_its_kind(place)


# Two letters for a province, as on maps in newspapers.
LETTERS = {
    "PV20": "GR", "PV21": "FR", "PV22": "DR", "PV23": "OV", "PV24": "FL", "PV25": "GE",
    "PV26": "UT", "PV27": "NH", "PV28": "ZH", "PV29": "ZE", "PV30": "NB", "PV31": "LI",
}  # fmt: skip
STEP, SIDE = 66, 62
STEPS = 3  # tints, by how many there are in comparison with the most
TILE = (
    '<path class="tile__square" d="M{x} {y}h{s}v{s}h-{s}z"/>'
    '<text class="tile__name" x="{x1}" y="{y1}">{letters}</text>'
    '<text class="tile__n" x="{x1}" y="{y2}">{n}</text>'
)
LINK = (  # of a drawing, so htmx must be told: it boosts links of a text alone
    '<a class="tile tile--{}{}" id="tile-{}" href="{}" hx-get="{}" aria-label="{}"><title>{}</title>{}{}</a>'
)
TICK = '<path class="tile__tick" d="M{} {}l4 4l8-8"/>'


@register.simple_tag(takes_context=True)
def province_tiles(context, rows):
    """The provinces as tiles where they lie: a link each, which ticks or unticks it.

    ``rows``: (option, number, ticked), as behind the boxes; a province without any is drawn empty.
    """
    found = {option.value: (option, number, on) for option, number, on in rows}
    most = max((number for _option, number, _on in rows), default=0) or 1
    tiles = format_html_join(
        "", "{}", ((_tile(context, code, found.get(code), most),) for code in GRID)
    )
    return format_html(
        '<svg class="tiles" viewBox="0 0 {0} {0}" role="group" aria-label="{1}">{2}</svg>',
        STEP * 4 - (STEP - SIDE),
        _("Map of the provinces"),
        tiles,
    )


def _tile(context, code, row, most):
    drawn = _drawn(code, row[1] if row else 0)
    if row is None:
        return format_html('<g class="tile is-none" aria-hidden="true">{}</g>', drawn)
    option, number, on = row
    tint = -(-number * STEPS // most)
    x, y = (STEP * place for place in GRID[code])
    there = toggled(context["request"].GET, "province", code)
    return format_html(
        LINK,
        tint,
        " is-on" if on else "",
        code,
        there,
        there,
        _spoken(option, number, on),
        option.label,
        drawn,
        format_html(TICK, x + 44, y + 13) if on else "",
    )


def _drawn(code, number):
    x, y = (STEP * place for place in GRID[code])
    places = {"x": x, "y": y, "s": SIDE, "x1": x + 10, "y1": y + 26, "y2": y + 48}
    return mark_safe(TILE.format(**places, letters=LETTERS[code], n=short(number)))  # noqa: S308 - ours


def _spoken(option, number, on):
    words = ngettext("%(name)s: %(n)s result", "%(name)s: %(n)s results", number)
    words = words % {"name": option.label, "n": short(number)}
    return f"{words}, {_('chosen')}" if on else words
