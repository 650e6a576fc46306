"""A coordinator asks for a round over all open needs: the worker fills the shortlists, the desk says how fair it is."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from factory import clock
from market.lifecycle import rounds, suggesting
from market.models import Listing, Match, SuggestionRound
from partners.fairness import gini
from partners.models import Region
from tests import make
from tests.market.test_views_queries import queries
from tests.staff import at_the_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


@pytest.fixture
def kitchens(cleo):
    return [make.offer(title=f"Lunch van keuken {name}") for name in "abcdefghij"]


@pytest.fixture
def two(lekstede):
    return [make.need(by=lekstede, title=f"Lunch voor zestig mensen {n}") for n in (1, 2)]


def page():
    return reverse("admin:market_listing_round")


def whole(by):
    made = rounds.start(by)
    while rounds.go_on():
        pass
    made.refresh_from_db()
    return made


def test_a_press_starts_it_and_a_second_press_starts_no_other(desk, two, kitchens):
    for _time in range(2):
        assert desk.post(page()).status_code == 302
    assert SuggestionRound.objects.count() == 1
    assertContains(desk.get(page()), "0 van 2 vragen")


def test_it_fills_the_shortlists_side_by_side_and_says_how_fair_that_is(cleo, two, kitchens):
    made = whole(cleo)
    on = Match.objects.filter(state="suggested")
    assert set(on.values_list("offer", flat=True)) == {offer.pk for offer in kitchens}
    told = made.figures
    assert (told["needs"], told["suggestions"], told["newcomers"]) == (2, 10, 10)
    assert told["counts"] == [1] * 10
    assert (told["gini"], told["provinces"]) == (0.0, [["Utrecht", 10, 10]])
    assert 0.9 <= told["kept"] <= 1


def test_what_was_not_fair_before_shows_in_its_figures(cleo, two, kitchens):
    for need in two:
        for offer in kitchens[:2]:
            suggesting.remember(make.match("suggested", need=need, offer=offer), 1)
    made = whole(cleo)
    times = made.figures["counts"]
    assert times == [0, 0, *[1] * 6, 2, 2]
    assert made.figures["gini"] == pytest.approx(gini(times))
    assert made.figures["newcomers"] == len(times) - times.count(0) - 2


def test_who_could_answer_and_stands_nowhere_is_counted(cleo, lekstede, kitchens):
    make.need(by=lekstede, title="Lunch voor zestig mensen")
    told = whole(cleo).figures
    assert (told["counts"].count(0), told["counts"].count(1)) == (5, 5)


def test_needs_to_which_a_supplier_said_yes_are_left_alone(cleo, two, kitchens):
    make.match("introduced", need=two[0])
    made = whole(cleo)
    assert list(made.needs.values_list("need", flat=True)) == [two[1].pk]


def test_what_a_worker_let_go_of_is_taken_up_where_it_was(cleo, two, kitchens, monkeypatch):
    monkeypatch.setattr(rounds, "A_FEW", 1)
    made = rounds.start(cleo)
    rounds.go_on(seconds=0)
    assert made.needs.exclude(looked_at=None).count() == 1
    SuggestionRound.objects.update(taken_at=clock.now())
    assert rounds.go_on() == 0  # in another worker's hands
    SuggestionRound.objects.update(taken_at=clock.now() - timedelta(minutes=3))
    assert rounds.go_on() == 1
    made.refresh_from_db()
    assert made.is_done
    assert rounds.go_on() == 0


def test_a_need_that_left_in_the_meantime_stops_nothing(cleo, two, kitchens, noor):
    rounds.start(cleo)
    make.listings.withdraw(two[0], by=noor)
    assert rounds.go_on() == 2
    assert SuggestionRound.objects.get().figures["suggestions"] == 5


def test_an_empty_market_gives_an_empty_round(desk, cleo):
    assert whole(cleo).figures["kept"] is None
    assertContains(desk.get(page()), "Hier wacht geen open vraag op een antwoord.")


def test_the_page_says_why_and_leads_to_each_shortlist(desk, cleo, two, kitchens):
    whole(cleo)
    text = desk.get(page()).content.decode()
    for need in two:
        assert need.title in text
        assert reverse("admin:market_listing_shortlist", args=[need.pk]) in text
    assert len(re.findall("Dezelfde sector", text)) == 10
    assert "Ongelijkheid (Gini)" in text
    assert "<svg" in text


def test_only_of_ones_own_provinces_unless_one_asks_for_all(desk, cleo, kitchens, lekstede):
    Region.objects.get(code="PV26").coordinators.add(cleo)
    far = make.need(by=make.organisation(place="Groningen"), title="Lunch in het noorden")
    near = make.need(by=lekstede, title="Lunch hier")
    whole(cleo)
    assertContains(desk.get(page()), near.title)
    assertNotContains(desk.get(page()), far.title)
    assertContains(desk.get(page() + "?all"), far.title)


def test_others_do_not_come_here(client, noor, cleo):
    client.force_login(noor)
    assert client.get(page()).status_code in (302, 403)
    assert client.post(page()).status_code in (302, 403)
    assert not SuggestionRound.objects.exists()


def test_ten_queries_for_one_need_three_and_fifty(desk, cleo, lekstede, kitchens):
    costs = []
    for size in (1, 3, 50):
        while lekstede.listings.count() < size:
            make.need(by=lekstede, title=f"Lunch {lekstede.listings.count()}")
        whole(cleo)
        costs.append(queries(desk, page()))
    assert max(costs) <= 10


def test_no_need_with_room_is_passed_over_when_an_offer_comes(lekstede, cleo):
    for n in range(30):
        make.need(by=lekstede, title=f"Lunch {n}")
    while suggesting.suggest_for_waiting():
        pass
    offer = make.offer(title="Lunch met soep")
    suggesting.let_needs_look_again("offer", [offer.pk])
    assert Listing.objects.to_search_for().count() == 30
    looked = [suggesting.suggest_for_waiting(most=20) for _sweep in range(3)]
    assert looked == [20, 10, 0]


def test_of_many_that_wait_the_latest_and_the_longest_waiting_go_first(lekstede, cleo):
    needs = [make.need(by=lekstede, title=f"Lunch {n}") for n in range(8)]
    suggesting.suggest_for_waiting(most=4)
    left = set(Listing.objects.to_search_for().values_list("pk", flat=True))
    assert left == {need.pk for need in needs[2:6]}
