"""Addresses: this page in another language, this list on another page, where a page stands."""

from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factory.markup import format_html, format_html_join

register = template.Library()


@register.simple_tag(takes_context=True)
def url_in(context, language, absolute=False):
    """This page's address in another language; from an error page, that language's home."""
    request = context.get("request")
    if request is None or context.get("is_error"):
        return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    if absolute:
        return settings.SITE_URL + _in_language(request.path, get_language(), language)
    path, mark, asked = request.get_full_path().partition("?")
    return _in_language(path, get_language(), language) + mark + asked


@lru_cache(maxsize=4096)
def _in_language(path, _now, language):
    """A path in another language: the same for everybody, as the map does not change."""
    return translate_url(path, language)


@register.simple_tag(takes_context=True)
def canonical(context):
    """This page's one true address: no query but the page number."""
    request = context.get("request")
    if request is None:
        return ""
    page = request.GET.get("page", "")
    return (
        settings.SITE_URL
        + request.path
        + (f"?page={page}" if page.isdigit() and page != "1" else "")
    )


@register.simple_tag
def home():
    """The front page in this language: ``/`` or ``/en/``."""
    return "/" if language() == settings.LANGUAGE_CODE else f"/{language()}/"


@register.simple_tag
def language():
    """The language this page is in, such as ``nl``."""
    return get_language() or settings.LANGUAGE_CODE


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """This address's query with some values changed; None takes one away."""
    request = context.get("request")
    pairs = [
        (key, value)
        for key, values in (request.GET.lists() if request else ())
        for value in values
        if key not in changes
    ]
    pairs += [(key, value) for key, value in changes.items() if value is not None]
    return "?" + urlencode(pairs)


@register.simple_tag
def crumbs(*pairs):
    """Where this page stands: words and address by turns. Home comes by itself."""
    rows = [(_("Home"), home())]
    rows += [
        (pairs[i], pairs[i + 1] if i + 1 < len(pairs) else "") for i in range(0, len(pairs), 2)
    ]
    items = format_html_join(
        "", '<li class="utrecht-breadcrumb-nav__item">{}</li>', ((_crumb(*row),) for row in rows)
    )
    return format_html(
        '<nav class="crumbs utrecht-breadcrumb-nav" aria-label="{}">'
        '<ol class="utrecht-breadcrumb-nav__list">{}</ol></nav>',
        _("You are here"),
        items,
    )


def _crumb(words, url):
    if url:
        return format_html('<a href="{}">{}</a>', url, words)
    return format_html('<span aria-current="page">{}</span>', words)


@register.inclusion_tag("parts/pages.html", takes_context=True)
def pages(context, page_obj, name="page", label="", anchor=""):
    """The pages of a list: first, around here, last.

    Where there are two lists on a page, one has another ``name`` in the address, its own ``label``, and an
    ``anchor`` where it begins.
    """
    gap, numbers = page_obj.paginator.ELLIPSIS, range(0)
    if page_obj.has_other_pages():
        numbers = page_obj.paginator.get_elided_page_range(
            page_obj.number, on_each_side=1, on_ends=1
        )

    def to(number):
        return f"{query(context, **{name: number})}{anchor}"

    return {
        "page_obj": page_obj,
        "label": label,
        "numbers": [(number, None if number == gap else to(number)) for number in numbers],
        "before": page_obj.has_previous() and to(page_obj.previous_page_number()),
        "after": page_obj.has_next() and to(page_obj.next_page_number()),
    }
