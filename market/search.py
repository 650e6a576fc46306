"""Needs and offers in the search over the whole site."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory.search import Hit, Ranked, Section, asking, best
from factory.templatetags.words import count
from market import hiding
from market.board import PART, Row, found, inside
from market.filters import Asked, asked, options
from market.models import Listing
from partners.models import Organisation, Sector
from partners.searching import Searched

COLUMNS = Row._fields
SAID = (
    "greatest(ts_rank(the_search_nl, to_tsquery('dutch', %s)),"
    " ts_rank(the_search_en, to_tsquery('english', %s)))"
)
LIKENESS = "word_similarity(upper(%s), upper(the_title))"


def search_sections(text):
    """What stands on the board and holds the words."""
    wanted = Asked(text, {})
    near = replace(wanted, similar=True, sectors=tuple(Sector.objects.resembling(wanted.words)))
    total, similar, rows = best(
        found(wanted, *COLUMNS),
        found(near, *COLUMNS),
        COLUMNS,
        Ranked.by_words(SAID, PART, wanted.words),
        Ranked(LIKENESS, (text,)),
    )
    words = _("All results on the market (%(n)s)") % {"n": count(total)}
    hits = [_hit(Row(*row)) for row in rows]
    url = asking(reverse("market:board"), text)
    yield Section("market", _("Needs and offers"), total, similar, hits, (words, url))


def _hit(row):
    kinds, parties = dict(Listing.Kind.choices), dict(Organisation.Kind.choices)
    who = parties[row.organisation__kind] if row.hides_name else row.organisation__name
    return Hit(
        row.title,
        reverse("market:listing", args=[row.slug]),
        (str(kinds[row.kind]), str(who), _place(row)),
        row.language,
        Organisation.SHAPES[row.organisation__kind],
    )


def _place(row):
    """Where it is; only the province if the name follows after the introduction."""
    if row.nationwide:
        return _("All of the Netherlands")
    return hiding.province_of(row.province__name) if row.hides_name else row.region__name


def searched_lists():
    """The board, for who keeps a search of it."""
    words = gettext_lazy("Needs and offers")
    yield Searched("market", words, "market:board", "live_at", _answering, _titles)


def _answering(address, columns):
    wanted = asked(address, options())
    sql, parameters = found(wanted, *columns)
    ticked, keys = inside(wanted)
    return f"SELECT * FROM ({sql}) found WHERE {ticked}", [*parameters, *keys]  # noqa: S608


def _titles(keys):
    rows = Listing.objects.public().filter(pk__in=keys).values_list("pk", "title", "slug")
    return {key: (title, reverse("market:listing", args=[slug])) for key, title, slug in rows}
