"""Some hundreds out of many: by facets, by words, by parts of words, and by meaning.

They come as plain rows: of some hundreds only five are shown, and to make objects of all would take longest of all.
"""

from collections import namedtuple
from itertools import islice

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Func, OuterRef, Q, When

from factory.meaning.wording import asked_words
from market.matching.filtering import (
    offers_for,
    offers_reaching,
    organisations_for,
    organisations_near,
)
from market.matching.fit import fit
from market.matching.sectors import close_to
from market.models import Listing
from partners.models import Organisation

BY_FACETS, BY_TEXT, BY_PARTS, BY_PROFILE = 100, 100, 50, 50
FEW_WORDS = 4
MOST = 2_000
ENOUGH = 300  # in the sector; beside so many no mere profile is looked at
HARDLY = 10  # two shortlists; beside fewer, offers of other sectors are looked at for all they say
BEST, MADE_UP = 5, 1 / 3  # behind the one after the five best, a third of what a text counts
SHORTEST_PART, ENDING = 5, 2  # "vergaderlunches" is found by "lunch" and by "lunches"
NOTHING = Q(pk=None)
PK, FIT, LIVE_AT = 0, 2, 3
Place = namedtuple("Place", "latitude longitude")
COLUMNS = ("pk", "organisation_id", "sector_id", "language", "title", "text", "value_cents")
PROFILE = ("pk", "language", "mission", "description")
WHERE = ("region__latitude", "region__longitude", "theme_keys")


class RecalledOffer(namedtuple("RecalledOffer", (*COLUMNS, "region", "theme_keys"))):
    """What an offer is weighed by; its themes and those of whose it is."""


class RecalledOrganisation(namedtuple("RecalledOrganisation", (*PROFILE, "region", "theme_keys"))):
    """What a profile is weighed by."""


def recalled(need, question, weights):
    """The offers and the profiles worth weighing; ``question`` is the need as :mod:`.meaning` asks it."""
    reached = answering(need, weights)
    profiles = recalled_organisations(need, reached) if len(reached) < ENOUGH else []
    return recalled_offers(need, question, reached, weights), profiles


def answering(need, weights):
    """``{offer: organisation}`` by key: all in the same sector that reach the need, the newest first.

    Asked once, from one index alone. Of more than enough those stay whose place and amount fit nearly as well as
    the best: what their text says could hardly make up for more.
    """
    able = offers_for(need).filter(sector=need.sector_id).annotate(fit=fit(need, weights))
    rows = able.order_by("-fit", "-live_at", "-pk").values_list(
        "pk", "organisation", "fit", "live_at"
    )
    rows = list(rows[:MOST])
    if len(rows) > ENOUGH:
        least = rows[BEST][FIT] - weights["text"] * MADE_UP
        rows = [row for n, row in enumerate(rows) if n < ENOUGH or row[FIT] >= least]
    rows.sort(key=lambda row: (row[LIVE_AT], row[PK]), reverse=True)
    return {pk: organisation for pk, organisation, _fit, _live_at in rows}


def recalled_offers(need, question, reached, weights):
    """The offers worth weighing, most of them of those that are ``reached``."""
    words = asked_words(need.title, need.text)
    like = said_in_part(need, words)
    found = set(reached)
    if len(reached) < ENOUGH:
        found |= {*in_close_sectors(need, weights)}
    if len(reached) < HARDLY:
        found |= {*in_other_sectors(need, words, like), *near_in_other_sectors(need, question)}
    elif len(reached) < ENOUGH:
        found |= {*by_parts(need, like)}
    elif len(reached) > ENOUGH:
        found = {*islice(reached, BY_FACETS), *question.nearest_of("offer", reached.keys())}
        found |= {*by_words(reached, words, like)} if words else set()
    rows = Listing.objects.filter(pk__among=found).annotate(theme_keys=_themes_of_both())
    return list(_plain(RecalledOffer, rows.order_by("pk"), COLUMNS))


def still_answers(need, organisation, offer=None):
    """Whether a search for this need could still come up with this pair, wherever it would rank."""
    if offer is None:
        return any(able.filter(pk=organisation.pk).exists() for able in organisations_near(need))
    able, words = offers_reaching(need), asked_words(need.title, need.text)
    said = said_in_part(need, words) & Q(province=need.province_id)
    in_sector = able.filter(sector=need.sector_id).values("pk")
    if words and len(in_sector[:HARDLY]) < HARDLY:
        said |= _says(words)
    of_its_sector = Q(sector__in=[need.sector_id, *close_to(need)])
    return able.filter(of_its_sector | said, pk=offer.pk).exists()


