"""Not for us, because …: respected by the board, the machine, coordinators and the database; taken back in a press."""

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django.asserts import assertContains, assertNotContains

from factory.moves import Missing
from market.admin.shortlist import Shortlist
from market.lifecycle import match as matches
from market.lifecycle import refusing, suggesting
from market.matching.ranking import suppliers_for
from market.models import Impression, Match, NotForUs
from market.shelving import for_you
from tests import make

BOARD = "/en/market/"
PRESS = "/en/market/not-for-us/"


@pytest.fixture
def kitchen(broodnodig):
    return make.offer(by=broodnodig, title="Lunch from our kitchen", reach_km=25)


@pytest.fixture
def ada_in(client, ada, broodnodig):
    client.force_login(ada)
    return client


def press(client, listing, reason="distance", back=BOARD):
    return client.post(PRESS, {"because": f"{listing.slug}:{reason}", "next": back}, follow=True)


def suggested_to(need):
    return [one.organisation for one in suppliers_for(need)]


def test_one_press_and_it_is_not_suggested_any_more(ada_in, ada, kitchen, lunch, broodnodig):
    assertContains(ada_in.get(BOARD), "Not for us, because …")
    assert for_you(ada).keys() == (lunch.pk,)
    page = press(ada_in, lunch)
    assertContains(page, "is not suggested to Broodnodig any more")
    assertContains(page, "What you said is not for Broodnodig")
    assertNotContains(page, "Not for us, because …")
    assert for_you(ada).keys() == ()
    assert broodnodig not in suggested_to(lunch)


def test_it_is_taken_back_on_the_same_page(ada_in, ada, kitchen, lunch, broodnodig):
    press(ada_in, lunch)
    page = ada_in.post(PRESS, {"undo": lunch.slug, "next": BOARD}, follow=True)
    assertContains(page, "may be suggested to Broodnodig again")
    assert for_you(ada).keys() == (lunch.pk,)
    assert broodnodig in suggested_to(lunch)


def test_what_waits_for_a_coordinator_goes_and_may_come_again(ada, kitchen, lunch, broodnodig):
    (match,) = suggesting.suggest_for(lunch.pk)
    refusing.refuse(lunch, broodnodig, by=ada, reason="price")
    match.refresh_from_db()
    assert (match.state, match.reason) == ("lapsed", "not_for_us")
    assert suggesting.suggest_for(lunch.pk) == []
    refusing.take_refusal_back(lunch, broodnodig)
    lunch.refresh_from_db()
    assert lunch.searched_at is None
    assert [one.organisation for one in suggesting.suggest_for(lunch.pk)] == [broodnodig]


def test_a_buyer_refuses_an_offer_for_all_of_its_needs(noor, lekstede, kitchen, lunch, broodnodig):
    (match,) = suggesting.suggest_for(lunch.pk)
    other = make.need(by=lekstede, title="Lunch for six people")
    refusing.refuse(kitchen, lekstede, by=noor, reason="price")
    match.refresh_from_db()
    assert match.state == "lapsed"
    assert for_you(noor).keys() == ()
    assert kitchen.pk not in {one.offer and one.offer.pk for one in suppliers_for(other)}


def test_it_is_kept_for_a_ranking_that_learns(ada, kitchen, lunch, broodnodig):
    suggesting.suggest_for(lunch.pk)
    refusing.refuse(lunch, broodnodig, by=ada, reason="capacity")
    (kept,) = Impression.objects.filter(need=lunch)
    assert (kept.decision, kept.reason) == ("not_for_us", "capacity")
    assert kept.features
    refusing.take_refusal_back(lunch, broodnodig)
    kept.refresh_from_db()
    assert (kept.decision, kept.reason, kept.decided_at) == ("", "", None)


