"""What texts say in other words, or with a slip: it counts, it is told, and it is true of the two records."""

import pytest

from factory import clock
from factory.meaning.models import Reading
from factory.meaning.nearness import SAME_SUBJECT
from market.belonging import to_compare
from market.explaining import in_words, true_reasons
from market.foryou import ForYou
from market.lifecycle import listing as listings
from market.lifecycle.suggesting import suggest_for
from market.matching.meaning import nearness_of
from market.matching.ranking import suppliers_for
from market.models import Match
from market.restocking import put_ready
from partners.models import Organisation
from tests import make
from tests.as_read import anywhere, as_read, beside, model_in_use
from tests.market.truth import Pair


@pytest.fixture
def need(lekstede):
    """Read, and asking in words that no offer here has."""
    model_in_use("need", "offer", "organisation")
    made = make.need(by=lekstede, title="Ramen zemen", text="Vier verdiepingen, elk kwartaal.")
    made.said = anywhere()
    as_read("need", made, made.said)
    return made


def offering(need, title="Glazenwasser met ladder", sector="green", near=True, **facts):
    made = make.offer(title=title, sector=make.sector(sector), **facts)
    as_read("offer", made, beside(need.said) if near else anywhere())
    return made


def codes(reasons):
    return {reason["code"] for reason in reasons}


def test_an_offer_in_any_sector_that_means_the_same_is_suggested_and_says_so(need):
    washer = offering(need)
    offering(need, title="Heggen knippen", near=False)
    (made,) = suppliers_for(need)
    assert made.offer == washer
    assert codes(made.reasons) >= {"same_subject", "other_sector"}
    assert all(map(Pair(need, made.organisation, made.offer).holds, made.reasons))


def test_in_its_own_sector_it_is_told_beside_the_sector(need):
    washer = offering(need, sector="catering")
    (made,) = suppliers_for(need)
    told = dict(in_words(made.reasons))
    assert "Gaat over hetzelfde, ook in andere woorden: “Glazenwasser met ladder”" in told
    assert made.offer == washer


def test_of_two_others_it_is_not_true(need):
    near, far = offering(need), offering(need, near=False)
    reason = next(r for r in suppliers_for(need)[0].reasons if r["code"] == "same_subject")
    assert reason["near"] >= SAME_SUBJECT
    assert Pair(need, near.organisation, near).holds(reason)
    assert not Pair(need, far.organisation, far).holds(reason)


def test_a_profile_is_quoted_by_its_first_sentence(need):
    cleaner = make.organisation(mission="Glas is ons vak. Al jaren.", sectors=[need.sector])
    as_read("organisation", cleaner, beside(need.said))
    (made,) = suppliers_for(need)
    reason = next(r for r in made.reasons if r["code"] == "same_subject")
    assert reason["said"] == "Glas is ons vak."
    assert Pair(need, cleaner, None).holds(reason)


def test_words_that_were_changed_since_they_were_read_claim_nothing(need, noor):
    washer = offering(need)
    suggest_for(need.pk)
    match = Match.objects.get(need=need)
    assert "same_subject" in codes(match.reasons)
    need.refresh_from_db()
    listings.revise(need, by=noor, facts={"title": "Stoelen"})
    match.refresh_from_db()
    assert (match.state, match.reason) == ("lapsed", "no_fit")
    assert "same_subject" not in codes(true_reasons(need, washer.organisation, washer, 9.0))


@pytest.mark.parametrize("missing", ["offer", "need"])
def test_what_was_not_read_is_measured_by_nothing(need, missing):
    washer = offering(need)
    pair = (need.pk, washer.organisation_id, washer.pk)
    assert nearness_of([pair])[pair] >= SAME_SUBJECT
    Reading.objects.filter(thing=missing, key={"offer": washer, "need": need}[missing].pk).delete()
    assert nearness_of([pair]) == {}


def test_a_few_texts_do_not_say_what_is_usual(need):
    washer = offering(need)
    Reading.objects.filter(thing="offer").exclude(key=washer.pk).delete()
    assert nearness_of([(need.pk, washer.organisation_id, washer.pk)]) == {}


@pytest.mark.parametrize(
    ("asked", "offered"),
    [("Timmerwerk", "Timerwerk"), ("Kantoor", "Kantoren"), ("Lunch", "Vergaderlunches")],
)
def test_what_is_written_alike_is_told_and_true(lekstede, asked, offered):
    need = make.need(by=lekstede, title=asked, text="x")
    offer = make.offer(title=offered, text="y")
    reasons = [r for r in true_reasons(need, offer.organisation, offer) if "pairs" in r]
    assert [r["pairs"] for r in reasons] == [[[asked.casefold(), offered.casefold()]]]
    assert Pair(need, offer.organisation, offer).holds(reasons[0])
    assert in_words(reasons)[0][0].endswith(f"‘{asked.casefold()}’ en ‘{offered.casefold()}’")


# For you


def shelf_of(offer):
    rows = to_compare(Organisation.objects.filter(pk=offer.organisation_id))
    put_ready(rows.get(), clock.now())
    return rows.get().shelf.fits


def test_for_you_the_worker_compares_by_meaning_and_says_so(need, lekstede):
    other = make.need(by=lekstede, title="Taart", text="Voor een jubileum.")
    as_read("need", other, anywhere())
    washer = offering(need, sector="catering", reach_km=50)
    fits = shelf_of(washer)
    assert [row["listing"] for row in fits] == [need.pk, other.pk]
    assert fits[0]["features"]["text"] > 0.5 > fits[1]["features"]["text"]
    assert "same_subject" in codes(fits[0]["reasons"])


def test_unread_the_words_that_both_hold_decide(need):
    baker = make.offer(title="Ramen zemen en meer", sector=need.sector, reach_km=50)
    assert shelf_of(baker)[0]["features"]["text"] == pytest.approx(2 / 3)


def test_a_visit_compares_no_vectors(need):
    washer = offering(need, sector="catering", reach_km=50)
    you = ForYou(to_compare(Organisation.objects.filter(pk=washer.organisation_id)).get())
    you.keys()
    assert you.fits[need.pk].features["text"] == 0.0


def test_it_asks_the_same_however_many_there_are(need, lekstede, django_assert_num_queries):
    pairs = []
    for _n in range(12):
        offer = offering(need)
        pairs.append((need.pk, offer.organisation_id, offer.pk))
    with django_assert_num_queries(5):  # the readings, and what is usual on both sides
        assert len(nearness_of(pairs)) == 12
