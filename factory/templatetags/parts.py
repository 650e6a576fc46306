"""The parts every page is built from. How to call each: templates/parts/README.md.

Small parts that stand in long lists are made in Python: a template each costs far more.
"""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from factory.forms import summary
from factory.markup import format_html, format_html_join
from factory.templatetags import charts, frame, links, words
from factory.templatetags.drawings import GLYPH, MARK, SVG_ICONS

register = template.Library()
for other in (charts, frame, links, words):  # pages load one library
    register.tags |= other.register.tags
    register.filters |= other.register.filters
MATCH_GLYPHS = {"suggested", "interest", "met", "agreed", "done"}
SECTOR_SHAPES = {
    key: format_html('<span class="shape shape--{}" aria-hidden="true"></span>', key)
    for key in ("overheid", "sociaal", "bedrijf", "fonds", "kennis", "buurt")
}


@register.simple_tag
def icon(name):
    """A small line drawing. KeyError for an unknown name."""
    return SVG_ICONS[name]


@register.simple_tag
def mark():
    """The logo's drawing: a square, a circle, and what they share."""
    return MARK


@register.simple_tag
def shape(key):
    """A sector's shape. An unknown sector is drawn as the square."""
    return SECTOR_SHAPES[key if key in SECTOR_SHAPES else "overheid"]


@register.simple_tag
def party(organisation=None, *, name="", shape="", kind="", note="", link=False):
    """An organisation: its sector's shape, its name if it may be known, and what kind it is."""
    if organisation is not None:
        name, shape = organisation.name, organisation.sector_shape
        kind = organisation.get_kind_display()
    after = format_html("{} · {}", kind, note) if kind and note else kind or note
    return format_html(
        '<span class="party">{}<span>{} <span class="party__kind">{}</span></span></span>',
        _shape(shape),
        _named(name, organisation.get_absolute_url() if link and organisation else ""),
        after,
    )


_shape = shape


def _named(name, url):
    if not name:
        return ""
    return format_html('<a href="{}">{}</a>', url, name) if url else format_html("<b>{}</b>", name)


@register.simple_tag
def person(somebody, note=""):
    """A person: initials and name, and a line under it."""
    name = getattr(somebody, "name", "") or str(somebody)
    words = [word for word in name.split() if word[:1].isalpha()]
    initials = "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))
    under = format_html('<br><span class="small">{}</span>', note) if note else ""
    return format_html(
        '<div class="person"><span class="person__initials" aria-hidden="true">{}</span>'
        "<span><b>{}</b>{}</span></div>",
        initials,
        name,
        under,
    )


@register.simple_tag
def state(key, words):
    """The state of a match: the words, and a glyph that draws the same for the states it knows."""
    glyph = GLYPH if key in MATCH_GLYPHS else ""
    return format_html('<span class="state state--{}">{}{}</span>', key, glyph, words)


@register.simple_tag
def pill(key, words, icon="ring"):
    """Any other state: always a word and an icon. ``key``: open, wait, late or ok."""
    return format_html(
        '<span class="state state--pill state--{}">{}{}</span>', key, SVG_ICONS[icon], words
    )


@register.simple_tag
def button(words, url=None, *, kind="primary", icon="", **attributes):
    """A link that looks like a button if it has an address, else a button that submits."""
    look = "secondary-action utrecht-button--danger" if kind == "danger" else kind
    look = f"{look}-action" if look in ("primary", "secondary") else look
    drawing = format_html("{} ", SVG_ICONS[icon]) if icon else ""
    extra = format_html_join(
        "", ' {}="{}"', ((key.replace("_", "-"), value) for key, value in attributes.items())
    )
    if url is None:
        return format_html(
            '<button type="submit" class="utrecht-button utrecht-button--{} '
            'utrecht-button--html-button"{}>{}{}</button>',
            look,
            extra,
            drawing,
            words,
        )
    return format_html(
        '<a class="utrecht-button utrecht-button--{}" href="{}"{}>{}{}</a>',
        look,
        url,
        extra,
        drawing,
        words,
    )


