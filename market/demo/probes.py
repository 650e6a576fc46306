"""What the bench measures of the market."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from factory.bench.measuring import Probe
from factory.lists import A_PAGE, MOST_ROWS
from market.admin.queue import shortlist_url
from market.matching.filtering import offers_for
from market.matching.ranking import suppliers_for
from market.models import Listing, Match
from market.restocking import refresh
from partners.models import Sector

ROWS = 20
WORDS = {
    "lunch": "catering",
    "schoonmaak kantoor": "cleaning",
    "fietsen reparatie": "repair",
    "drukwerk folders": "print",
    "tuin onderhoud": "green",
    "catering": "catering",
}
PLACES = ["place=Utrecht&km=10", "place=Zwolle&km=50", "place=Friesland", "place=Maastricht&km=0"]
LAST = MOST_ROWS // A_PAGE
MISTYPED = ["catreing", "scoonmaak", "drukwrk", "tiunonderhoud"]


def probes():
    """How much there is, and what to measure."""
    board = reverse("market:board")
    sectors = list(Sector.objects.values_list("slug", flat=True))
    filtered = [f"{board}?q={words}&sector={slug}" for words, slug in WORDS.items()]
    live = Listing.objects.public().order_by("pk")
    needs = list(sampled(live.needs().select_related("region", "province", "sector")))
    waiting = Match.objects.filter(state=Match.State.SUGGESTED, need__state="live")
    shortlists = [
        shortlist_url(pk) for pk in sampled(waiting.values_list("need", flat=True).order_by("pk"))
    ]
    counted = {"listings": Listing.objects.count(), "matches": Match.objects.count()}
    return counted, [
        Probe("board", [board]),
        Probe("board, one sector ticked", [f"{board}?sector={slug}" for slug in sectors]),
        Probe("board, words", [f"{board}?q={words}" for words in WORDS]),
        Probe("filtered board with text", filtered),
        Probe("board, a place", [f"{board}?{place}" for place in PLACES]),
        Probe(
            "board, words and a place",
            [f"{board}?q={w}&{p}" for w, p in zip(WORDS, PLACES, strict=False)],
        ),
        Probe("board, the highest amounts", [f"{board}?sort=value"]),
        Probe("board, its last page", [f"{board}?page={LAST}"]),
        Probe("board of a member, for you", [f"{board}?you=1"], somebody()),
        Probe("board, a typing mistake", [f"{board}?q={word}" for word in MISTYPED]),
        Probe("listing", [listing.get_absolute_url() for listing in sampled(live)]),
        Probe("impact", [reverse("impact"), f"{reverse('impact')}?by=province"]),
        Probe("exact figures", [reverse("market:exact")], coordinator()),
        Probe("my desk", [reverse("desk")], somebody()),
        Probe("coordinators' call list", [reverse("admin:index")], coordinator()),
        Probe("coordinators' figures", [reverse("admin:figures")], coordinator()),
        Probe("shortlist screen", shortlists, coordinator()),
        Probe(
            "suggest for one need",
            call=lambda need: len(suppliers_for(need)) and 0,
            arguments=needs,
        ),
        Probe("its facet query alone", call=facets_alone, arguments=needs),
        Probe("for you, filled for 1 000 organisations", call=filled, arguments=[1_000], once=True),
    ]


def filled(many):
    """As the worker does it while no shelf is there yet, in one go; of a smaller network all of them."""
    refresh(seconds=3600, most=many)


def sampled(rows):
    """Twenty of these rows, spread over all of them."""
    return rows[:: max(1, rows.count() // ROWS)][:ROWS]


def facets_alone(need):
    """The bare filter by sector and region, for comparison."""
    list(offers_for(need).filter(sector=need.sector_id).values_list("pk", flat=True)[:100])


def somebody():
    """The owner of an organisation with matches."""
    match = Match.objects.filter(state=Match.State.INTRODUCED).order_by("pk").first()
    return match.buyer.memberships.get().person


def coordinator():
    """Staff, made for this run."""
    people = get_user_model().objects
    found = people.filter(email="bench@mail.example").first()
    return found or people.create_user(
        "bench@mail.example",
        name="Bench Coordinator",
        is_staff=True,
        terms_version=settings.TERMS_VERSION,
        terms_accepted_at=timezone.now(),
    )
