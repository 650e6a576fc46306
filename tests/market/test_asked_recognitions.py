"""A need that asks for recognitions: its form, its page, and what is kept."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from market.models import Listing
from market.papers import note_for_the_file
from market.posting import typed_of
from partners.models import Credential
from tests import make
from tests.market.test_again import posted as posted_again
from tests.market.test_invariants import change, refused, sql
from tests.market.test_posting import NEED, OFFER, post
from tests.market.test_views_queries import queries
from tests.staff import at_the_desk

BOXES = [f'name="asked_proofs" value="{proof}"' for proof in Credential.Proof]


@pytest.mark.parametrize(("url", "asks"), [(NEED, True), (OFFER, False)])
def test_only_a_need_can_ask_in_the_fold(client, noor, lekstede, url, asks):
    client.force_login(noor)
    front, _more, fold = client.get(url).content.decode().partition('class="more"')
    assert [box in fold for box in BOXES] == [asks] * len(BOXES)
    assert not any(box in front for box in BOXES)


def test_what_is_asked_is_kept_and_stands_on_the_page_in_words(client, noor, lekstede):
    post(client, noor, asked_proofs=["bcorp", "pso30"])
    need = Listing.objects.get()
    assert set(need.asked_proofs) == {"pso30", "bcorp"}
    assertContains(client.get(need.get_absolute_url()), "<dd>PSO 30+, B Corp</dd>")
    assert queries(client, need.get_absolute_url()) == queries(
        client, make.need(by=lekstede).get_absolute_url()
    )
    assert "PSO 30+, B Corp" in str(note_for_the_file(need).parts)


def test_a_need_that_asks_for_none_says_nothing_of_it(client, noor, lekstede):
    post(client, noor)
    need = Listing.objects.get()
    assert need.asked_proofs == []
    assertNotContains(client.get(need.get_absolute_url()), "A supplier must have")
    assert "A supplier must have" not in str(note_for_the_file(need).parts)


def test_a_kind_that_there_is_not_comes_back(client, noor, lekstede):
    assert post(client, noor, asked_proofs=["iso9001"]).status_code == 422
    assert not Listing.objects.exists()


def ticked(page):
    """Which kinds are ticked in the form."""
    boxes = re.findall(r'name="asked_proofs" value="(\w+)"([^>]*)>', page.content.decode())
    return [proof for proof, rest in boxes if "checked" in rest]


def test_who_changes_the_text_sees_and_changes_what_is_asked(client, noor, lunch):
    Listing.objects.filter(pk=lunch.pk).update(asked_proofs=["pso"])
    client.force_login(noor)
    url = f"{lunch.get_absolute_url()}revise/"
    assert ticked(client.get(url)) == ["pso"]
    facts = {"title": lunch.title, "region": lunch.region_id, "unit": "week", "token": "a"}
    assert client.post(url, facts | {"asked_proofs": ["bcorp"]}).status_code == 302
    lunch.refresh_from_db()
    assert lunch.asked_proofs == ["bcorp"]


def test_two_who_change_it_at_once_read_what_the_other_asked(client, noor, lunch):
    client.force_login(noor)
    Listing.objects.filter(pk=lunch.pk).update(asked_proofs=["bcorp"], version=lunch.version + 1)
    facts = {"title": lunch.title, "region": lunch.region_id, "unit": "week", "token": "a"}
    seen = {"version": lunch.version, "asked_proofs": ["pso"]}
    answer = client.post(f"{lunch.get_absolute_url()}revise/", facts | seen)
    theirs = answer.context["form"].theirs
    assert ("Welke erkenningen moet een leverancier hebben?", "B Corp") in theirs


def test_the_same_again_asks_the_same(client, noor, broodnodig, lunch):
    Listing.objects.filter(pk=lunch.pk).update(asked_proofs=["pso", "bcorp"])
    done = make.match("completed", need=lunch, supplier=broodnodig)
    assert posted_again(client, noor, done).asked_proofs == ["pso", "bcorp"]


def test_a_coordinator_asks_for_it_on_behalf(cleo, noor, lekstede):
    desk = at_the_desk(cleo)
    address = reverse("admin:market_listing_enter_for", args=[noor.pk, "need"])
    assert all(box in desk.get(address).content.decode() for box in BOXES)
    said = {"organisation": lekstede.pk, "title": "Lunch", "region": lekstede.region_id}
    desk.post(address, said | {"unit": "once", "token": "a", "asked_proofs": ["sw"]})
    assert Listing.objects.get().asked_proofs == ["sw"]


def test_typed_of_a_need_is_what_its_form_would_send(lunch):
    assert "asked_proofs" not in typed_of(lunch)
    lunch.asked_proofs = ["pso"]
    assert typed_of(lunch)["asked_proofs"] == ["pso"]


def test_postgresql_refuses_kinds_that_there_are_not_and_an_offer_that_asks(lunch, cleo):
    offer = make.offer()
    why = "listing_asks_known_proofs"
    assert sql(*change(lunch, asked_proofs=["pso"])) == 1
    refused(why, *change(lunch, asked_proofs=["iso9001"]))
    refused(why, *change(offer, asked_proofs=["pso"]))
