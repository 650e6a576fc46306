"""Who is suggested for a need, and who is not."""

import pytest

from market.explaining import true_reasons
from market.matching.ranking import suppliers_for
from tests import make


@pytest.fixture
def need(lekstede):
    return make.need(
        by=lekstede,
        title="Lunch voor zestig wijkbewoners",
        text="Vegetarisch, met soep en brood.",
        value_cents=100_000,
    )


def offering(title, place="Utrecht", sector="catering", **facts):
    by = make.organisation(place=place)
    return make.offer(by=by, title=title, sector=make.sector(sector), **facts)


def suggested(need):
    return [made.offer or made.organisation for made in suppliers_for(need)]


def test_the_offer_that_speaks_of_the_same_comes_first(need):
    cups = offering("Koffie voor kantoren")
    soup = offering("Vegetarisch buffet met soep, brood en lunch")
    assert suggested(need) == [soup, cups]


def test_part_of_a_word_is_enough_to_be_found(need):
    lunches = offering("Vergaderlunches aan huis")
    offering("Taart")
    assert suggested(need)[0] == lunches


@pytest.mark.parametrize("title", ["Soep", "€ 5", "🥣"])
def test_a_title_without_a_long_word_finds_what_answers_it(lekstede, title):
    soup = offering("Vegetarische soep")
    assert suggested(make.need(by=lekstede, title=title, text="Soep met brood.")) == [soup]


def test_never_more_than_five(need):
    for number in range(7):
        offering(f"Lunch nummer {number}")
    assert len(suppliers_for(need)) == 5


def test_an_organisation_is_suggested_once_with_its_best_offer(need):
    best = offering("Lunch met soep en brood")
    make.offer(by=best.organisation, title="Koffie")
    assert suggested(need) == [best]


def test_an_organisation_without_an_offer_is_suggested_for_its_profile(need):
    baker = make.organisation(sectors=[make.sector()], mission="Wij bakken brood voor elke lunch.")
    assert suggested(need) == [baker]
    codes = [reason["code"] for reason in suppliers_for(need)[0].reasons]
    assert codes == ["profile_sector", "same_province", "shared_words", "no_offer"]


def test_who_does_not_say_so_is_not_said_to_work_in_the_sector(need):
    named = make.organisation(mission="Wij bouwen webwinkels.")
    assert [reason["code"] for reason in true_reasons(need, named)] == ["same_province", "no_offer"]


def test_somebody_next_door_in_another_line_of_work_is_not_suggested(need):
    offering("Webwinkels", sector="ict", place="Nieuwegein")
    assert suggested(need) == []


@pytest.mark.parametrize(
    "state", ["draft", "paused", "expired", "filled", "withdrawn", "taken_down"]
)
def test_what_is_not_on_the_market_is_not_suggested(need, state):
    if state == "draft":
        make.offer(by=make.organisation(state="applied"), title="Lunch")
    else:
        offering("Lunch", state=state)
    assert suggested(need) == []


def test_a_suspended_organisation_is_not_suggested(need, cleo):
    lunch = offering("Lunch")
    make.organisations.suspend(lunch.organisation, by=cleo, note="Not reachable.")
    assert suggested(need) == []


def test_nobody_is_suggested_for_their_own_need(need, lekstede):
    make.offer(by=lekstede, title="Lunch")
    assert suggested(need) == []


def test_an_offer_that_does_not_reach_the_place_is_not_suggested(need):
    offering("Lunch in het noorden", place="Groningen")
    offering("Lunch, niet te ver", place="Utrecht", reach_km=3)
    assert suggested(need) == []


def test_an_offer_that_reaches_the_place_is_suggested(need):
    far = offering("Lunch overal", place="Groningen", nationwide=True)
    near = offering("Lunch in de buurt", place="Amersfoort", reach_km=40)
    assert suggested(need) == [near, far]


def test_another_size_of_work_is_not_suggested(need):
    offering("Lunch voor stadions", value_cents=100_000_000)
    assert suggested(need) == []


@pytest.mark.parametrize("state", ["suggested", "dismissed", "approved", "declined", "completed"])
def test_who_was_tried_before_is_not_suggested_again(need, state):
    lunch = offering("Lunch")
    make.match(state=state, need=need, offer=lunch)
    assert suggested(need) == []


def test_who_lost_when_the_need_went_away_is_suggested_when_it_returns(need, noor):
    lunch = offering("Lunch")
    make.match(need=need, offer=lunch)
    make.listings.withdraw(need, by=noor)
    make.listings.reopen(need, by=noor)
    assert suggested(need) == [lunch]


def test_every_reason_is_true_of_the_two_records(need):
    offering("Lunch met soep", value_cents=250_000, place="Amersfoort", reach_km=50)
    offering("Lunch for meetings with the team", nationwide=True, place="Groningen")
    make.organisation(sectors=[make.sector()])
    for made in suppliers_for(need):
        assert made.reasons == true_reasons(need, made.organisation, made.offer)


def test_the_same_number_of_queries_for_one_offer_and_for_thirty(
    need, django_assert_max_num_queries
):
    for number in range(30):
        offering(f"Lunch {number}")
    with django_assert_max_num_queries(23):
        suppliers_for(need)
