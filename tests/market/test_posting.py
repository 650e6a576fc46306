"""Posting a need or an offer in a minute, and changing it."""

from datetime import timedelta

import pytest

from factory import clock
from market.models import Listing
from market.posting import sector_of
from tests import make

NEED, OFFER = "/en/market/new/need/", "/en/market/new/offer/"


def post(client, person, url=NEED, **facts):
    """Post the form of a need with little more than a title."""
    client.force_login(person)
    mine = person.memberships.first().organisation
    least = {"organisation": mine.pk, "title": "Lunch for 60 people", "region": mine.region_id}
    return client.post(url, least | {"unit": "once", "token": "a"} | facts)


def test_a_visitor_is_asked_to_sign_in_first(client):
    assert client.get(NEED).status_code == 302


def test_what_where_and_a_press_are_enough(client, noor, lekstede):
    assert post(client, noor).status_code == 302
    made = Listing.objects.get()
    assert (made.state, made.kind, made.sector.slug) == ("live", "need", "catering")
    assert (made.contact, made.language) == (noor, "en")


def test_an_offer_knows_how_far_it_goes(client, ada, broodnodig):
    assert post(client, ada, OFFER, reach_km="15").status_code == 302
    assert Listing.objects.get().reach_km == 15


def test_the_form_knows_the_place_and_who_will_see_it(client, noor, lekstede):
    client.force_login(noor)
    text = client.get(NEED).content.decode()
    assert f'value="{lekstede.region_id}" selected' in text
    assert "Everybody, as soon as you post it" in text


def test_before_the_check_it_becomes_a_draft(client, dan):
    fresh = make.person("Fay Fresh")
    make.organisation(state="applied", owner=fresh)
    client.force_login(fresh)
    assert "until your organisation has been checked" in client.get(NEED).content.decode()
    post(client, fresh)
    assert Listing.objects.get().state == "draft"


def test_somebody_without_an_organisation_is_led_to_bring_one(client, cleo):
    client.force_login(make.person())
    answer = client.get(NEED)
    assert answer.status_code == 200
    assert "/partners/apply/" in answer.content.decode()
    assert client.post(NEED, {"title": "Lunch"}).status_code == 403


def test_a_viewer_is_told_who_posts(client, vera):
    client.force_login(vera)
    assert "An owner or editor posts" in client.get(NEED).content.decode()


def test_somebody_who_asked_to_join_is_told_to_wait(client, broodnodig):
    client.force_login(make.member(broodnodig, confirmed=False))
    assert "As soon as one of its owners lets you in" in client.get(NEED).content.decode()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("text", "x" * 5001),
        ("value_cents", "0"),
        ("value_cents", "-5"),
        ("value_cents", "9999999999"),
        ("value_cents", "a lot"),
        ("needed_by_date", "2020-01-01"),
        ("needed_by_date", "tomorrow"),
        ("region", "999999"),
        ("sector", "x"),
        ("unit", "hourly"),
        ("organisation", "999999"),
    ],
)
def test_wrong_input_comes_back_with_words_and_text_kept(client, noor, lekstede, field, wrong):
    answer = post(client, noor, **({"text": "Please keep this"} | {field: wrong}))
    assert answer.status_code == 422
    assert not Listing.objects.exists()
    if field != "text":
        assert "Please keep this" in answer.content.decode()


def test_a_date_far_away_is_refused(client, noor, lekstede):
    far = clock.today() + timedelta(days=4 * 365)
    assert post(client, noor, needed_by_date=far.isoformat()).status_code == 422


def test_words_that_fit_no_kind_ask_for_the_kind(client, noor, lekstede):
    answer = post(client, noor, title="Something unheard of")
    assert answer.status_code == 422
    assert "Choose the kind yourself" in answer.content.decode()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Vergaderlunch voor 20", "catering"),
        ("Painting our fence", "repair"),
        ("Hovenier", "green"),
    ],
)
def test_the_words_decide_the_kind(db, title, slug):
    assert sector_of(title, "").slug == slug


def test_nobody_posts_for_somebody_elses_organisation(client, dan, lekstede):
    assert post(client, dan, organisation=lekstede.pk).status_code == 422
    assert not Listing.objects.exists()


def test_twice_the_same_post_makes_one(client, noor, lekstede):
    first, second = post(client, noor), post(client, noor)
    assert first.url == second.url
    assert Listing.objects.count() == 1


def test_the_same_form_with_other_words_is_asked_about(client, noor, lekstede):
    post(client, noor)
    answer = post(client, noor, title="Lunch for 61 people")
    assert answer.status_code == 409
    assert "Lunch for 61 people" in answer.content.decode()
    assert Listing.objects.get().get_absolute_url() in answer.content.decode()


def test_an_owner_changes_the_text(client, noor, lunch):
    client.force_login(noor)
    url = f"{lunch.get_absolute_url()}revise/"
    assert client.get(url).status_code == 200
    facts = {"title": "Lunch for seventy", "region": lunch.region_id, "unit": "week", "token": "a"}
    assert client.post(url, facts | {"sector": lunch.sector_id}).status_code == 302
    lunch.refresh_from_db()
    assert (lunch.title, lunch.unit) == ("Lunch for seventy", "week")


def test_html_in_a_title_is_kept_as_text(client, noor, lekstede):
    post(client, noor, title="<b>Lunch</b> 🍞 بوفيه")
    assert Listing.objects.get().title == "<b>Lunch</b> 🍞 بوفيه"


def test_a_token_of_another_form_leads_to_nothing(client, dan, lunch):
    """The number of what that form was about may be the number of somebody else's draft."""
    client.force_login(dan)
    told = {"why": "other", "text": "Look at this.", "token": "a"}
    assert client.post(f"{lunch.get_absolute_url()}report/", told).status_code == 302
    answer = post(client, dan)
    assert (answer.status_code, Listing.objects.count()) == (400, 1)
    assert lunch.slug not in answer.content.decode()
