"""Challenges in the search over the whole site: also those that are over, as what was learned is public."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.board import PART, found, narrowed, within
from challenges.filters import ALL, Asked, asked, options
from challenges.models import Challenge
from challenges.models.states import Phase
from factory.search import Hit, Ranked, Section, asking, best
from factory.templatetags.words import count
from partners.models import Organisation
from partners.searching import Searched

COLUMNS = ("pk", "title", "slug", "language", "phase", "organisation__name", "organisation__kind")
SAID = (
    "(the_phase = 'open')::int + greatest(ts_rank(the_search_nl, to_tsquery('dutch', %s)),"
    " ts_rank(the_search_en, to_tsquery('english', %s)))"
)
LIKENESS = "word_similarity(upper(%s), upper(the_title))"


def search_sections(text):
    """What was ever public and holds the words, what is open first."""
    wanted = Asked(text, {})
    total, similar, rows = best(
        found(wanted, *COLUMNS),
        found(replace(wanted, similar=True), *COLUMNS),
        COLUMNS,
        Ranked.by_words(SAID, PART, wanted.words),
        Ranked(LIKENESS, (text,)),
    )
    words = _("All results among the challenges (%(n)s)") % {"n": count(total)}
    url = asking(reverse("challenges:list"), text, state=ALL)
    hits = [_hit(*row) for row in rows]
    yield Section("challenges", _("Impact challenges"), total, similar, hits, (words, url))


def _hit(_pk, title, slug, language, phase, name, kind):
    url = reverse("challenges:challenge", args=[slug])
    notes = (str(Phase(phase).label), name)
    return Hit(title, url, notes, language, Organisation.SHAPES[kind])


def searched_lists():
    """The board of challenges, for who keeps a search of it."""
    words = gettext_lazy("Impact challenges")
    yield Searched("challenges", words, "challenges:list", "published_at", _answering, _titles)


def _answering(address, columns):
    wanted = asked(address, options())
    sql, parameters = found(wanted, *columns)
    facets = narrowed(wanted)
    ticked = " AND ".join(map(within, facets))
    return f"SELECT * FROM ({sql}) found WHERE {ticked}", [  # noqa: S608
        *parameters,
        *map(wanted.keys, facets),
    ]


def _titles(keys):
    rows = Challenge.objects.public().filter(pk__in=keys).values_list("pk", "title", "slug")
    return {key: (title, reverse("challenges:challenge", args=[slug])) for key, title, slug in rows}