def in_close_sectors(need, weights):
    """Offers in sectors close to the need's own, those whose place and amount fit best."""
    close = close_to(need)
    if not close:
        return ()
    able = offers_for(need).filter(sector__in=close).annotate(fit=fit(need, weights))
    return able.order_by("-fit", "-live_at", "-pk").values_list("pk", flat=True)[:BY_FACETS]


def in_other_sectors(need, words, like):
    """Offers that others would put elsewhere ("events" for "catering"): the most telling, then those with a part of a
    long word in the title, in the province, in any language.
    """
    if not words:
        return ()
    said = _says(words) | like & Q(province=need.province_id)
    others = offers_for(need).exclude(sector=need.sector_id).filter(said)
    return others.order_by(_rank(words).desc(), "-live_at", "pk").values_list("pk", flat=True)[
        :BY_TEXT
    ]


def near_in_other_sectors(need, question):
    """Of the newest offers that others would put elsewhere, the nearest in meaning, whatever their words."""
    others = offers_for(need).exclude(sector=need.sector_id).order_by("-live_at", "-pk")
    keys = others.values_list("pk", flat=True)[:MOST] if question.parts else ()
    return question.nearest_of("offer", set(keys))


def by_parts(need, like):
    """Offers in the province, whatever the sector, whose title holds a part of a long word of the need's title."""
    near = offers_for(need).filter(like, province=need.province_id).order_by("-live_at")
    return near.values_list("pk", flat=True)[:BY_PARTS] if like != NOTHING else ()


def by_words(reached, words, like):
    """Of these offers the most telling with any of the words, and the newest with a part of one in the title."""
    rows = Listing.objects.filter(_says(words) | like, pk__among=reached.keys()).order_by("pk")
    rows = rows.annotate(rank=_rank(words), in_part=Case(When(like, then=True), default=False))
    found = list(rows.values_list("pk", "rank", "in_part"))
    telling = sorted((-rank, pk) for pk, rank, _in_part in found if rank)[:BY_TEXT]
    in_part = {pk for pk, _rank, in_part in found if in_part}
    return [pk for _rank, pk in telling] + [pk for pk in reached if pk in in_part][:BY_PARTS]


def said_in_part(need, words):
    """What a title holds a part of a long word of the need's title by."""
    asked = [word for word in words if len(word) >= SHORTEST_PART and word in need.title.casefold()]
    like = NOTHING
    for word in sorted(asked, key=len, reverse=True)[:FEW_WORDS]:
        like |= Q(title__icontains=word[: max(SHORTEST_PART, len(word) - ENDING)])
    return like


def recalled_organisations(need, reached):
    """The organisations worth weighing for what their profile says, as none of their offers is ``reached``."""
    words = asked_words(need.title, need.text)
    said = SearchRank(F("search"), _any(words or ["x"], "dutch"), normalization=32)
    found = Organisation.objects.filter(pk__in=organisations_for(need)).annotate(lexical=said)
    found = found.exclude(pk__among=set(reached.values()))
    found = found.order_by("-lexical", "pk")
    found = found.annotate(theme_keys=_themes_of(Organisation, "organisation", "pk"))
    return list(_plain(RecalledOrganisation, found[:BY_PROFILE], PROFILE))


def _plain(kind, rows, columns):
    for *known, latitude, longitude, themes in rows.values_list(*columns, *WHERE):
        yield kind(*known, Place(latitude, longitude), themes)


def _themes_of(model, name, key):
    """The ids of the themes of a thing, in the query that fetches it."""
    of_it = model.themes.through.objects.filter(**{name: OuterRef(key)})
    return ArraySubquery(of_it.values("theme"))


def _themes_of_both():
    theirs = _themes_of(Organisation, "organisation", "organisation")
    return Func(_themes_of(Listing, "listing", "pk"), theirs, function="array_cat")


def _says(words):
    """Listings with any of the words, by their own language."""
    in_dutch = ~Q(language="en") & Q(search_nl=_any(words, "dutch"))
    return Q(language="en", search_en=_any(words, "english")) | in_dutch


def _any(words, language):
    return SearchQuery(" | ".join(words), config=language, search_type="raw")


def _rank(words):
    """How much a listing holds the words, by its own language, between 0 and 1."""
    words = words or ["x"]
    in_english = SearchRank(F("search_en"), _any(words, "english"), normalization=32)
    in_dutch = SearchRank(F("search_nl"), _any(words, "dutch"), normalization=32)
    return Case(When(language="en", then=in_english), default=in_dutch)