@register.simple_tag
def reasons(why, but=()):
    """Why two sides fit, in words; then what to mind."""
    note = _("Note:")
    return format_html(
        '<ul class="reason-list">{}{}</ul>',
        format_html_join("", "<li>{}</li>", ((reason,) for reason in why)),
        format_html_join(
            "", '<li class="is-but"><b>{}</b> {}</li>', ((note, reason) for reason in but or ())
        ),
    )


@register.simple_tag
def foryou(title, why, but=(), more=""):
    """The reasons inside a row of a list, and what one can do about it."""
    return format_html(
        '<div class="foryou"><p class="foryou__title">{}</p>{}{}</div>',
        title,
        reasons(why, but),
        more,
    )


@register.simple_tag
def tags(chosen):
    """The filters somebody chose, each a link that takes it away."""
    away = _("remove")
    rows = ((row["url"], row["label"], away, SVG_ICONS["x"]) for row in chosen)
    items = format_html_join("", '<li><a href="{}">{} <span class="vh">{}</span>{}</a></li>', rows)
    return (
        format_html('<ul class="tags" aria-label="{}">{}</ul>', _("Chosen filters"), items)
        if items
        else ""
    )


@register.simple_tag
def steps(rows):
    """A calendar, a progress or a history: rows of state, text and, if any, note and url."""
    return format_html(
        '<ol class="steps">{}</ol>', format_html_join("", "{}", ((_step(row),) for row in rows))
    )


def _step(row):
    now = mark_safe(' aria-current="step"') if row["state"] == "now" else ""
    text = (
        format_html('<a href="{}">{}</a>', row["url"], row["text"])
        if row.get("url")
        else row["text"]
    )
    note = format_html("<small>{}</small>", row["note"]) if row.get("note") else ""
    return format_html('<li class="is-{}"{}><span>{}</span>{}</li>', row["state"], now, text, note)


@register.simple_tag
def stats(rows):
    """Large figures, each with its words: rows of (figure, words)."""
    cells = ((words, figure) for figure, words in rows)
    return format_html(
        '<dl class="stats">{}</dl>',
        format_html_join("", '<div class="stat"><dt>{}</dt><dd>{}</dd></div>', cells),
    )


@register.simple_tag
def who_sees(words):
    """Beside the heading of a form: who will see this, and from when."""
    return format_html(
        '<p class="sees">{}<span><b>{}</b> {}</span></p>',
        SVG_ICONS["eye"],
        _("Who sees this?"),
        words,
    )


def _box(css, title, content, level, title_class):
    head = (
        format_html('<h{} class="{}">{}</h{}>', level, title_class, title, level) if title else ""
    )
    return format_html('<section class="{}">{}{}</section>', css, head, content)


@register.simple_block_tag
def panel(content, title="", level=2, roomy=False):
    """A side note with its heading."""
    return _box(
        "panel panel--roomy" if roomy else "panel",
        title,
        content,
        level,
        "" if roomy else "h-small",
    )


@register.simple_block_tag(name="next", end_name="endnext")
def next_step(content, title, level=2):
    """The one thing to do now."""
    return _box("next", title, content, level, "next__title")


@register.simple_block_tag
def nothing(content, title, level=2):
    """Nothing here yet: what will come, and what to do."""
    return _box("empty", title, content, level, "h-small")


@register.simple_block_tag
def qa(content, question, opened=False):
    """A question that unfolds to its answer."""
    shown = mark_safe(" open") if opened else ""
    return format_html(
        "<details{}><summary>{}</summary><div>{}</div></details>", shown, question, content
    )


@register.inclusion_tag("parts/coordinator.html", takes_context=True)
def coordinator_box(context):
    """The named coordinator of the reader's region."""
    return {"coordinator": context.get("coordinator")}


@register.inclusion_tag("parts/error_summary.html")
def error_summary(form):
    """What is not right yet in a form, each with a link to its field."""
    return {"rows": summary(form)}


@register.simple_block_tag
def said(content):
    """What a block says, kept under a name (``{% said as title %}``) to be said more than once."""
    return SafeString(content.strip())
