"""From a live need to suggestions, and what is kept of what people decide."""

import pytest
from celery import current_app

from factory.local.process import wait_until
from factory.meaning.reading import read_one
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle import refusing
from market.lifecycle.suggesting import suggest_for, suggest_for_waiting
from market.matching.ranking import suppliers_for
from market.models import Impression, Listing, Match
from tests import make


@pytest.fixture
def offers(cleo):
    """Seven offers in the need's own sector and province."""
    return [make.offer(title=f"Lunch van keuken {name}") for name in "abcdefg"]


def impression(match):
    return Impression.objects.get(need=match.need, organisation=match.organisation)


def test_five_are_suggested_by_the_factory_with_rank_and_reasons(lunch, offers):
    made = suggest_for(lunch.pk)
    assert [match.rank for match in made] == [1, 2, 3, 4, 5]
    assert all(match.reasons and match.offer and match.state == "suggested" for match in made)
    assert not Notice.objects.filter(event__verb="match.suggest").exists()


def test_the_numbers_behind_each_are_kept(lunch, offers):
    for match in suggest_for(lunch.pk):
        kept = impression(match)
        assert kept.rank == match.rank
        assert all(0 <= number <= 1 for number in [kept.score, *kept.features.values()])


def test_looking_again_fills_up_to_five_and_no_further(lunch, offers, cleo):
    first = suggest_for(lunch.pk)
    assert suggest_for(lunch.pk) == []
    matches.dismiss(first[0], by=cleo, reason="price")
    again = suggest_for(lunch.pk)
    assert [match.rank for match in again] == [5]
    assert again[0].organisation not in [match.organisation for match in first]


def test_a_list_longer_than_five_is_not_flooded_when_the_need_changes(lunch, offers, noor, cleo):
    suggest_for(lunch.pk)
    listed = set(lunch.matches.values_list("organisation", flat=True))
    others = [offer.organisation for offer in offers if offer.organisation_id not in listed]
    for organisation in (others[0], make.organisation()):
        matches.suggest(Match(need=lunch, organisation=organisation), by=cleo)
    for n in range(4):
        make.offer(title=f"Lunch van nog een keuken {n}")
    lunch.refresh_from_db()
    listings.revise(lunch, by=noor, title="Lunch for forty people")
    assert len(suggest_for(lunch.pk)) == 0
    assert lunch.matches.filter(state="suggested").count() == 7


def test_the_sweep_finds_what_no_hint_told_of_and_looks_once(lunch, offers):
    assert suggest_for_waiting() == 1
    assert suggest_for_waiting() == 0
    assert lunch.matches.count() == 5


def test_a_need_that_returns_is_looked_for_again(lunch, offers, noor):
    suggest_for_waiting()
    listings.withdraw(lunch, by=noor)
    listings.reopen(lunch, by=noor)
    assert list(Listing.objects.to_search_for()) == [lunch]


@pytest.mark.parametrize("state", ["draft", "paused", "expired", "withdrawn"])
def test_nothing_is_suggested_for_what_is_not_live(offers, state):
    by = make.organisation(kind="municipality", state="applied" if state == "draft" else "active")
    assert suggest_for(make.listing(by=by, state=state).pk) == []


def test_nothing_happens_when_the_need_is_gone(db):
    assert suggest_for(10**9) == []


@pytest.mark.parametrize(
    ("move", "details", "reason"), [("approve", {}, ""), ("dismiss", {"reason": "price"}, "price")]
)
def test_a_coordinators_decision_is_kept(lunch, offers, cleo, move, details, reason):
    match = suggest_for(lunch.pk)[0]
    getattr(matches, move)(match, by=cleo, **details)
    kept = impression(match)
    assert (kept.decision, kept.reason) == (move, reason)
    assert kept.decided_at


