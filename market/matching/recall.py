"""Some hundreds out of many: by facets, by the words of the text, and by parts of words."""

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import F, Q
from django.db.models.functions import Greatest, Upper

from market.matching.filtering import offers_for, organisations_for
from market.matching.wording import asked_words
from market.models import Listing

BY_FACETS, BY_TEXT, BY_PARTS, BY_PROFILE = 100, 100, 50, 50
FEW_WORDS = 4


def recalled_offers(need):
    """The offers worth weighing, each with ``lexical``: how much its words agree (0 to 2)."""
    words = asked_words(need.title, need.text)
    found = {*by_facets(need)}
    if words:
        found |= {*by_text(need, words), *by_parts(need, words)}
    return (
        Listing.objects.filter(pk__in=found)
        .select_related("organisation__region", "region", "sector")
        .prefetch_related("themes", "organisation__themes")
        .annotate(lexical=_rank(words) + _likeness(need))
    )


def by_facets(need):
    """The newest offers in the same sector."""
    newest = offers_for(need).filter(sector=need.sector_id).order_by("-live_at")
    return newest.values_list("pk", flat=True)[:BY_FACETS]


def by_text(need, words):
    """Offers with any of the words, in the same sector or province, the most telling first."""
    near = Q(sector=need.sector_id) | Q(province=need.province_id)
    said = Q(search_nl=_any(words, "dutch")) | Q(search_en=_any(words, "english"))
    best = offers_for(need).filter(near, said).annotate(rank=_rank(words)).order_by("-rank", "pk")
    return best.values_list("pk", flat=True)[:BY_TEXT]


def by_parts(need, words):
    """Offers in the sector whose title holds a part of a word: "lunch" finds "vergaderlunch"."""
    like = Q()
    for word in sorted(words, key=len, reverse=True)[:FEW_WORDS]:
        like |= Q(upper_title__trigram_word_similar=word.upper())
    alike = offers_for(need).alias(upper_title=Upper("title"))
    alike = alike.filter(like, sector=need.sector_id).order_by("-live_at")
    return alike.values_list("pk", flat=True)[:BY_PARTS]


def recalled_organisations(need):
    """The organisations worth weighing for what their profile says."""
    words = asked_words(need.title, need.text)
    said = SearchRank(F("search"), _any(words or ["x"], "dutch"), normalization=32)
    found = organisations_for(need).annotate(lexical=said).order_by("-lexical", "pk")
    return found.select_related("region").prefetch_related("themes")[:BY_PROFILE]


def _any(words, language):
    return SearchQuery(" | ".join(words), config=language, search_type="raw")


def _rank(words):
    """The better of both languages, between 0 and 1."""
    words = words or ["x"]
    return Greatest(
        SearchRank(F("search_nl"), _any(words, "dutch"), normalization=32),
        SearchRank(F("search_en"), _any(words, "english"), normalization=32),
    )


def _likeness(need):
    return TrigramWordSimilarity(need.title.upper(), Upper("title"))
