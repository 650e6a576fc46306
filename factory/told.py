"""Search in the pages in which we say who we are and what holds here: in their texts in both languages."""

import re
from functools import cache
from html import unescape

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from factory.lists import words_of
from factory.search import SHOWN, Hit, Section
from factory.views import TOLD

# Eight texts, so they are read on the spot: the words in the whole page, a typing mistake in its title alone.
FOUND = """WITH told AS (
    SELECT page, titles, setweight(to_tsvector('dutch', titles), 'A') || to_tsvector('dutch', texts) AS dutch,
        setweight(to_tsvector('english', titles), 'A') || to_tsvector('english', texts) AS english
    FROM unnest(%s::text[], %s::text[], %s::text[]) AS page(page, titles, texts)
), ranked AS (
    SELECT page, greatest(ts_rank(dutch, to_tsquery('dutch', %s)), ts_rank(english, to_tsquery('english', %s)))
        AS rank, (SELECT max(word_similarity(word, lower(titles))) FROM unnest(%s::text[]) AS word) AS likeness
    FROM told
), holding AS (SELECT page, rank, FALSE AS near FROM ranked WHERE rank > 0)
SELECT page, rank, near FROM holding
UNION ALL SELECT page, likeness, TRUE FROM ranked WHERE likeness >= 0.6 AND NOT EXISTS (SELECT FROM holding)
ORDER BY rank DESC, page"""


def search_sections(text):
    """The pages that hold the words; none has a list of its own."""
    words, pages = words_of(text), _pages()
    either = " | ".join(words)
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [*map(list, zip(*pages, strict=True)), either, either, words])
        rows = cursor.fetchall()
    hits = [_hit(page, get_language() or settings.LANGUAGE_CODE) for page, *_rest in rows[:SHOWN]]
    similar = bool(rows) and rows[0][2]
    yield Section("pages", _("About the Factory"), len(hits), similar, hits)


@cache
def _pages():
    """``[(page, titles, texts)]`` in all languages; they do not change while the site runs."""
    languages = [code for code, _name in settings.LANGUAGES]
    return [
        (
            page,
            *(
                " ".join(parts)
                for parts in zip(*(_said(page, code) for code in languages), strict=True)
            ),
        )
        for page in TOLD
    ]


@cache
def _said(page, language):
    """``(title, text)`` of a page, without what stands round every page."""
    with override(language):
        html = render_to_string(
            f"pages/{page.replace('-', '_')}.html",
            {"is_error": True, "terms_version": settings.TERMS_VERSION},
        )
    title = re.search(r"<title>(.*?) – ", html, re.DOTALL).group(1)
    return unescape(title), unescape(
        strip_tags(re.search(r"<main.*</main>", html, re.DOTALL).group())
    )


@cache
def _hit(page, language):
    title, _text = _said(page, language)
    with override(language):
        return Hit(title, reverse(page))
