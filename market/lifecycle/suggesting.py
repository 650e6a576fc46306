"""The machine's share: suppliers are suggested as soon as a need is live, and what people decide is kept."""

import structlog
from celery import current_app
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from factory import clock
from factory.meaning.reading import read_one
from factory.moves import the_factory
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle.taking_off import by_name, take_off_what_waits, waiting
from market.matching.ranking import (
    ON_A_SHORTLIST,
    chosen_anew,
    parts,
    shared_out,
    suppliers_for,
)
from market.matching.scoring import score
from market.matching.weights import in_force
from market.models import Impression, Listing, Match
from partners.lifecycle import credential as credentials

log = structlog.get_logger()
ADDED = 0  # the rank of who was added by name


@transaction.atomic
def suggest_for(pk, favoured=()):
    """Fill the shortlist of the need with this id up to five; returns the matches that were made.

    Its text should have been read (:func:`factory.meaning.reading.read_one`), or only its letters ask;
    ``favoured`` are the organisations that a round chose for it.

    Nothing happens when the need is gone, not live, or in another worker's hands.
    """
    needs = Listing.objects.live().needs()
    needs = needs.select_related("region", "province", "sector", "repeats")
    need = (
        needs.select_for_update(no_key=True, of=("self",), skip_locked=True).filter(pk=pk).first()
    )
    if need is None:
        return []
    if need.searched_version not in (None, need.version):
        favoured = _make_room(need) or favoured
    there = waiting(need=need).count()
    room = max(0, ON_A_SHORTLIST - there)  # a coordinator may have added more than that by name
    found = suppliers_for(need, room, favoured)
    made = [_suggested(need, one, there + n) for n, one in enumerate(found, start=1)]
    looked = {"searched_at": clock.now(), "searched_version": need.version}
    Listing.objects.filter(pk=pk).update(**looked)
    return made


def _make_room(need):
    """Its words changed since its list was made: who no longer answers them goes; returns who comes instead."""
    listed = {match.organisation_id: match for match in waiting(need=need)}
    if not listed:
        return []
    stay = {key for key, match in listed.items() if by_name(match)}
    gone, better = chosen_anew(need, {key: one.offer_id for key, one in listed.items()}, stay)
    leaving = sorted((listed[key] for key in gone), key=lambda match: match.pk)
    take_off_what_waits(leaving, None, Match.Reason.NO_FIT)
    return better


def read_and_suggest(pk):
    """Read what the need with this id says, unless that was done, and fill its shortlist."""
    read_one("need", pk)
    return suggest_for(pk)


def suggest_for_waiting(most=50):
    """A round over the needs that still wait for suppliers; returns how many were looked at.

    Those that came last and those that wait longest, in turn; the next sweep goes on with the rest.
    """
    waiting = _next_in_turn(Listing.objects.to_search_for(), most)
    for pk in waiting:
        read_one("need", pk)
    rows = Listing.objects.filter(pk__in=waiting).select_related("region", "repeats")
    favoured = shared_out(rows.order_by("pk")) if len(waiting) > 1 else {}
    for pk in waiting:
        suggest_for(pk, favoured.get(pk, ()))
    if waiting:
        log.info("suggest.swept", looked=len(waiting), left=Listing.objects.to_search_for().count())
    return len(waiting)


def _next_in_turn(needs, most):
    longest = list(needs.values_list("pk", flat=True)[:most])
    if len(longest) < most:
        return longest
    latest = list(needs.order_by("-live_at").values_list("pk", flat=True)[: most // 2])
    return list(dict.fromkeys([*latest, *longest]))[:most]


def let_needs_look_again(thing, keys):
    """Offers that are new, changed or back may answer needs; the sweeps look for those once more."""
    if thing != "offer" or not keys:
        return
    sectors = Listing.objects.live().filter(pk__in=keys).values("sector")
    look_again(Listing.objects.filter(sector__in=sectors))


@credentials.vouch.then
def needs_that_ask_for_it_look_again(credential, event):
    """Who has what they ask for now was not looked at before."""
    offers = Listing.objects.live().offers().filter(organisation=credential.organisation_id)
    theirs = Q(sector__in=offers.values("sector"))
    theirs |= Q(sector__in=credential.organisation.sectors.values("pk"))
    look_again(Listing.objects.filter(theirs, asked_proofs__contains=[credential.proof]))


def look_again(needs, room=True):
    """Let the sweeps look for suppliers once more, for those of these needs for which nobody was asked yet.

    ``room``: only where the shortlist is not full. What somebody else holds at this moment is left alone.
    """
    asked = Match.objects.open().filter(need=OuterRef("pk")).exclude(state=Match.State.SUGGESTED)
    needs = needs.live().needs().filter(~Exists(asked), searched_at__isnull=False)
    if room:
        waiting = Count("matches", filter=Q(matches__state=Match.State.SUGGESTED))
        needs = needs.annotate(waiting=waiting).filter(waiting__lt=ON_A_SHORTLIST)
    with transaction.atomic():
        rows = Listing.objects.filter(pk__in=list(needs.values_list("pk", flat=True)))
        locked = rows.select_for_update(no_key=True, of=("self",), skip_locked=True).order_by("pk")
        rows.filter(pk__in=[row.pk for row in locked]).update(searched_at=None)


def _suggested(need, one, rank):
    match = Match(
        need=need, organisation=one.organisation, offer=one.offer, reasons=one.reasons, rank=rank
    )
    matches.suggest(match, by=the_factory())
    remember(match, rank, one.features)
    return match


def remember(match, rank, features=None):
    """Keep what was suggested with its parts as numbers, for a ranking that learns from decisions."""
    features = features or parts(match.need, match.organisation, match.offer)
    Impression.objects.create(
        need=match.need,
        organisation=match.organisation,
        offer=match.offer,
        rank=rank,
        score=score(features, in_force()),
        features=features,
    )


def _decided(decision):
    def follow(match, event, **details):
        if not decision and match.state != Match.State.SUGGESTED:
            return
        of_pair = Impression.objects.of_shortlists().filter(
            need=match.need_id, organisation=match.organisation_id
        )
        last = of_pair.order_by("-pk").values("pk")[:1]
        Impression.objects.filter(pk__in=last).update(
            decision=decision, reason=match.reason, decided_at=event.at if decision else None
        )

    return follow


for move in (matches.approve, matches.dismiss, matches.accept, matches.decline, matches.lapse):
    move.then(_decided(move.name))
for move in (matches.restore, matches.take_back):
    move.then(_decided(""))


def _hint_after_commit(listing, event, **details):
    if listing.is_need and not clock.replaying():
        transaction.on_commit(lambda: _hint(listing.pk), robust=True)


def _hint(pk):
    # Never raises and hardly waits: the sweep finds whatever a lost hint was about.
    try:
        current_app.send_task("market.tasks.suggest", [pk], retry=False, expires=60)
    except Exception as error:
        log.warning("suggest.hint_lost", error=type(error).__name__)


BACK = (listings.go_live, listings.publish, listings.reopen, listings.put_back, listings.resume)
for move in (*BACK, listings.wake):
    move.then(_hint_after_commit)
