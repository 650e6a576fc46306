"""Who is looked at where many could answer: place and amount decide, by the numbers that the score is made of."""

import pytest

from market.matching import recall
from market.matching.distances import km_between
from market.matching.filtering import offers_for
from market.matching.fit import fit
from market.matching.ranking import suppliers_for
from market.matching.scoring import WEIGHTS, value_fit
from partners.scoring import near
from tests import make

PLACES = ("Utrecht", "Nieuwegein", "Amersfoort", "Groningen", "Maastricht")
AMOUNTS = (None, 50_000, 100_000, 120_000, 900_000)


@pytest.fixture
def need(lekstede):
    return make.need(by=lekstede, title="Lunch voor zestig", value_cents=100_000)


def offering(place="Utrecht", title="Lunch", **facts):
    return make.offer(by=make.organisation(place=place), title=title, nationwide=True, **facts)


@pytest.fixture
def few(monkeypatch):
    """As if three were enough."""
    monkeypatch.setattr(recall, "ENOUGH", 3)
    monkeypatch.setattr(recall, "BEST", 1)


@pytest.mark.parametrize("asked", [None, 100_000])
def test_the_database_weighs_place_and_amount_as_the_score_does(lekstede, asked):
    need = make.need(by=lekstede, value_cents=asked)
    for place, amount in zip(PLACES, AMOUNTS, strict=True):
        offering(place, value_cents=amount)
    offers = offers_for(need).select_related("region").annotate(fit=fit(need, WEIGHTS))
    assert len(offers) == len(PLACES)
    for offer in offers:
        place = WEIGHTS["near"] * near(km_between(need.region, offer.region))
        amount = WEIGHTS["value"] * value_fit(asked, offer.value_cents)
        assert offer.fit == pytest.approx(place + amount)


def test_where_few_answer_the_farthest_is_looked_at_too(need):
    far = offering("Maastricht", value_cents=900_000)
    here = [offering(value_cents=100_000) for _ in range(2)]
    assert list(recall.answering(need, WEIGHTS)) == [one.pk for one in [*here[::-1], far]]


def test_beside_enough_that_fit_who_fits_far_less_is_left_out(need, few):
    far = offering("Maastricht", value_cents=900_000)
    here = [offering(value_cents=100_000) for _ in range(4)]
    next_door = offering("Nieuwegein", value_cents=100_000)
    kept = recall.answering(need, WEIGHTS)
    assert set(kept) == {one.pk for one in [*here, next_door]}
    assert far.pk not in kept


def test_who_fits_as_well_as_the_best_is_never_left_out(need, few):
    everybody = [offering(value_cents=100_000) for _ in range(7)]
    assert set(recall.answering(need, WEIGHTS)) == {one.pk for one in everybody}


def test_who_has_an_offer_that_answers_is_not_suggested_for_a_profile(need):
    offer = offering(title="Koffie")
    offer.organisation.sectors.add(need.sector)
    [made] = suppliers_for(need)
    assert made.offer == offer


def test_beside_enough_offers_no_mere_profile_is_looked_at(need, few):
    baker = make.organisation(sectors=[need.sector], mission="Wij bakken brood voor elke lunch.")
    offers = [offering(title="Lunch voor zestig") for _ in range(2)]
    assert baker in [made.organisation for made in suppliers_for(need)]
    offers.append(offering(title="Lunch voor zestig"))
    assert {made.offer for made in suppliers_for(need)} == set(offers)


def test_an_offer_that_others_put_in_another_sector_is_found_by_what_it_says(need):
    party = offering(title="Feesten", text="Wij koken een lunch voor uw wijkbewoners.")
    party.sector = make.sector("ict")
    party.save()
    [made] = suppliers_for(need)
    assert made.offer == party
    assert {"other_sector", "shared_words"} <= {reason["code"] for reason in made.reasons}
