"""Drafts: they save themselves, once a form, never over unseen words, and are gone once they are posted."""

from threading import Barrier, Thread

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client

from factory.journal.models import Event
from market.models import Draft, Listing
from tests import make
from tests.doors import sign_in
from tests.journeys.visitor import fields_of

NEW, SAVE = "/en/market/new/need/", "/en/market/drafts/"
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def sam(lekstede):
    """Noor's colleague, an editor."""
    return make.member(lekstede, "editor", "Sam Colleague")


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def opened(client, address=NEW):
    """The fields of the form as the browser would send them."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return fields_of(page.find("form", class_="form"))


def by_script(client, form, **words):
    """What the script sends and what it hears; the form knows its draft from then on."""
    answer = client.post(SAVE, form | words, **SCRIPT)
    if answer.status_code == 200:
        form |= words | {name: answer.json()[name] for name in ("draft", "seen")}
    return answer


def test_what_is_typed_is_kept_and_there_again(noor, lekstede):
    client = browser(noor)
    form = opened(client)
    heard = by_script(client, form, title="Lunch for si").json()
    assert "You can stop here" in heard["said"]
    assert opened(client, heard["url"])["title"] == "Lunch for si"
    assert Draft.objects.get().organisation == lekstede


def test_keeping_writes_nothing_in_the_journal(noor, lekstede):
    client, before = browser(noor), Event.objects.count()
    form = opened(client)
    for title in ("Lu", "Lunch", "Lunch for sixty"):
        by_script(client, form, title=title)
    assert Event.objects.count() == before
    assert (Draft.objects.get().version, Listing.objects.count()) == (3, 0)


def test_without_a_script_a_button_keeps_it_right_or_not(noor, lekstede):
    client = browser(noor)
    form = opened(client) | {"title": "", "value_cents": "a lot", "text": "Half a sen"}
    page = client.post(SAVE, form, follow=True)
    assert "You can stop here" in page.content.decode()
    again = opened(client, Draft.objects.get().get_absolute_url())
    assert (again["value_cents"], again["text"]) == ("a lot", "Half a sen")


def test_a_draft_is_on_the_desk_of_everybody_who_may_post_it(noor, sam, lekstede, dan):
    by_script(browser(noor), opened(browser(noor)), title="Half a lunch")
    url = Draft.objects.get().get_absolute_url().removeprefix("/en")
    for person in (noor, sam):
        desk = browser(person).get("/desk/").content.decode()
        assert "Half a lunch" in desk
        assert url in desk
    assert "Half a lunch" not in browser(dan).get("/desk/").content.decode()


def test_nobody_else_reads_it_a_coordinator_neither(noor, lekstede, dan, cleo):
    by_script(browser(noor), opened(browser(noor)), title="Half a lunch")
    url = Draft.objects.get().get_absolute_url()
    viewer = make.member(lekstede, "viewer")
    for client in (browser(dan), sign_in(Client(), cleo), browser(viewer)):
        assert client.get(url).status_code == 404
    stolen = {"draft": Draft.objects.get().pk, "seen": 1, "title": "Mine", "token": "x"}
    answer = browser(dan).post(SAVE, stolen, **SCRIPT)
    assert answer.status_code == 410
    assert Draft.objects.get().typed["title"] == "Half a lunch"


def test_posting_it_makes_one_listing_and_the_draft_is_gone(noor, lekstede):
    client = browser(noor)
    form = opened(client)
    by_script(client, form, title="Lunch for sixty")
    first = client.post(NEW, form)
    second = client.post(NEW, form)
    assert first.url == second.url
    assert (Listing.objects.count(), Draft.objects.count()) == (1, 0)


def test_a_save_that_comes_late_makes_no_second_draft(noor, lekstede):
    client = browser(noor)
    form = opened(client) | {"title": "Lunch for sixty"}
    client.post(NEW, form)
    assert by_script(client, form).status_code == 410
    assert Draft.objects.count() == 0


def test_a_save_whose_answer_was_lost_is_no_conflict_of_ones_own(noor, lekstede):
    client = browser(noor)
    form = opened(client)
    client.post(SAVE, form | {"title": "Lunch"}, **SCRIPT)
    assert by_script(client, form, title="Lunch for sixty").status_code == 200
    client.post(SAVE, form | {"title": "Lunch for seventy"}, **SCRIPT)
    assert client.post(NEW, form | {"title": "Lunch for eighty"}).status_code == 302
    assert (Listing.objects.get().title, Draft.objects.count()) == ("Lunch for eighty", 0)


def test_refresh_and_save_at_once_make_one_draft(noor, lekstede):
    client = browser(noor)
    form = opened(client)
    for _n in range(3):
        client.post(SAVE, form | {"title": "Lunch"})
    assert Draft.objects.count() == 1


@pytest.fixture
def shared(noor, lekstede):
    """Noor's draft."""
    by_script(browser(noor), opened(browser(noor)), title="Lunch", text="Soup and bread")
    return Draft.objects.get()


def test_two_colleagues_never_overwrite_each_other_unseen(shared, noor, sam):
    hers, his = browser(noor), browser(sam)
    url = shared.get_absolute_url()
    one, other = opened(hers, url), opened(his, url)
    assert by_script(his, other, text="Soup and salad").status_code == 200
    assert by_script(hers, one, text="Only bread").status_code == 409
    page = hers.post(SAVE, one | {"text": "Only bread"})
    text = page.content.decode()
    assert page.status_code == 409
    assert "Sam Colleague changed this while you were typing" in text
    assert "Only bread" in text
    assert "Soup and salad" in text
    shared.refresh_from_db()
    assert shared.typed["text"] == "Soup and salad"


