"""Drafts that nobody finishes: told in time, kept by one save, and gone after the day that was said."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from factory import clock
from factory.knowledge.models import Norm
from factory.notices.models import Notice
from market.drafting import Seen
from market.lifecycle import dropping
from market.models import Draft
from market.tasks import drop_drafts
from tests import make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
NEARLY_A_YEAR = timedelta(days=336)
LESS = timedelta(days=334)
A_MONTH = timedelta(days=30)


def old(draft, age=NEARLY_A_YEAR):
    """As if it was saved last so long ago."""
    Draft.objects.filter(pk=draft.pk).update(saved_at=clock.now() - age)
    return draft


@pytest.fixture
def forgotten(lekstede, noor):
    """Noor began a need nearly a year ago, and never came back to it."""
    return old(make.draft(by=lekstede, title="Lunch for sixty"))


def mails():
    return list(Notice.objects.filter(event=None).order_by("pk"))


def day_has_come(draft):
    """As if the day that was said is today."""
    draft.refresh_from_db()
    Draft.objects.filter(pk=draft.pk).update(
        saved_at=draft.saved_at - A_MONTH, goes_at=clock.now() - timedelta(seconds=1)
    )


def test_whoever_began_it_hears_once_until_when_it_stays(forgotten, noor):
    assert dropping.sweep() == (0, 1)
    assert dropping.sweep() == (0, 0)
    mail = mails()
    assert [one.address for one in mail] == [noor.email]
    assert "Lunch for sixty" in mail[0].text
    assert settings.SITE_URL + forgotten.get_absolute_url() in mail[0].text
    forgotten.refresh_from_db()
    assert A_MONTH - timedelta(minutes=1) < forgotten.goes_at - clock.now() < A_MONTH


def test_after_that_day_it_is_gone_and_what_was_touched_is_not(forgotten, lekstede):
    fresh = make.draft(by=lekstede)
    drop_drafts()
    day_has_come(forgotten)
    assert dropping.sweep() == (1, 0)
    assert list(Draft.objects.all()) == [fresh]


def test_what_was_saved_within_eleven_months_stays_untouched(lekstede):
    old(make.draft(by=lekstede), LESS)
    assert dropping.sweep() == (0, 0)
    assert mails() == []


def test_the_days_are_norms_with_a_first_day(forgotten):
    today = clock.today()
    Norm.objects.create(
        code="draft-kept-days", value=800, unit="days", valid_from=today, source="A new rule"
    )
    assert dropping.sweep() == (0, 0)


def test_one_mail_tells_of_all(forgotten, lekstede):
    old(make.draft(by=lekstede, title="Window cleaning"))
    dropping.sweep()
    [mail] = mails()
    assert "Lunch for sixty" in mail.text
    assert "Window cleaning" in mail.text


def test_a_save_with_the_same_words_keeps_it_for_another_year(client, forgotten, noor):
    dropping.sweep()
    sign_in(client, noor)
    form = {"draft": forgotten.pk, "seen": forgotten.version, "page": "p", "kind": "need"}
    form |= {"title": "Lunch for sixty", "token": forgotten.token}
    assert client.post(reverse("market:drafts"), form).status_code == 302
    forgotten.refresh_from_db()
    assert forgotten.goes_at is None
    assert clock.now() - forgotten.saved_at < timedelta(minutes=1)
    assert dropping.sweep() == (0, 0)


def test_a_colleague_who_goes_on_with_it_keeps_it_too(forgotten, lekstede):
    dropping.sweep()
    sam = make.member(lekstede, "editor", "Sam Colleague")
    assert Seen(forgotten.pk, forgotten.version, "q").keep({"title": "Lunch"}, sam)
    forgotten.refresh_from_db()
    assert forgotten.goes_at is None


def test_of_somebody_who_left_the_owners_hear(lekstede, noor):
    sam = make.member(lekstede, "editor", "Sam Colleague")
    draft = old(make.draft(by=lekstede))
    Draft.objects.filter(pk=draft.pk).update(author=sam)
    lekstede.memberships.filter(person=sam).delete()
    dropping.sweep()
    assert [mail.address for mail in mails()] == [noor.email]


def test_the_desk_says_until_when_it_stays(client, forgotten, noor):
    dropping.sweep()
    text = sign_in(client, noor).get("/en/desk/").content.decode()
    assert "A draft that goes on" in text
