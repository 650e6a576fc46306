"""Who is suggested for a need that asks for recognitions, why, and for whom such a need is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from factory import clock
from market.explaining import in_words, true_reasons
from market.lifecycle import listing as listings
from market.lifecycle.suggesting import suggest_for
from market.models import Listing, Match, Shelf
from market.restocking import refresh
from market.shelving import for_you
from partners.lifecycle import credential as credentials
from partners.models import Credential
from tests import make
from tests.market.test_again import posted as posted_again
from tests.market.test_board import titles
from tests.market.test_views_queries import queries
from tests.staff import at_the_desk


def bakery(proof="pso30", state="valid", **facts):
    """An enterprise with an offer of lunches and one recognition."""
    baker = make.organisation()
    make.offer(by=baker, title="Lunch", nationwide=True)
    if proof:
        level = {"pso": "2", "pso30": "full", "bcorp": ""}[proof]
        make.credential(state, by=baker, **{"proof": proof, "level": level} | facts)
    return baker


def asking(*proofs, **facts):
    return make.need(
        by=make.organisation(kind="municipality"),
        title="Lunch for sixty",
        asked_proofs=list(proofs),
        **facts,
    )


def suggested(need):
    return {match.organisation for match in suggest_for(need.pk)}


# Who is suggested


@pytest.mark.parametrize("by", ["offer", "profile"])
@pytest.mark.parametrize(
    ("proof", "state", "is_suggested"),
    [
        ("pso30", "valid", True),
        ("pso30", "claimed", False),
        ("pso30", "renewing", False),
        ("pso30", "expired", False),
        ("pso30", "refused", False),
        ("pso", "valid", False),
        (None, "", False),
    ],
)
def test_only_who_holds_it_today_is_suggested(cleo, by, proof, state, is_suggested):
    baker = bakery(proof, state)
    if by == "profile":
        baker.listings.get().organisation.sectors.add(make.sector())
        listings.withdraw(baker.listings.get(), by=baker.owner)
    assert suggested(asking()) == {baker}
    assert suggested(asking("pso30")) == ({baker} if is_suggested else set())


def test_its_last_day_still_counts_and_the_next_one_does_not(cleo):
    baker = bakery(valid_until=clock.today())
    assert suggested(asking("pso30")) == {baker}
    Credential.objects.update(valid_until=clock.today() - timedelta(days=1))
    assert suggested(asking("pso30")) == set()


@pytest.mark.parametrize(
    ("proof", "level", "asked", "is_suggested"),
    [
        ("pso30", "aspirant", "pso30", False),
        ("pso30", "aspirant", "pso", False),
        ("pso", "aspirant", "pso", False),
        ("pso", "basis", "pso", True),
        ("pso", "3", "pso30", False),
        ("pso30", "full", "pso", True),
        ("code", "aspirant", "code", False),
        ("code", "full", "code", True),
    ],
)
def test_only_the_thing_itself_or_better_meets_it(cleo, proof, level, asked, is_suggested):
    baker = bakery(None)
    make.credential(by=baker, proof=proof, level=level)
    need = asking(asked)
    assert suggested(need) == ({baker} if is_suggested else set())
    code = "credential_held" if is_suggested else "credential_missing"
    assert [r["code"] for r in true_reasons(need, baker, None) if "credential" in r["code"]] == [
        code
    ]


def test_what_is_met_by_a_better_one_says_by_which(cleo):
    need, baker = asking("pso"), bakery("pso30")
    assert ("PSO (PSO 30+) is asked for and held", False) in told(need, baker)


def test_who_has_one_of_two_is_not_suggested(cleo):
    bakery("pso30")
    both = bakery("pso30")
    make.credential(by=both, proof="bcorp", level="")
    assert suggested(asking("pso30", "bcorp")) == {both}


def test_a_need_that_asks_for_none_asks_the_database_nothing_of_it(
    cleo, django_assert_max_num_queries
):
    bakery()
    with django_assert_max_num_queries(1000) as captured:
        assert suggested(asking())
    assert not [one for one in captured if "partners_credential" in one["sql"]]


def test_twenty_who_hold_it_are_asked_about_no_more_often_than_two(
    cleo, django_assert_max_num_queries
):
    counts = []
    for many in (2, 20):
        while Credential.objects.count() < many:
            bakery()
        need = asking("pso30")
        with django_assert_max_num_queries(1000) as captured:
            assert suggested(need)
        counts.append(len([one for one in captured if "ORDER BY valid_until" in _flat(one)]))
    assert counts == [1, 1]


def _flat(query):
    return query["sql"].replace('"', "").replace("partners_credential.", "")


def test_who_gets_it_makes_the_needs_that_ask_for_it_look_again(cleo):
    baker = bakery("pso30", "claimed")
    need, other = asking("pso30"), asking("bcorp")
    mowing = asking("pso30", sector=make.sector("green"))
    assert [suggested(one) for one in (need, other, mowing)] == [set()] * 3
    credentials.vouch(baker.credentials.get(), by=cleo)
    again = Listing.objects.to_search_for().needs()
    assert list(again) == [need]
    assert suggested(need) == {baker}


def test_who_delivered_it_before_and_has_it_no_more_is_not_suggested(client, noor, ada, lunch):
    Listing.objects.filter(pk=lunch.pk).update(asked_proofs=["pso"])
    before = bakery("pso", "expired")
    need = posted_again(client, noor, make.match("completed", need=lunch, supplier=before))
    assert suggested(need) == set()
    make.credential(by=before)
    Listing.objects.filter(pk=need.pk).update(searched_at=None)
    assert suggested(need) == {before}


# Why


def told(need, supplier, language="en"):
    with override(language):
        return in_words(true_reasons(need, supplier, supplier.listings.first()))


def test_what_is_asked_and_held_is_a_reason_in_both_languages(cleo):
    need, baker = asking("pso30"), bakery("pso30")
    assert ("PSO 30+ is asked for and held", False) in told(need, baker)
    assert ("PSO 30+ is gevraagd en aanwezig", False) in told(need, baker, "nl")
    assert not any("PSO" in words for words, _but in told(asking(), baker))


def test_what_is_asked_and_not_held_speaks_against(cleo):
    need, baker = asking("pso30", "bcorp", "anbi"), bakery("pso30")
    assert ("PSO 30+ is asked for and held", False) in told(need, baker)
    assert ("B Corp and ANBI are asked for and not held", True) in told(need, baker)
    assert ("B Corp en ANBI zijn gevraagd en ontbreken", True) in told(need, baker, "nl")


def test_a_step_is_told_with_its_kind(cleo):
    need, baker = asking("pso", "bcorp"), bakery("pso")
    make.credential(by=baker, proof="bcorp", level="")
    assert ("PSO (step 2) and B Corp are asked for and held", False) in told(need, baker)


@pytest.mark.parametrize("asked", [(), ("pso30",), ("pso", "pso30", "bcorp")])
@pytest.mark.parametrize("state", ["valid", "claimed", "renewing", "expired"])
def test_a_stored_reason_is_what_the_rows_say(cleo, asked, state):
    need, baker, today = asking(*asked), bakery("pso30"), clock.today()
    make.credential(state, by=baker, proof="bcorp", level="")
    rows = Credential.objects.filter(organisation=baker, checked_by__isnull=False)
    held = {
        row.proof
        for row in rows
        if row.state != "refused" and row.valid_from <= today <= (row.valid_until or today)
    }
    held |= {"pso"} if "pso30" in held else set()
    reasons = {r["code"]: r for r in true_reasons(need, baker, baker.listings.first())}
    said = {proof for proof, _level in reasons.get("credential_held", {"proofs": ()})["proofs"]}
    missing = set(reasons.get("credential_missing", {"proofs": ()})["proofs"])
    assert (said, missing) == (held & set(asked), set(asked) - held)


def shortlist(cleo, need, **data):
    desk, address = at_the_desk(cleo), reverse("admin:market_listing_shortlist", args=[need.pk])
    if data:
        desk.post(address, {"token": "t1"} | data, follow=True)
    return " ".join(desk.get(address).content.decode().split())


def test_who_is_added_by_name_without_it_comes_with_a_warning(cleo):
    need, baker = asking("pso30"), bakery("pso")
    page = shortlist(cleo, need, add=baker.pk)
    assert "<b>Let op:</b> PSO 30+ is gevraagd en ontbreekt" in page
    assert "<dt>Een leverancier moet hebben</dt><dd>PSO 30+</dd>" in page
    stored = Match.objects.get().reasons
    assert {"code": "credential_missing", "proofs": ["pso30"]} in stored


def test_what_ran_out_since_it_was_suggested_is_told_on_the_shortlist(cleo):
    need, baker = asking("pso30"), bakery("pso30")
    suggest_for(need.pk)
    assert "PSO 30+ is gevraagd en aanwezig" in shortlist(cleo, need)
    Credential.objects.update(valid_until=clock.today() - timedelta(days=1))
    page = shortlist(cleo, need)
    assert "PSO 30+ is gevraagd en aanwezig" not in page
    assert "<b>Let op:</b> PSO 30+ is gevraagd en ontbreekt" in page
    assert baker.name in page


# For you


@pytest.fixture
def kitchen(broodnodig):
    return make.offer(by=broodnodig, title="Lunch from our kitchen", nationwide=True)


@pytest.mark.parametrize("ready", [False, True])
def test_a_need_is_for_who_holds_what_it_asks_for(client, ada, broodnodig, kitchen, ready):
    need = asking("pso30")
    client.force_login(ada)
    if ready:
        refresh()
    assert titles(client, "?you=1") == []
    assertNotContains(client.get(need.get_absolute_url()), "reasons for Broodnodig")
    make.credential(by=broodnodig, proof="pso30", level="full")
    assert refresh() >= 1
    if not ready:
        Shelf.objects.all().delete()
    assert titles(client, "?you=1") == [need.title]
    assertContains(client.get("/en/market/"), "PSO 30+ is asked for and held")
    Credential.objects.update(valid_until=clock.today() - timedelta(days=1))
    assert titles(client, "?you=1") == []


def test_an_offer_is_for_a_need_only_while_its_supplier_holds_it(cleo):
    need, baker = asking("pso30"), bakery("pso30")
    bakery("pso")
    buyer = need.contact

    def found():
        return for_you(type(buyer).objects.get(pk=buyer.pk)).keys()

    assert found() == (baker.listings.get().pk,)
    refresh()
    assert found() == (baker.listings.get().pk,)
    Credential.objects.update(valid_until=clock.today() - timedelta(days=1))
    assert found() == ()


def test_the_board_costs_a_member_one_query_more_at_any_number_that_ask(client, ada, kitchen):
    client.force_login(ada)
    make.credential(by=kitchen.organisation, proof="pso30", level="full")
    make.need(title="Lunch for ten")
    refresh()
    costs = [queries(client, "/market/")]
    for many in (1, 10):
        while Listing.objects.filter(asked_proofs=["pso30"]).count() < many:
            asking("pso30")
        Shelf.objects.all().delete()
        refresh()
        costs.append(queries(client, "/market/"))
    assert costs == [costs[0], costs[0] + 1, costs[0] + 1], costs