def test_who_saw_both_texts_can_go_on(shared, noor, sam):
    hers, his = browser(noor), browser(sam)
    one, other = opened(hers, shared.get_absolute_url()), opened(his, shared.get_absolute_url())
    by_script(his, other, text="Soup and salad")
    page = BeautifulSoup(hers.post(SAVE, one | {"text": "Both"}).content, "html.parser")
    form = fields_of(page.find("form", class_="form"))
    assert form["text"].strip() == "Both"
    assert by_script(hers, form).status_code == 200
    shared.refresh_from_db()
    assert shared.typed["text"] == "Both"


def test_nobody_posts_over_words_they_did_not_see(shared, noor, sam):
    one, other = (opened(browser(p), shared.get_absolute_url()) for p in (noor, sam))
    by_script(browser(sam), other, title="Dinner")
    answer = browser(noor).post(NEW, one)
    assert answer.status_code == 409
    assert "Dinner" in answer.content.decode()
    assert not Listing.objects.exists()


def test_a_draft_that_a_colleague_posted_is_not_posted_twice(shared, noor, sam):
    one, other = (opened(browser(p), shared.get_absolute_url()) for p in (noor, sam))
    assert browser(sam).post(NEW, other).status_code == 302
    answer = browser(noor).post(NEW, one | {"text": "My own words"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "This draft is no longer there" in text
    assert "My own words" in text
    assert Listing.objects.count() == 1


def test_a_form_that_is_not_right_keeps_its_draft(shared, noor):
    client = browser(noor)
    form = opened(client, shared.get_absolute_url()) | {"title": ""}
    page = client.post(NEW, form)
    assert page.status_code == 422
    again = fields_of(BeautifulSoup(page.content, "html.parser").find("form", class_="form"))
    assert again["draft"] == str(shared.pk)
    assert by_script(client, again, title="Lunch").status_code == 200


def test_a_draft_is_thrown_away_as_far_as_it_was_seen(shared, noor, sam):
    away = f"{shared.get_absolute_url()}discard/"
    assert browser(noor).get(away).status_code == 405
    browser(noor).post(away, {"seen": "77"})
    assert Draft.objects.exists()
    assert browser(sam).post(away, {"seen": shared.version}).url.endswith("/desk/")
    assert not Draft.objects.exists()


def signed_out(client):
    """The session ends, as it does after a while; the browser keeps its cookie for forms."""
    client.logout()


@pytest.mark.parametrize("where", [NEW, SAVE])
def test_words_survive_a_session_that_ended_meanwhile(noor, lekstede, where):
    client = browser(noor)
    form = opened(client) | {"title": "Lunch for sixty", "text": "Soup", "several": "on"}
    signed_out(client)
    answer = client.post(where, form)
    assert answer.status_code == 302
    assert "login" in answer.url
    client.force_login(noor)
    again = client.get(NEW).content.decode()
    assert "What you typed is still here" in again
    form = fields_of(BeautifulSoup(again, "html.parser").find("form", class_="form"))
    assert (form["title"], form["text"].strip(), form["several"]) == (
        "Lunch for sixty",
        "Soup",
        "on",
    )
    assert opened(client)["title"] == ""


def test_the_script_hears_that_the_session_ended(noor, lekstede):
    client = browser(noor)
    form = opened(client)
    signed_out(client)
    assert client.post(SAVE, form, **SCRIPT).status_code == 401


def test_somebody_else_at_this_computer_does_not_get_those_words(noor, lekstede, ada, broodnodig):
    client = browser(noor)
    form = opened(client) | {"title": "Secret lunch"}
    signed_out(client)
    client.post(NEW, form)
    client.force_login(ada)
    assert "Secret lunch" not in client.get(NEW).content.decode()


def test_a_change_of_the_text_survives_it_too(noor, lunch):
    client, url = browser(noor), f"/en{lunch.get_absolute_url()}revise/"
    form = opened(client, url) | {"text": "Half a sentence"}
    signed_out(client)
    client.post(url, form)
    client.force_login(noor)
    assert opened(client, url)["text"].strip() == "Half a sentence"


def test_two_who_change_a_listing_see_both_texts(noor, sam, lunch):
    url = f"/en{lunch.get_absolute_url()}revise/"
    one, other = (opened(browser(p), url) for p in (noor, sam))
    assert browser(sam).post(url, other | {"text": "Soup"}).status_code == 302
    answer = browser(noor).post(url, one | {"text": "Bread"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert "Soup" in page.find(class_="error-summary").get_text()
    form = fields_of(page.find("form", class_="form"))
    assert browser(noor).post(url, form).status_code == 302
    lunch.refresh_from_db()
    assert lunch.text == "Bread"


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_one_draft_for_many_saves_at_once(noor, lekstede):
    form, barrier, codes = opened(browser(noor)) | {"title": "Lunch"}, Barrier(8), []

    def save(client):
        barrier.wait(20)
        codes.append(client.post(SAVE, form, **SCRIPT).status_code)
        connection.close()

    threads = [Thread(target=save, args=[browser(noor)]) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {200, 409}
    assert Draft.objects.count() == 1