def test_what_was_put_aside_does_not_come_back_against_the_word_of_a_side(
    cleo, ada, noor, kitchen, lunch, broodnodig
):
    (match,) = suggesting.suggest_for(lunch.pk)
    matches.dismiss(match, by=cleo, reason="no_fit")
    refusing.refuse(lunch, broodnodig, by=ada, reason="price")
    with pytest.raises(Missing, match="niets voor hen"):
        matches.restore(match, by=cleo)
    refusing.take_refusal_back(lunch, broodnodig)
    matches.restore(match, by=cleo)
    refusing.turn_away(match, on_behalf_of=noor, reason="price")
    with pytest.raises(Missing, match="niets voor hen"):
        matches.restore(match, by=cleo)


def test_what_one_found_oneself_is_kept_too(ada, lunch, broodnodig):
    refusing.refuse(lunch, broodnodig, by=ada, reason="capacity")
    refusing.refuse(lunch, broodnodig, by=ada, reason="price")
    assert [one.reason for one in NotForUs.objects.all()] == ["price"]
    assert [one.reason for one in Impression.objects.all()] == ["price"]


def test_a_coordinator_does_not_find_them_for_this_need(ada, lunch, broodnodig):
    refusing.refuse(lunch, broodnodig, by=ada, reason="price")
    page = Shortlist.__new__(Shortlist)
    page.need = lunch
    assert broodnodig not in page._addable()


def test_the_database_refuses_a_suggestion_of_what_was_refused(ada, kitchen, lunch, broodnodig):
    match = make.match("suggested", need=lunch, supplier=broodnodig)
    make.matches.stand_down(match, reason="filled")
    again = (
        "INSERT INTO market_match (need_id, buyer_id, organisation_id, offer_id, state, reasons, reason, nudges,"
        " created_at) SELECT need_id, buyer_id, organisation_id, %s, 'suggested', '[]', '', 0, now()"
        " FROM market_match WHERE id = %s"
    )
    for listing, organisation in ((lunch, broodnodig), (kitchen, lunch.organisation)):
        said = NotForUs.objects.create(organisation=organisation, listing=listing, reason="price")
        with pytest.raises(IntegrityError, match="not for them"), transaction.atomic():
            _run(again, [kitchen.pk, match.pk])
        said.delete()
    _run(
        again, [kitchen.pk, match.pk]
    )  # the insert itself goes through; only the journal misses it
    with pytest.raises(IntegrityError, match="journal"):
        _run("SET CONSTRAINTS ALL IMMEDIATE", [])


def _run(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.mark.parametrize("reason", ["", "filled", "nonsense"])
def test_the_database_knows_the_reasons(lunch, broodnodig, reason):
    with pytest.raises(IntegrityError, match="has_a_reason"), transaction.atomic():
        NotForUs.objects.create(organisation=broodnodig, listing=lunch, reason=reason)
    NotForUs.objects.create(organisation=broodnodig, listing=lunch, reason="price")


def test_a_reason_that_does_not_exist_is_asked_again(ada_in, kitchen, lunch):
    assertContains(press(ada_in, lunch, reason="x"), "Choose a reason.")
    assert not NotForUs.objects.exists()


def test_who_looks_on_only_may_not_say_it(client, vera, kitchen, lunch):
    client.force_login(vera)
    assertNotContains(client.get(BOARD), "Not for us, because …")
    answer = client.post(PRESS, {"because": f"{lunch.slug}:price"})
    assert answer.status_code == 403
    assert "Owners and editors" in answer.content.decode()


def test_ones_own_and_what_is_not_there_are_404(ada_in, kitchen):
    assert ada_in.post(PRESS, {"because": f"{kitchen.slug}:price"}).status_code == 404
    assert ada_in.post(PRESS, {"because": "nowhere:price"}).status_code == 404


def test_nobody_is_suggested_more_than_so_often_a_week(settings, kitchen, lekstede, broodnodig):
    settings.SUGGESTIONS_A_WEEK = 2
    found = [
        suggesting.suggest_for(make.need(by=lekstede, title=f"Lunch {n}").pk) for n in range(3)
    ]
    assert [len(made) for made in found] == [1, 1, 0]
    Match.objects.update(created_at="2026-01-01T00:00Z")
    assert broodnodig in suggested_to(make.need(by=lekstede, title="Lunch again"))
