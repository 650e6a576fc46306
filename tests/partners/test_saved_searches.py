"""Saved searches: kept from a list, told once, all in one mail, at the pace one chose, whatever fails."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from factory import clock
from factory.notices.models import Notice, Preference
from factory.notices.words import subject_of, words_about
from market.models import Listing
from partners.lifecycle import searching
from partners.lifecycle.searching import look
from partners.models import SavedSearch, SearchHit, SearchNews
from tests import contest, make

PAGE, SAVE = "/en/partners/searches/", "/en/partners/searches/save/"


def keep(person, query="q=lunch", kind="market", pace="at_once", name="Lunch", ago=1):
    """A search of this person, kept some days ago."""
    before = clock.now() - timedelta(days=ago)
    return SavedSearch.objects.create(
        person=person, kind=kind, query=query, name=name, pace=pace, made_at=before,
        looked_at=before, seen_at=before,
    )  # fmt: skip


def noon():
    """Noon of tomorrow."""
    return (clock.now() + timedelta(days=1)).replace(hour=11, minute=0)


def mails(person):
    return Notice.objects.mail().filter(recipient=person, event__verb="searchnews.tell_of")


def test_what_is_new_is_told_once(ada, broodnodig, lunch):
    search = keep(ada)
    assert look() == 1
    assert look() == 0
    assert mails(ada).count() == 1
    assert [hit.thing for hit in search.hits.all()] == [lunch.pk]


def test_what_was_there_before_or_does_not_answer_is_not_told(ada, lekstede, lunch):
    keep(ada, query="q=window", name="Windows")
    keep(ada, ago=-1)
    assert look() == 0


def test_what_rested_and_came_back_is_not_told_again(ada, noor, lunch):
    keep(ada)
    look()
    make.listings.withdraw(lunch, by=noor)
    lunch.refresh_from_db()
    make.listings.reopen(lunch, by=noor)
    SavedSearch.objects.update(looked_at=clock.now() - timedelta(days=1))
    assert look() == 0


def test_boxes_of_the_search_count_too(ada, lekstede, lunch):
    keep(ada, query="kind=offer", name="Offers")
    assert look() == 0
    keep(ada, query="kind=need&sector=catering", name="Needs")
    assert look() == 1


def test_three_searches_are_one_mail_and_a_result_is_in_it_once(ada, lekstede, lunch):
    keep(ada, pace="daily", name="Lunch")
    keep(ada, query="sector=catering", pace="daily", name="Catering")
    keep(ada, query="q=lekstede", kind="partners", pace="daily", name="Lekstede")
    assert look(noon()) == 1
    (mail,) = mails(ada)
    news = SearchNews.objects.get()
    assert news.total == news.hits.count() == 2
    assert (
        subject_of(mail.template, words_about(mail, news))
        == "2 nieuwe resultaten van je zoekopdrachten"
    )


def test_partners_and_challenges_are_searched_too(ada, broodnodig):
    keep(ada, query="q=zonnebloem", kind="partners", name="Sun")
    keep(ada, query="q=kitchen", kind="challenges", name="Kitchens")
    make.organisation("De Zonnebloem")
    contest.challenge("open", title="Kitchen without waste")
    SavedSearch.objects.update(
        made_at=clock.now() - timedelta(days=90), looked_at=clock.now() - timedelta(days=90)
    )
    assert look() == 1
    assert dict(searching.counted(SearchNews.objects.get())) == {"Kitchens": 1, "Sun": 1}


def test_once_a_day_is_told_in_the_morning_and_once(ada, lekstede, lunch):
    keep(ada, pace="daily")
    early = noon().replace(hour=3)
    assert look(early) == 0
    assert look(noon()) == 1
    again = make.need(by=lekstede, title="Lunch again")
    type(again).objects.filter(pk=again.pk).update(live_at=noon() + timedelta(hours=1))
    assert look(noon() + timedelta(hours=2)) == 0
    assert look(noon() + timedelta(days=1)) == 1


def test_once_a_week_waits_a_week(ada, lekstede, lunch):
    keep(ada, pace="weekly")
    assert look(noon() + timedelta(days=3)) == 0
    assert look(noon() + timedelta(days=7)) == 1


def test_who_wants_no_mail_of_it_gets_none_and_finds_it_on_the_page(client, ada, broodnodig, lunch):
    Preference.objects.create(person=ada, muted=["partners.searchnews"])
    keep(ada, pace="at_once", name="Muted")
    look()
    assert not mails(ada).exists()
    client.force_login(ada)
    assertContains(client.get(PAGE), lunch.title)


def test_never_is_found_and_told_to_nobody(ada, lunch):
    search = keep(ada, pace="never")
    assert look() == 0
    assert search.hits.count() == 1
    assert not SearchNews.objects.exists()


def test_a_hidden_need_is_found_by_what_is_public_alone(ada, lekstede):
    make.need(by=lekstede, title="Quiet lunch", hides_name=True)
    keep(ada, query="q=lekstede", name="By name")
    assert look() == 0


# Faults: a worker that dies, two at once


def test_who_is_killed_in_the_middle_leaves_nothing_and_the_next_tells_it(ada, lunch, monkeypatch):
    keep(ada)
    real = searching.tell_of

    def dies(news):
        real(news)
        raise SystemExit

    monkeypatch.setattr(searching, "tell_of", dies)
    with pytest.raises(SystemExit):
        look()
    assert not SearchHit.objects.exists()
    assert not mails(ada).exists()
    monkeypatch.setattr(searching, "tell_of", real)
    assert look() == 1
    assert mails(ada).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_it_once(ada, lunch):
    keep(ada)
    keep(ada, query="sector=catering", name="Catering")

    def one(_number):
        try:
            return look()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 1
    assert mails(ada).count() == 1


def test_the_database_holds_one_message_a_period_and_each_result_once(ada, lunch):
    keep(ada)
    look()
    for table, columns, name in (
        ("partners_searchhit", "search_id, thing, found_at", "search_hit_once"),
        (
            "partners_searchnews",
            "state, person_id, pace, period, total",
            "search_news_once_a_period",
        ),
    ):
        said = columns.replace("state", "'found'") if "news" in table else columns
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            _run(f"INSERT INTO {table} ({columns}) SELECT {said} FROM {table}")
    _run(
        "INSERT INTO partners_searchhit (search_id, thing, found_at)"
        " SELECT search_id, 0, found_at FROM partners_searchhit"
    )


def _run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


# The pages


def test_a_search_is_kept_from_a_list_and_the_same_again_changes_it(client, ada, broodnodig):
    client.force_login(ada)
    assertContains(client.get("/en/market/?q=lunch&sort=value"), "Keep this search")
    said = {
        "kind": "market",
        "query": "q=lunch&sort=value&page=2",
        "name": "Lunch",
        "pace": "daily",
    }
    client.post(SAVE, said)
    assertContains(client.post(SAVE, said | {"pace": "weekly"}, follow=True), "The search is kept.")
    search = SavedSearch.objects.get()
    assert (search.query, search.pace) == ("q=lunch", "weekly")


def test_who_joined_on_the_day_of_saving_is_told_if_later_and_not_if_before(
    client, ada, broodnodig
):
    client.force_login(ada)
    make.organisation("De Zonnebloem")
    said = {"kind": "partners", "query": "q=zonnebloem", "name": "Sun", "pace": "at_once"}
    client.post(SAVE, said)
    assert look() == 0
    make.organisation("Zonnebloemen en meer")
    assert look() == 1
    assert SearchNews.objects.get().total == 1


@pytest.mark.parametrize("address", ["/en/market/", "/en/partners/", "/en/challenges/"])
def test_each_list_offers_it(client, ada, broodnodig, address):
    assertContains(client.get(address), "Sign in to keep this search")
    client.force_login(ada)
    assertContains(client.get(address), "Keep this search and hear of new results")


def test_a_name_is_asked_for_and_nothing_is_lost(client, ada):
    client.force_login(ada)
    answer = client.post(SAVE, {"kind": "market", "query": "q=x1", "name": "", "pace": "daily"})
    assert answer.status_code == 422
    assertContains(answer, 'value="q=x1"', status_code=422)


def test_it_is_changed_removed_and_nobody_elses(client, ada, noor):
    search = keep(ada)
    client.force_login(noor)
    assert client.post(f"{PAGE}{search.pk}/", {"remove": "1"}).status_code == 404
    assertNotContains(client.get(PAGE), "q=lunch")
    client.force_login(ada)
    client.post(f"{PAGE}{search.pk}/", {"pace": "never"})
    search.refresh_from_db()
    assert search.pace == "never"
    assertContains(
        client.post(f"{PAGE}{search.pk}/", {"pace": "x"}, follow=True), "Choose how often."
    )
    client.post(f"{PAGE}{search.pk}/", {"remove": "1"})
    assert not SavedSearch.objects.exists()


def test_what_is_new_since_the_last_visit_is_counted(client, ada, lunch):
    keep(ada, pace="never")
    look()
    client.force_login(ada)
    assertContains(client.get(PAGE), "1 new since you last looked here")
    assertContains(client.get(PAGE), "0 new since you last looked here")


@pytest.fixture
def twelve(ada, lekstede):
    """A search of Ada’s that found twelve needs."""
    search = keep(ada, pace="never")
    for number in range(12):
        make.need(by=lekstede, title=f"Lunch {number}")
    look()
    return search


def new_on(page):
    """The titles that are marked as new on a page."""
    marked = BeautifulSoup(page.content, "html.parser").select("main .state--open")
    return {mark.find_parent("li").a.get_text() for mark in marked}


def test_of_twelve_new_ones_none_is_lost(client, ada, twelve):
    client.force_login(ada)
    for _visit in "ab":  # more than stand there: none of them is seen yet
        page = client.get(PAGE)
        assertContains(page, "12 new since you last looked here")
        assert len(new_on(page)) == 5
    assertContains(page, "All results")
    every = client.get(f"{PAGE}{twelve.pk}/")
    assert new_on(every) == {f"Lunch {number}" for number in range(12)}
    assertContains(client.get(PAGE), "0 new since you last looked here")
    assert new_on(client.get(f"{PAGE}{twelve.pk}/")) == set()


def test_one_search_with_very_many_results_hides_no_other(client, ada, twelve, monkeypatch):
    monkeypatch.setattr("partners.views.searches.MOST_COUNTED", 5)
    other = keep(ada, query="q=keuken", kind="partners", name="Zzz", pace="never")
    for number in range(6):
        make.organisation(f"Keuken {number}")
    look()
    client.force_login(ada)
    rows = {row.pk: row for row in client.get(PAGE).context["searches"]}
    assert rows[other.pk].new == rows[twelve.pk].new == 5


def test_they_stay_new_until_the_page_with_the_last_of_them(client, ada, twelve, monkeypatch):
    monkeypatch.setattr("factory.lists.A_PAGE", 5)
    client.force_login(ada)
    marked = [new_on(client.get(f"{PAGE}{twelve.pk}/?page={number}")) for number in (1, 2, 1, 3)]
    assert list(map(len, marked)) == [5, 5, 5, 2]
    assert set().union(*marked) == {f"Lunch {number}" for number in range(12)}
    assertContains(client.get(PAGE), "0 new since you last looked here")


def test_what_a_browser_fetches_in_advance_is_not_seen(client, ada, lunch):
    keep(ada, pace="never")
    look()
    client.force_login(ada)
    client.get(PAGE, headers={"Sec-Purpose": "prefetch"})
    assert new_on(client.get(PAGE)) == {lunch.title}
    assert new_on(client.get(PAGE)) == set()


def test_what_left_again_is_not_counted(client, ada, noor, twelve):
    make.listings.withdraw(Listing.objects.get(title="Lunch 3"), by=noor)
    client.force_login(ada)
    assertContains(client.get(PAGE), "11 new since you last looked here")


def test_the_results_are_nobody_elses(client, noor, twelve):
    client.force_login(noor)
    assert client.get(f"{PAGE}{twelve.pk}/").status_code == 404


def test_the_page_costs_the_same_for_one_search_and_for_twenty(client, ada, lunch):
    client.force_login(ada)
    costs = set()
    for size in (1, 3, 20):
        while SavedSearch.objects.count() < size:
            keep(ada, query=f"q=lunch{SavedSearch.objects.count()}", name="One")
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        costs.add(len(captured))
    assert len(costs) == 1


def test_only_the_machine_brings_news_together(ada, cleo, max_):
    for move in (searching.bring_together, searching.tell_of):
        assert not any(move.may.test(person, SearchNews()) for person in (ada, cleo, max_))