def test_a_suppliers_no_is_kept_with_its_reason(lunch, offers, cleo):
    match = suggest_for(lunch.pk)[0]
    matches.approve(match, by=cleo)
    matches.decline(match, by=match.offer.contact, reason="capacity")
    assert (impression(match).decision, impression(match).reason) == ("decline", "capacity")


def test_a_decision_that_is_undone_is_forgotten(lunch, offers, cleo):
    match = suggest_for(lunch.pk)[0]
    matches.dismiss(match, by=cleo, reason="price")
    matches.restore(match, by=cleo)
    assert (impression(match).decision, impression(match).decided_at) == ("", None)


def test_a_worker_suggests_as_soon_as_a_need_is_live(worker, transactional_db):
    make.coordinator("Cleo Coordinator")
    make.offer(title="Lunch met soep")
    need = make.need(title="Lunch voor zestig mensen")
    assert wait_until(lambda: Match.objects.filter(need=need).exists(), seconds=60)


def looked_for(need):
    return Listing.objects.get(pk=need.pk).searched_at is None


def test_a_new_or_changed_offer_lets_needs_with_room_be_looked_for_again(lunch, offers, noor):
    suggest_for(lunch.pk)
    assert not looked_for(lunch)
    more = make.offer(title="Lunch erbij")
    read_one("offer", more.pk)
    assert not looked_for(lunch)  # its shortlist is full
    elsewhere = make.need(by=lunch.organisation, sector=make.sector("print"))
    roomy = make.need(by=lunch.organisation, title="Lunch met pap")
    for one in (elsewhere, roomy):
        suggest_for(one.pk)
    make.matches.stand_down(Match.objects.filter(need=roomy).first(), reason="filled")
    listings.revise(
        more, by=more.organisation.memberships.get().person, **{"title": "Lunch met pap"}
    )
    read_one("offer", more.pk)
    assert (looked_for(lunch), looked_for(roomy), looked_for(elsewhere)) == (False, True, False)


def test_where_somebody_was_asked_already_nobody_else_comes_by_itself(lunch, offers, cleo):
    match = suggest_for(lunch.pk)[0]
    for other in lunch.matches.exclude(pk=match.pk):
        matches.dismiss(other, by=cleo, reason="price")
    matches.approve(match, by=cleo)
    read_one("offer", make.offer(title="Lunch erbij").pk)
    assert not looked_for(lunch)


@pytest.mark.parametrize("ending", ["withdraw", "suspend", "refuse"])
def test_who_left_or_said_no_is_not_suggested_again(lunch, broodnodig, ada, cleo, ending):
    offer = make.offer(by=broodnodig, title="Lunch met soep")
    match = suggest_for(lunch.pk)[0]
    make.matches.stand_down(match, reason="withdrawn")
    assert [one.offer for one in suppliers_for(lunch)] == [offer]
    if ending == "withdraw":
        listings.withdraw(offer, by=ada)
        assert [one.offer for one in suppliers_for(lunch)] in ([], [None])
        return
    if ending == "suspend":
        make.organisations.suspend(broodnodig, by=cleo, note="Not reachable.")
    else:
        refusing.refuse(lunch, broodnodig, by=ada, reason="price")
    assert suppliers_for(lunch) == []


def test_a_worker_brings_a_changed_offer_on_a_shortlist_within_a_minute(worker, transactional_db):
    """Read by a worker, looked for by the sweep: as the clock wakes them, every 20 and 30 seconds."""
    make.coordinator("Cleo Coordinator")
    need = make.need(title="Lunch voor zestig mensen")
    assert wait_until(lambda: not looked_for(need), seconds=60)
    soup = make.offer(title="Soep met brood", text="Lunch voor zestig mensen.")
    for task in ("factory.meaning.tasks.sweep", "market.tasks.sweep"):
        current_app.send_task(task)
        wait_until(lambda: Match.objects.filter(offer=soup).exists(), seconds=5)
    assert wait_until(lambda: Match.objects.filter(need=need, offer=soup).exists(), seconds=60)
