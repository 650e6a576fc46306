"""The drawings: icons on a 24 by 24 field, the mark, the glyph of a match."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe

ICONS = {
    "arrow": "M5 12h14M13 6l6 6l-6 6",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4",
    "cal": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "check": "M5 12l5 5L20 7",
    "clock": "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3 3",
    "doc": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "down": "M12 4v12M6 11l6 6l6-6M5 21h14",
    "edit": "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
    "eye": "M2 12s3.5-6 10-6s10 6 10 6s-3.5 6-10 6s-10-6-10-6"
    "M12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5",
    "filter": "M4 5h16l-6 8v6l-4-2v-4z",
    "flag": "M6 21V4h12l-3 4l3 4H6",
    "globe": "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M3 12h18M12 3c-5 6-5 12 0 18c5-6 5-12 0-18",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "mail": "M3 6h18v12H3zM3 7l9 6l9-6",
    "people": "M9 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6M3 20c0-4 2.5-6 6-6s6 2 6 6"
    "M16 5a3 3 0 0 1 0 6M18 14.5c2 .8 3 2.7 3 5.5",
    "phone": "M5 4h4l2 5l-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4"
    "a2 2 0 0 1-2 2A15 15 0 0 1 3 6a2 2 0 0 1 2-2",
    "pin": "M12 21l-5-5.6a7 7 0 1 1 10 0zM12 8.5a2 2 0 1 0 0 4a2 2 0 0 0 0-4",
    "plus": "M12 5v14M5 12h14",
    "ring": "M12 5a7 7 0 1 0 0 14a7 7 0 0 0 0-14",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L21 21",
    "star": "M12 4l2.5 5.2l5.5.8l-4 4l1 5.6l-5-2.7l-5 2.7l1-5.6l-4-4l5.5-.8z",
    "undo": "M9 14l-5-5l5-5M4 9h11a5 5 0 0 1 0 10h-4",
    "user": "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 21c0-4.5 3-7 7.5-7s7.5 2.5 7.5 7",
    "warn": "M12 4l9 16H3zM12 10v4M12 17v.01",
    "x": "M6 6l12 12M18 6L6 18",
}
SVG_ICONS = {
    name: format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', path
    )
    for name, path in ICONS.items()
}
MARK = mark_safe(
    '<svg viewBox="0 0 40 40" aria-hidden="true"><path class="mark__a" d="M2 2h24v24H2z"/>'
    '<circle class="mark__b" cx="26" cy="26" r="12"/>'
    '<path class="mark__ab" d="M26 14a12 12 0 0 0-12 12h12z"/></svg>'
)
GLYPH = mark_safe(
    '<svg class="glyph" viewBox="0 0 28 28" aria-hidden="true">'
    '<path class="g-a" d="M3 3h14v14H3z"/><circle class="g-b" cx="17" cy="17" r="8"/>'
    '<path class="g-ab" d="M17 9a8 8 0 0 0-8 8h8z"/>'
    '<path class="g-ok" d="M17 20l3 3l6-8"/></svg>'
)
