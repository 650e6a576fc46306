"""Charts as drawings with a table beside them. What is not sure is hatched."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from factory.templatetags.words import count, euro

register = template.Library()
WIDTH = 440
LABEL_ROW = 66
SHORT_ROW = 50
SHORT_LABEL = 6
CHARACTER = 8.2
GRID = {
    "PV21": (2, 0), "PV20": (3, 0), "PV27": (1, 1), "PV24": (2, 1), "PV22": (3, 1), "PV28": (0, 2),
    "PV26": (1, 2), "PV25": (2, 2), "PV23": (3, 2), "PV29": (0, 3), "PV30": (1, 3), "PV31": (2, 3),
}  # fmt: skip
HATCH = mark_safe(
    '<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hatch__bg" d="M0 0h8v8H0z"/>'
    '<path class="hatch__line" d="M0 0v8"/></pattern></defs>'
)


def _px(number):
    """A coordinate: at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")


def _shown(row, unit):
    """A figure in words; ``shown`` of a row stands in the place of one that is not told."""
    return row.get("shown") or (euro(row["value"]) if unit == "euro" else count(row["value"]))


@register.inclusion_tag("parts/chart.html")
def bar_chart(rows, title, head="", figures="", unit="", strong_last=False, table_below=False):
    """Bars from left to right. ``rows``: label and value, and maybe shown; cents if in euro.

    ``strong_last`` draws all bars faint but the last: for the steps of a path. ``table_below``: the page has the
    same figures in a table of its own.
    """
    rows = list(rows)
    return {
        "drawing": _bars(rows, title, unit, strong_last) if rows else "",
        "title": title,
        "table_below": table_below,
        "columns": [head, figures],
        "rows": [{"label": row["label"], "values": [_shown(row, unit)]} for row in rows],
    }


def _bars(rows, title, unit, strong_last):
    above = max(len(str(row["label"])) for row in rows) > SHORT_LABEL
    left, height = (0, LABEL_ROW) if above else (SHORT_LABEL * CHARACTER + 4, SHORT_ROW)
    longest = max(len(_shown(row, unit)) for row in rows) * CHARACTER + 16
    most = max(row["value"] for row in rows) or 1
    scale = (WIDTH - left - longest - 3) / most
    bars = format_html_join(
        "",
        "{}",
        (
            (_bar(row, left, i * height, scale, above, unit, strong_last and i < len(rows) - 1),)
            for i, row in enumerate(rows)
        ),
    )
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        len(rows) * height - 8,
        title,
        bars,
    )


def _bar(row, x, y, scale, above, unit, faint):
    width = max(row["value"] * scale, 1)
    top, thick = (y + 24, 26) if above else (y + 2, 34)
    return format_html(
        '<text x="0" y="{}">{}</text><path class="{}" d="M{} {}h{}v{}h-{}z"/>'
        '<text class="t-b" x="{}" y="{}">{}</text>',
        y + 16 if above else top + 22,
        row["label"],
        "c-faint" if faint else "c-solid",
        _px(x), top, _px(width), thick, _px(width),
        _px(x + width + 10),
        _px(top + thick / 2 + 5),
        _shown(row, unit),
    )  # fmt: skip


@register.inclusion_tag("parts/chart.html")
def province_map(rows, title, head="", figures=""):
    """The provinces as squares, how much happened as a circle. ``rows``: code, name, value and maybe shown.

    A row without a code stands in the table alone.
    """
    rows = [row for row in rows if row["code"] in GRID or not row["code"]]
    drawn = [row for row in rows if row["code"]]
    most = max((row["value"] for row in drawn), default=0) or 1
    squares = format_html_join("", "{}", ((_province(row, most),) for row in drawn))
    drawing = '<svg viewBox="0 0 488 488" role="img" aria-label="{}">{}</svg>'
    return {
        "drawing": format_html(drawing, title, squares),
        "title": title,
        "is_map": True,
        "columns": [head or _("Province"), figures],
        "rows": [
            {"label": row["name"], "values": [row.get("shown") or count(row["value"])]}
            for row in sorted(rows, key=lambda row: (-row["value"], row["name"]))
        ],
    }


def _province(row, most):
    x, y = (124 * place for place in GRID[row["code"]])
    circle = '<circle class="c-circle" cx="{}" cy="{}" r="{}"/>'
    radius = (row["value"] / most) ** 0.5 * 44
    return format_html(
        '<path class="c-square" d="M{} {}h116v116h-116z"/>{}<text x="{}" y="{}">{}</text>'
        '<text class="t-b" x="{}" y="{}" text-anchor="middle">{}</text>',
        x, y,
        format_html(circle, x + 58, y + 69, _px(radius)) if row["value"] else "",
        x + 8, y + 20, row["name"],
        x + 58, y + 77, row.get("shown") or row["value"],
    )  # fmt: skip


THIN, MEASURED_ROW = 16, 86
FILLS = {"realised": "c-solid", "agreed": "c-faint", "estimated": "c-hatch"}


@register.inclusion_tag("parts/chart.html")
def measure_chart(rows, measures, title, head=""):
    """A bar for each of several amounts, never on top of each other.

    ``rows``: label and cells by measure, with number and cents, or None when taken together with others.
    """
    codes = [measure["code"] for measure in measures]
    columns = [head]
    for measure in measures:
        columns += [measure["label"], _("Matches")]
    return {
        "drawing": _measured(rows, codes, title),
        "title": title,
        "columns": columns,
        "rows": [
            {
                "label": row["label"],
                "values": [text for code in codes for text in _pair(row["cells"][code])],
            }
            for row in rows
        ],
    }


def _pair(cell):
    return (euro(cell["cents"]), count(cell["number"])) if cell else ("…", "…")


def _measured(rows, codes, title):
    amounts = [cell["cents"] for row in rows for cell in row["cells"].values() if cell]
    most = max(amounts, default=0) or 1
    room = max(len(euro(cents)) for cents in [*amounts, 0]) * CHARACTER + 16
    scale = (WIDTH - room) / most
    bars = format_html_join(
        "", "{}", ((_group(row, codes, i * MEASURED_ROW, scale),) for i, row in enumerate(rows))
    )
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        WIDTH,
        len(rows) * MEASURED_ROW - 8,
        title,
        HATCH,
        bars,
    )


def _group(row, codes, y, scale):
    bars = format_html_join(
        "",
        "{}",
        (
            (_thin(code, row["cells"][code], y + 22 + i * (THIN + 3), scale),)
            for i, code in enumerate(codes)
        ),
    )
    return format_html('<text class="t-b" x="0" y="{}">{}</text>{}', y + 14, row["label"], bars)


def _thin(code, cell, y, scale):
    """A thin bar with its amount; three dots where it is taken together with others."""
    width = max(cell["cents"] * scale, 1) if cell else 0
    bar = format_html(
        '<path class="{}" d="M1 {}h{}v{}h-{}z"/>', FILLS[code], y, _px(width), THIN, _px(width)
    )
    return format_html(
        '{}<text class="t-s" x="{}" y="{}">{}</text>',
        bar if cell else "",
        _px(width + 8),
        y + 13,
        euro(cell["cents"]) if cell else "…",
    )


@register.simple_tag
def swatch(code):
    """The fill of a measure, small, beside its definition. The chart on the page draws the hatching."""
    return format_html(
        '<svg class="key" viewBox="0 0 16 16" aria-hidden="true"><path class="{}" d="M1 1h14v14h-14z"/></svg>',
        FILLS[code],
    )
