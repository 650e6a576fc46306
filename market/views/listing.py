"""The page of a need or an offer, its moves, and the form for who finds it not right."""

from django.db.models import Exists
from django.http import Http404
from django.shortcuts import render
from django.views.generic import View

from factory import clock
from factory.kept import KeepsTyped
from factory.move_views import MoveView
from factory.moves import the_factory
from market.figures.offers import how_it_did
from market.lifecycle import listing as listings
from market.models import Impression, Listing, Match, Message, prices_of
from market.models.asking import names_of
from market.posting import ListingProposals
from market.rules import writes_it
from market.standing import standing
from market.views.fitting import for_you
from market.views.steps import steps_of
from market.views.worth import worth_telling
from partners.absence import answering_now

RELATED = 3
UNDER_WAY = (Listing.State.DRAFT, Listing.State.LIVE)
NOT_HERE = {"take_words", "report", "revise"}  # these have a place of their own on the page


def listing(request, slug):
    """What is asked or offered, and, for whose it is, how far it got."""
    seen = Listing.objects.visible_to(request.user)
    parts = ("organisation__province", "region", "province", "sector", "prices")
    reached = answering_now("organisation", "contact", "person__name")
    seen = seen.select_related(*parts).for_page().annotate(reached_name=reached)
    thing = seen.filter(slug=slug).first()
    if thing is None:
        raise Http404
    with clock.held(thing.fetched_at):
        return page(request, thing)


def page(request, thing):
    """What the page of this listing says to this reader."""
    reader = Reader(request.user, thing)
    context = {
        "listing": thing,
        "reader": reader,
        "themes": thing.theme_names,
        "asked": names_of(thing.asked_proofs),
        "steps": steps_of(thing, reader.matches),
        "related": related(thing),
        "prices": prices_of(thing) if thing.is_need and reader.is_inside else None,
        "revise": listings.moves["revise"] if reader.writes else None,
        "worth": worth_telling(thing) if reader.decides and thing.state in UNDER_WAY else (),
        "did": how_it_did(thing) if reader.is_own and not thing.is_need else None,
        "proposals": reader.proposals,
        **for_you(request, reader),
    }
    return render(request, "market/listing_detail.html", context)


class Reader:
    """What somebody may see and do on the page of one listing."""

    def __init__(self, person, listing):
        self.person, self.listing = person, listing
        roles = {}
        if person.is_authenticated:
            person.remember_roles()
            roles = person.roles
        self.is_staff = person.is_authenticated and person.is_staff
        self.is_own = listing.organisation_id in roles
        self.decides = roles.get(listing.organisation_id) in {"owner", "editor"}
        self.writes = self.decides or (self.is_own and writes_it.test(person, listing))
        self.matches = self._matches(roles)
        takes = self.decides and listings.moves["take_words"].possible(listing)
        self.proposals = ListingProposals(thing=listing, by=person) if takes else None
        self.is_inside = self.is_own or self.is_staff
        self.knows_name = self.is_inside or any(m.were_introduced for m in self.matches)
        self.moves = self._moves() if self.is_inside else []

    def _matches(self, roles):
        """The matches that this reader may know of, with the words for how they stand."""
        if not self.person.is_authenticated:
            return []
        seen = Match.objects.visible_to(self.person).select_related(
            "organisation", "buyer", "need", "offer"
        )
        seen = seen.defer("offer__search_nl", "offer__search_en", "offer__text")
        seen = seen.annotate(
            is_unseen=Exists(Impression.objects.of_match().unseen()),
            wrote_at=Message.objects.last_at(),
        )
        mine = seen.filter(**{"need" if self.listing.is_need else "offer": self.listing})
        found = list(mine.exclude(state=Match.State.DISMISSED).order_by("rank", "pk")[:20])
        for match in found:
            match.seat = seat(roles, match)
            match.glyph, match.words = standing(match, match.seat)
        return found

    def _moves(self):
        asked = prices_of(self.listing) if self.listing.is_need else None
        elsewhere = NOT_HERE | {"ask_prices"} if asked and asked.are_open else NOT_HERE
        return [
            m for m in listings.moves.open_to(self.person, self.listing) if m.name not in elsewhere
        ]


def seat(roles, match):
    if match.organisation_id in roles:
        return "supplier"
    return "buyer" if match.buyer_id in roles else "coordinator"


def related(thing):
    """A few live listings of the same kind, sector and province, the newest first."""
    alike = {"kind": thing.kind, "sector": thing.sector_id, "province": thing.province_id}
    others = Listing.objects.public().filter(**alike).exclude(pk=thing.pk)
    others = others.select_related("organisation__province", "region").defer(
        "search_nl", "search_en", "text"
    )
    return others.order_by("-live_at", "-pk")[:RELATED]


class ListingMove(KeepsTyped, MoveView):
    """Every move of a listing."""

    model, moves = Listing, listings.moves

    @property
    def template_name(self):
        return [f"market/listing_{self.move.name}.html", "moves/form.html"]


class ReportListing(ListingMove):
    """Anybody can say that a listing is not right, without an account too."""

    def dispatch(self, request, *args, **kwargs):
        self.move, self.thing = self.moves["report"], self.get_thing()
        if not request.user.is_authenticated:
            self.by = the_factory()
        return View.dispatch(self, request, *args, **kwargs)
