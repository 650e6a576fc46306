"""Inbox, preferences and unsubscribing."""

import pytest
from django.test import Client

from factory.notices import links
from factory.notices.models import Notice, Preference
from factory.notices.views import inbox
from market.lifecycle import match as matches
from tests import make


@pytest.fixture
def told(ada, broodnodig, cleo):
    """Ada, with three things in her inbox."""
    Notice.objects.all().delete()
    for _n in range(3):
        matches.approve(make.match(supplier=broodnodig), by=cleo)
    return ada


def test_the_inbox_is_for_who_signed_in(client, db):
    assert client.get("/desk/inbox/").status_code == 302


def test_the_inbox_shows_what_was_told(client, told):
    client.force_login(told)
    page = client.get("/en/desk/inbox/").content.decode()
    assert page.count("Does this fit you?") == 3


def test_the_inbox_shows_nothing_of_somebody_else(client, told, dan):
    Notice.objects.filter(recipient=dan).delete()
    client.force_login(dan)
    assert "Does this fit you?" not in client.get("/en/desk/inbox/").content.decode()


def test_the_inbox_takes_the_same_number_of_queries_at_any_length(
    client, told, broodnodig, cleo, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(told)
    client.get("/desk/inbox/")
    with django_assert_max_num_queries(14) as few:
        client.get("/desk/inbox/")
    for _n in range(10):
        matches.approve(make.match(supplier=broodnodig), by=cleo)
    with django_assert_num_queries(len(few)):
        client.get("/desk/inbox/")


def test_the_inbox_has_pages(client, told, broodnodig, cleo, monkeypatch):
    monkeypatch.setattr(inbox, "A_PAGE", 2)
    client.force_login(told)
    first, second = (client.get(f"/en/desk/inbox/?page={n}").content.decode() for n in (1, 2))
    assert first.count("Does this fit you?") == 2
    assert second.count("Does this fit you?") == 1


def test_opening_one_marks_it_as_read(client, told):
    client.force_login(told)
    notice = Notice.objects.inbox(told).first()
    response = client.get(f"/desk/inbox/{notice.pk}/")
    assert response["Location"].startswith("/market/matches/")
    assert Notice.objects.inbox(told).unread().count() == 2


def test_nobody_opens_the_notice_of_another(client, told, dan):
    client.force_login(dan)
    assert client.get(f"/desk/inbox/{Notice.objects.inbox(told).first().pk}/").status_code == 404
    assert Notice.objects.inbox(told).unread().count() == 3


def test_everything_can_be_marked_as_read(client, told):
    client.force_login(told)
    client.post("/desk/inbox/")
    assert Notice.objects.inbox(told).unread().count() == 0


def test_what_may_not_be_seen_any_more_has_no_link(client, told, broodnodig):
    make.leaves(told)
    client.force_login(told)
    assert "/desk/inbox/" in client.get("/desk/inbox/").content.decode()
    notice = Notice.objects.inbox(told).first()
    assert client.get(f"/desk/inbox/{notice.pk}/")["Location"] == "/desk/inbox/"


def test_a_choice_is_kept(client, ada):
    client.force_login(ada)
    client.post("/desk/mail/", {"preset": "weekly", "wanted": ["market.match", "digest"]})
    kept = Preference.objects.get(person=ada)
    assert kept.preset == "weekly"
    assert "market.listing" in kept.muted
    assert "market.match" not in kept.muted


def test_a_choice_that_does_not_exist_is_refused(client, ada):
    client.force_login(ada)
    assert client.post("/desk/mail/", {"preset": "never"}).status_code == 422
    assert not Preference.objects.exists()


def test_one_click_stops_a_topic_without_signing_in_and_without_a_cookie(ada):
    link = _link(ada)
    post = Client(enforce_csrf_checks=True).post
    assert post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preference.objects.get(person=ada).muted == ["market.match"]
    post(link, {"List-Unsubscribe": "One-Click"})
    assert Preference.objects.get(person=ada).muted == ["market.match"]


def _link(person):
    return "/" + links.unsubscribe_url(person.pk, "market.match").split("/", 3)[3]


def test_opening_the_link_to_stop_changes_nothing(ada, client):
    assert client.get(_link(ada)).status_code == 200
    assert not Preference.objects.exists()


def test_stopped_mail_can_come_again(ada, client):
    client.post(_link(ada))
    client.post(_link(ada), {"again": "1"})
    assert Preference.objects.get(person=ada).muted == []


def test_a_changed_link_stops_nothing(ada, client):
    assert client.post(_link(ada)[:-4] + "abc/").status_code == 404
    assert not Preference.objects.exists()
