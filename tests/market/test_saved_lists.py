"""Saved lists: one press keeps a thing; who reads and changes a list; what goes away."""

from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from factory.contributions import gather
from market.keeping import doing
from market.models import SavedItem, SavedList
from tests import make
from tests.market.test_views_queries import queries

KEEP = "/en/market/lists/keep/"


def english(thing):
    """The address of its page in English."""
    return f"/en/market/lists/{thing.pk}/"


def press(client, **fields):
    return client.post(KEEP, fields)


@pytest.fixture
def ada_in(client, ada, broodnodig):
    client.force_login(ada)
    return client


@pytest.fixture
def kept(ada, broodnodig, lunch):
    """Ada's first list, with the lunch on it."""
    saved = doing.first_list(ada)
    doing.keep(lunch, saved, by=ada)
    return saved


@pytest.fixture
def shared(kept, broodnodig):
    doing.share(kept, broodnodig)
    return kept


def on(saved):
    return [item.listing or item.organisation for item in saved.items.order_by("pk")]


def test_one_press_keeps_a_need_and_a_partner_on_a_first_list(ada_in, ada, lunch, lekstede):
    press(ada_in, keep=f"listing:{lunch.slug}")
    press(ada_in, keep=f"organisation:{lekstede.slug}")
    assert on(ada.saved_lists.get()) == [lunch, lekstede]


def test_another_press_takes_it_off_and_pressing_twice_does_no_harm(ada_in, ada, lunch):
    for word in ("keep", "keep", "drop", "drop"):
        assert press(ada_in, **{word: f"listing:{lunch.slug}"}).status_code == 302
    assert on(ada.saved_lists.get()) == []


def test_after_a_press_one_is_back_on_the_page_but_never_on_another_site(ada_in, lunch):
    page = "/en/market/?sector=catering&page=1"
    name = f"listing:{lunch.slug}"
    assertRedirects(press(ada_in, keep=name, next=page), page)
    assertRedirects(press(ada_in, keep=name, next="https://evil.example/"), "/en/market/lists/")


def test_live_the_button_alone_comes_back_the_other_way_round(ada_in, lunch):
    answer = ada_in.post(KEEP, {"keep": f"listing:{lunch.slug}"}, headers={"HX-Request": "true"})
    assertContains(answer, f'name="drop" value="listing:{lunch.slug}"')


@pytest.mark.parametrize(
    "name", ["", "listing:", "listing:none", "person:1", "match:1", "listing:plan"]
)
def test_what_one_may_not_see_cannot_be_kept(ada_in, lekstede, name):
    plan = make.listing("need", by=lekstede, state="withdrawn")
    assert press(ada_in, keep=name.replace("plan", plan.slug)).status_code == 404


def test_nobody_keeps_a_thing_on_the_list_of_somebody_else(client, dan, kept, lunch):
    client.force_login(dan)
    assert press(client, keep=f"listing:{lunch.slug}", list=kept.pk).status_code == 404
    assert press(client, keep=f"listing:{lunch.slug}", list="x").status_code == 404


def test_the_buttons_stand_on_board_directory_listing_and_profile(ada_in, kept, lunch, lekstede):
    for page in ("/en/market/", lunch.get_absolute_url()):
        assertContains(ada_in.get(page), f'name="drop" value="listing:{lunch.slug}"')
    for page in ("/en/partners/", lekstede.get_absolute_url()):
        assertContains(ada_in.get(page), f'name="keep" value="organisation:{lekstede.slug}"')


def test_a_visitor_sees_no_buttons_but_the_way_in(client, lunch):
    assertNotContains(client.get("/en/market/"), 'class="keep')
    assertContains(client.get(lunch.get_absolute_url()), "accounts/login/?next=")


def test_a_list_is_ones_own_until_it_is_shared_with_an_organisation(
    client, kept, ada, vera, cleo, dan
):
    def met_by(person):
        client.force_login(person)
        return client.get(english(kept)).status_code

    assert [met_by(who) for who in (ada, vera, dan)] == [200, 404, 404]
    doing.share(kept, ada.memberships.get().organisation)
    assert [met_by(who) for who in (ada, vera, dan)] == [200, 200, 404]


def test_who_only_looks_on_reads_a_shared_list_but_does_not_change_it(client, shared, vera):
    client.force_login(vera)
    item = shared.items.get()
    url = shared.get_absolute_url()
    assertNotContains(client.get(url), "Taken off")
    for address in (f"{url}change/", f"{url}end/", f"{url}{item.pk}/"):
        assert client.post(address, {"do": "drop"}).status_code == 403
    assert shared.items.count() == 1


def test_who_leaves_the_organisation_leaves_its_lists_behind(client, shared, ada):
    make.leaves(ada)
    client.force_login(ada)
    assert client.get(shared.get_absolute_url()).status_code == 404
    assert SavedList.objects.filter(pk=shared.pk).exists()


def test_a_list_is_renamed_shared_and_made_ones_own_again(ada_in, ada, kept, broodnodig):
    url = f"{english(kept)}change/"
    ada_in.post(url, {"name": "Spring", "readers": broodnodig.pk})
    kept.refresh_from_db()
    assert (kept.name, kept.person, kept.organisation) == ("Spring", None, broodnodig)
    ada_in.post(url, {"name": "Spring", "readers": "mine"})
    kept.refresh_from_db()
    assert (kept.person, kept.organisation) == (ada, None)


