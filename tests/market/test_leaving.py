"""A shortlist stays true: who left goes from it, what changed is said anew, and the place is for somebody else."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils.translation import override

from factory import clock
from factory.journal.models import Event
from factory.local.process import wait_until
from factory.meaning.reading import read_one
from factory.moves import Missing
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle.suggesting import suggest_for
from market.models import Listing, Match
from tests import make

GOES = {
    "withdraw": lambda: {},
    "pause": lambda: {"until": clock.today() + timedelta(days=7)},
    "take_down": lambda: {"because": "An advertisement."},
    "expire": lambda: {},
}


@pytest.fixture
def soup(broodnodig):
    return make.offer(by=broodnodig, title="Lunch with soup", value_cents=960_000)


@pytest.fixture
def listed(lunch, soup):
    [match] = suggest_for(lunch.pk)
    assert match.offer == soup
    return match


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def looks_again(need):
    return fresh(need).searched_at is None


def leave(offer, how, ada, cleo):
    if how == "expire":
        Listing.objects.filter(pk=offer.pk).update(expires_at=clock.now())
    facts = GOES[how]() | ({} if how == "expire" else {"by": cleo if how == "take_down" else ada})
    getattr(listings, how)(offer, **facts)


@pytest.mark.parametrize("how", GOES)
def test_an_offer_that_leaves_goes_from_the_shortlist(listed, lunch, soup, ada, cleo, how):
    leave(soup, how, ada, cleo)
    gone = fresh(listed)
    assert (gone.state, gone.reason) == ("lapsed", "gone")
    assert looks_again(lunch)
    assert not Notice.objects.filter(
        event__verb__in=["match.take_off", "match.stand_down"]
    ).exists()  # nobody was asked


def test_a_need_that_is_taken_down_ends_what_was_asked(lunch, broodnodig, ada, cleo):
    asked = make.match("approved", need=lunch, supplier=broodnodig)
    listings.take_down(lunch, by=cleo, because="An advertisement.")
    gone = fresh(asked)
    assert (gone.state, gone.reason) == ("lapsed", "taken_down")
    told = Notice.objects.filter(recipient=ada, event__verb="match.stand_down")
    assert told.exists()
    assert not matches.accept.open_to(ada, gone)


def test_what_was_delivered_before_it_was_taken_down_still_counts(lunch, broodnodig, noor, cleo):
    met = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.confirm(met, by=noor, cents=80_000)
    listings.take_down(lunch, by=cleo, because="An advertisement.")
    assert fresh(met).state == "introduced"


def test_who_is_suspended_goes_from_every_shortlist_and_may_come_back(listed, lunch, soup, cleo):
    make.organisations.suspend(soup.organisation, by=cleo, note="Not reachable.")
    assert fresh(listed).state == "lapsed"
    assert suggest_for(lunch.pk) == []
    make.organisations.reinstate(fresh(soup.organisation), by=cleo)
    read_one("offer", soup.pk)
    assert looks_again(lunch)
    assert [one.offer for one in suggest_for(lunch.pk)] == [soup]


@pytest.mark.parametrize("how", ["withdraw", "pause"])
def test_an_offer_that_is_back_is_looked_for_again(listed, lunch, soup, ada, cleo, how):
    leave(soup, how, ada, cleo)
    suggest_for(lunch.pk)
    assert not looks_again(lunch)
    (listings.reopen if how == "withdraw" else listings.resume)(fresh(soup), by=ada)
    read_one("offer", soup.pk)
    assert looks_again(lunch)


def test_who_was_asked_already_still_is(listed, soup, ada, cleo):
    matches.approve(listed, by=cleo)
    listings.withdraw(soup, by=ada)
    assert fresh(listed).state == "approved"


def test_an_offer_that_is_gone_is_not_put_to_the_two_sides(lunch, broodnodig, cleo):
    gone = make.offer(by=broodnodig, state="withdrawn")
    match = make.match(need=lunch, supplier=broodnodig, offer=gone)
    with override("en"), pytest.raises(Missing, match="offer is not on the market"):
        matches.approve(match, by=cleo)


def codes(match):
    return {reason["code"] for reason in fresh(match).reasons}


def test_another_amount_of_the_offer_is_another_reason(listed, lunch, soup, ada):
    assert "value_fits" in codes(listed)
    listings.revise(soup, by=ada, title=soup.title, value_cents=2_900_000)
    assert codes(listed) & {"value_fits", "larger"} == {"larger"}


def test_another_sector_of_the_need_is_another_reason_and_a_new_look(listed, lunch, noor):
    listings.revise(lunch, by=noor, title=lunch.title, sector=make.sector("print"))
    assert codes(listed) & {"same_sector", "other_sector"} == {"other_sector"}
    assert looks_again(lunch)


CHANGED = {
    "does not reach it": {"place": "Groningen", "reach_km": 10},
    "far more money": {"value_cents": 96_000_000},
    "another kind of work": {"sector": "ict", "title": "Websites", "text": "We build them."},
}


@pytest.mark.parametrize("how", CHANGED)
def test_an_offer_that_no_longer_fits_goes_from_the_shortlist(listed, lunch, soup, ada, how):
    facts = {"title": soup.title} | CHANGED[how]
    if "place" in facts:
        facts["region"] = make.region(facts.pop("place"))
    if "sector" in facts:
        facts["sector"] = make.sector(facts["sector"])
    listings.revise(soup, by=ada, **facts)
    gone = fresh(listed)
    assert (gone.state, gone.reason) == ("lapsed", "no_fit")
    assert Event.objects.about(gone).last().verb == "match.take_off"
    assert not Notice.objects.filter(event__verb="match.take_off").exists()  # nobody was asked
    assert looks_again(lunch)
    assert suggest_for(lunch.pk) == []


def test_as_it_was_it_is_suggested_again(listed, lunch, soup, ada):
    listings.revise(soup, by=ada, title=soup.title, value_cents=96_000_000)
    assert suggest_for(lunch.pk) == []
    listings.revise(fresh(soup), by=ada, title=soup.title, value_cents=960_000)
    assert [one.offer for one in suggest_for(lunch.pk)] == [soup]


def test_a_need_that_asks_for_more_keeps_only_who_holds_it(listed, lunch, noor):
    listings.revise(lunch, by=noor, title=lunch.title, asked_proofs=["pso"])
    assert fresh(listed).state == "lapsed"


def test_whom_a_coordinator_put_there_by_name_stays(lunch, noor):
    added = make.match(need=lunch, offer=make.offer(title="Websites", sector=make.sector("ict")))
    listings.revise(lunch, by=noor, title="Lunch for seventy people")
    suggest_for(lunch.pk)
    assert fresh(added).state == "suggested"


def test_who_was_asked_stays_asked_whatever_changes(listed, soup, ada, cleo):
    matches.approve(listed, by=cleo)
    listings.revise(soup, by=ada, title="Websites", sector=make.sector("ict"), text="")
    assert fresh(listed).state == "approved"


@pytest.fixture
def full(lunch):
    """A need with five on its shortlist, all of them from here, and one elsewhere that is not on it."""
    far = make.offer(by=make.organisation(place="Groningen"), title="Lunch", nationwide=True)
    for name in "abcde":
        make.offer(title=f"Lunch {name}", nationwide=True)
    assert far not in [match.offer for match in suggest_for(lunch.pk)]
    return lunch, far


def on_the_list(need):
    rows = Match.objects.filter(need=need, state="suggested").select_related("offer")
    return {match.offer for match in rows}


def test_a_full_shortlist_is_made_anew_where_its_need_is_elsewhere(full, noor):
    need, far = full
    listings.revise(need, by=noor, title=need.title, region=make.region("Groningen"))
    assert looks_again(need)
    suggest_for(need.pk)
    assert far in on_the_list(need)
    assert len(on_the_list(need)) == 5


def test_a_full_shortlist_is_made_anew_where_its_need_is_of_another_sector(full, noor):
    need, _far = full
    sites = {make.offer(title="Lunch on your website", sector=make.sector("ict")) for _n in "abc"}
    listings.revise(need, by=noor, title="Website about lunch", sector=make.sector("ict"))
    suggest_for(need.pk)
    assert sites <= on_the_list(need)


def test_a_full_shortlist_stays_where_hardly_a_word_changes(full, noor):
    need, _far = full
    before = on_the_list(need)
    listings.revise(need, by=noor, title=f"{need.title}!")
    assert looks_again(need)
    assert suggest_for(need.pk) == []
    assert on_the_list(need) == before


def test_another_price_alone_lets_needs_look_again(lunch, soup, ada):
    listings.revise(soup, by=ada, title=soup.title, value_cents=96_000_00 * 100)
    read_one("offer", soup.pk)
    assert suggest_for(lunch.pk) == []
    listings.revise(fresh(soup), by=ada, title=soup.title, value_cents=960_000)
    read_one("offer", soup.pk)
    assert looks_again(lunch)


def test_a_withdrawn_offer_is_gone_within_a_minute_and_another_stands_there(
    worker, transactional_db
):
    make.coordinator("Cleo Coordinator")
    soup, bread = make.offer(title="Lunch met soep"), None
    need = make.need(title="Lunch voor zestig mensen")
    assert wait_until(lambda: Match.objects.filter(need=need, offer=soup).exists(), seconds=60)
    bread = make.offer(title="Lunch met brood")
    listings.withdraw(soup, by=soup.organisation.memberships.get().person)

    def another():
        current_app.send_task("factory.meaning.tasks.sweep")
        current_app.send_task("market.tasks.sweep")
        listed = Match.objects.filter(need=need, state="suggested").values_list("offer", flat=True)
        return list(listed) == [bread.pk]

    assert wait_until(another, seconds=60, pause=3)
