"""Some hundreds out of many: by facets, by words, by parts of words, and by meaning."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Func, OuterRef, Q, When

from factory.meaning.wording import asked_words
from market.matching.filtering import offers_for, organisations_for
from market.models import Listing
from partners.models import Organisation

BY_FACETS, BY_TEXT, BY_PARTS, BY_PROFILE = 100, 100, 50, 50
FEW_WORDS = 4
UNREAD = ("search", "mission", "description", "question", "street", "vat", "oin", "rsin", "website")
SHORTEST_PART, ENDING = 5, 2  # "vergaderlunches" is found by "lunch" and by "lunches"


def recalled_offers(need, question):
    """The offers worth weighing; ``question`` is the need as :mod:`market.matching.meaning` asks it."""
    words = asked_words(need.title, need.text)
    found = {
        *by_facets(need),
        *question.nearest("offer", offers_for(need).filter(sector=need.sector_id)),
    }
    if words:
        found |= {*by_text(need, words), *by_parts(need, words)}
    return (
        Listing.objects.filter(pk__in=found)
        .select_related("organisation__region", "region", "sector")
        .defer("search_nl", "search_en", *(f"organisation__{name}" for name in UNREAD))
        .annotate(theme_keys=_themes_of_both())
        .order_by("pk")
    )


def by_facets(need):
    """The newest offers in the same sector."""
    newest = offers_for(need).filter(sector=need.sector_id).order_by("-live_at")
    return newest.values_list("pk", flat=True)[:BY_FACETS]


def by_text(need, words):
    """Offers in the sector with any of the words, the most telling first."""
    said = Q(language="en", search_en=_any(words, "english"))
    said |= ~Q(language="en") & Q(search_nl=_any(words, "dutch"))
    best = offers_for(need).filter(said, sector=need.sector_id).annotate(rank=_rank(words))
    return best.order_by("-rank", "pk").values_list("pk", flat=True)[:BY_TEXT]


def by_parts(need, words):
    """Offers in the sector or province whose title holds a part of a long word of the need's title."""
    asked = [word for word in words if len(word) >= SHORTEST_PART and word in need.title.casefold()]
    like = Q()
    for word in sorted(asked, key=len, reverse=True)[:FEW_WORDS]:
        like |= Q(title__icontains=word[: max(SHORTEST_PART, len(word) - ENDING)])
    near = Q(sector=need.sector_id) | Q(province=need.province_id)
    alike = (
        offers_for(need).filter(like, near).order_by("-live_at") if like else Listing.objects.none()
    )
    return alike.values_list("pk", flat=True)[:BY_PARTS]


def recalled_organisations(need):
    """The organisations worth weighing for what their profile says."""
    words = asked_words(need.title, need.text)
    said = SearchRank(F("search"), _any(words or ["x"], "dutch"), normalization=32)
    found = organisations_for(need).annotate(lexical=said).order_by("-lexical", "pk")
    found = found.annotate(theme_keys=_themes_of(Organisation, "organisation", "pk"))
    return found.select_related("region").defer("search")[:BY_PROFILE]


def _themes_of(model, name, key):
    """The ids of the themes of a thing, in the query that fetches it."""
    of_it = model.themes.through.objects.filter(**{name: OuterRef(key)})
    return ArraySubquery(of_it.values("theme"))


def _themes_of_both():
    theirs = _themes_of(Organisation, "organisation", "organisation")
    return Func(_themes_of(Listing, "listing", "pk"), theirs, function="array_cat")


def _any(words, language):
    return SearchQuery(" | ".join(words), config=language, search_type="raw")


def _rank(words):
    """How much a listing holds the words, by its own language, between 0 and 1."""
    words = words or ["x"]
    in_english = SearchRank(F("search_en"), _any(words, "english"), normalization=32)
    in_dutch = SearchRank(F("search_nl"), _any(words, "dutch"), normalization=32)
    return Case(When(language="en", then=in_english), default=in_dutch)