def test_a_list_cannot_be_given_to_an_organisation_of_others(ada_in, kept, lekstede):
    url = f"{english(kept)}change/"
    assert ada_in.post(url, {"name": "Spring", "readers": lekstede.pk}).status_code == 422


def test_a_note_is_kept_and_shown_harmlessly(ada_in, kept):
    item = kept.items.get()
    url = f"{english(kept)}{item.pk}/"
    ada_in.post(url, {"do": "note", "note": "<b>Call</b> Noor"})
    assertContains(ada_in.get(english(kept)), "&lt;b&gt;Call&lt;/b&gt; Noor")
    too_long = ada_in.post(url, {"do": "note", "note": "x" * 501})
    assertContains(too_long, "x" * 501, status_code=422)


def test_an_item_moves_to_another_list_with_its_note(ada_in, ada, kept, lunch):
    other = doing.new_list(ada, "Other")
    item = kept.items.get()
    SavedItem.objects.filter(pk=item.pk).update(note="Soon")
    ada_in.post(f"{english(kept)}{item.pk}/", {"do": "move", "to": other.pk})
    assert [(i.listing, i.note) for i in other.items.all()] == [(lunch, "Soon")]
    assert not kept.items.exists()


def test_what_went_away_is_shown_as_gone_without_its_words(ada_in, kept, lunch, noor):
    make.listings.withdraw(lunch, by=noor)
    page = ada_in.get(english(kept))
    assertContains(page, "A need or offer that is not on the market any more")
    assertNotContains(page, lunch.title)


def test_a_name_that_follows_later_is_not_on_a_list_nor_in_its_sheet(ada_in, ada, lekstede):
    cake = make.need(by=lekstede, title="Cake", ask_me_first=True)
    saved = doing.first_list(ada)
    doing.keep(cake, saved, by=ada)
    assertNotContains(ada_in.get(saved.get_absolute_url()), lekstede.name)
    sheet = b"".join(ada_in.get(f"{saved.get_absolute_url()}csv/").streaming_content).decode()
    assert "Cake" in sheet
    assert lekstede.name not in sheet


def test_a_list_is_taken_along_as_a_sheet_with_formulae_defused(ada_in, kept):
    kept.items.update(note="=1+1")
    sheet = b"".join(ada_in.get(f"{english(kept)}csv/").streaming_content).decode()
    assert "Lunch for sixty people" in sheet
    assert '"=1+1"' not in sheet
    assert ada_in.get(f"{english(kept)}xlsx/").status_code == 200


def test_a_list_is_removed_after_a_question(ada_in, kept):
    url = f"{english(kept)}end/"
    assertContains(ada_in.get(url), "Remove")
    ada_in.post(url)
    assert not SavedList.objects.exists()


def test_there_is_room_for_so_much_and_then_it_says_so(ada_in, ada, kept, lekstede, monkeypatch):
    monkeypatch.setattr(doing, "MOST_ITEMS", 1)
    monkeypatch.setattr(doing, "MOST_LISTS", 1)
    answer = ada_in.post(KEEP, {"keep": f"organisation:{lekstede.slug}"}, follow=True)
    assertContains(answer, "This list is full")
    again = ada_in.post("/en/market/lists/", {"name": "One more"})
    assertContains(again, 'value="One more"', status_code=422)


def test_whose_account_is_closed_takes_the_own_lists_along(ada, kept, broodnodig):
    make.member(broodnodig, "owner")
    for forget in gather("forget_person"):
        forget(ada)
    assert not SavedList.objects.exists()


def test_lists_cost_the_same_for_one_three_and_fifty_things(ada_in, ada, broodnodig):
    saved, costs = doing.first_list(ada), {}
    pages = ("/market/lists/", saved.get_absolute_url(), "/market/", "/partners/")
    for size in (1, 3, 50):
        while saved.items.count() < size:
            doing.keep(make.need(), saved, by=ada)
        for page in pages:
            costs.setdefault(page, set()).add(queries(ada_in, page))
    assert {page: len(found) for page, found in costs.items()} == dict.fromkeys(pages, 1)
    assert max(costs["/market/lists/"] | costs[saved.get_absolute_url()]) <= 10


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        (
            "INSERT INTO market_savedlist (name, is_first, made_at) VALUES ('x', false, now())",
            "has_one_owner",
        ),
        (
            "INSERT INTO market_savedlist (name, is_first, made_at, person_id) "
            "SELECT '', true, now(), person_id FROM market_savedlist",
            "one_first",
        ),
        (
            "INSERT INTO market_savedlist (name, is_first, made_at, person_id) "
            "SELECT '', false, now(), person_id FROM market_savedlist",
            "has_a_name",
        ),
        (
            "INSERT INTO market_saveditem (list_id, listing_id, note, kept_at) "
            "SELECT list_id, listing_id, '', now() FROM market_saveditem",
            "listing_once",
        ),
        ("UPDATE market_saveditem SET listing_id = NULL", "is_one_thing"),
    ],
)
def test_the_database_refuses_what_cannot_be(kept, sql, name):
    with (
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_the_database_takes_the_same_thing_on_another_list(ada, kept, lunch):
    other = doing.new_list(ada, "Other")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO market_saveditem (list_id, listing_id, note, kept_at) VALUES (%s, %s, '', now())",
            [other.pk, lunch.pk],
        )
    assert SavedItem.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_keep_it_once(ada, lunch):
    def both():
        doing.keep(lunch, doing.first_list(ada), by=ada)
        connection.close()

    threads = [Thread(target=both) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert on(ada.saved_lists.get()) == [lunch]
