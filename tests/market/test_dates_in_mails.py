"""A day by which the reader must do something stands in the diary too; the same day again replaces the first."""

import email
from datetime import UTC, date, timedelta
from email.policy import default

import pytest
from django.utils import timezone, translation
from icalendar import Calendar

from factory import clock
from factory.notices.letters import write
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import Listing, Match
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def told(person, template):
    """The last mail of this kind to somebody, in English."""
    found = Notice.objects.mail().filter(recipient=person, template=f"notices/{template}")
    notice = found.latest("pk")
    notice.language = "en"
    return notice


def entries(notice):
    """What its calendar holds; nothing if it carries none."""
    mail = email.message_from_string(write(notice)[3], policy=default)
    attached = [part for part in mail.iter_attachments()]
    assert [part.get_content_type() for part in attached] in ([], ["text/calendar"])
    return [
        entry
        for part in attached
        for entry in Calendar.from_ical(part.get_content()).walk("VEVENT")
    ]


def entry(person, template):
    """The one day in the mail."""
    (found,) = entries(told(person, template))
    return found


@pytest.fixture
def asked(match, cleo):
    """Broodnodig, asked whether it fits."""
    matches.approve(match, by=cleo)
    match.refresh_from_db()
    return match


def test_who_is_asked_gets_the_day_by_which_to_answer(asked, ada):
    found = entry(ada, "match/approve_suppliers")
    assert found["DTSTART"].dt == timezone.localdate(asked.lapse_at)
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(days=1)
    assert found["SUMMARY"] == "Say yes or no: Lunch for sixty people"
    assert found["URL"].endswith(f"/market/matches/{asked.pk}/")


def test_a_buyer_who_is_asked_first_gets_it_too(lekstede, broodnodig, noor):
    match = make.match("approved", make.need(by=lekstede, ask_me_first=True), broodnodig)
    found = entry(noor, "match/approve_buyers_to_ask")
    assert found["DTSTART"].dt == timezone.localdate(match.lapse_at)


def test_a_buyer_who_need_do_nothing_gets_none(asked, noor):
    assert entries(told(noor, "match/approve_buyers_who_agreed")) == []


def test_a_reminder_carries_the_same_day_in_the_place_of_the_first(asked, ada):
    first = entry(ada, "match/approve_suppliers")
    Match.objects.filter(pk=asked.pk).update(nudge_at=clock.now() - timedelta(hours=1))
    matches.nudge(asked)
    again = entry(ada, "match/nudge_those_who_have_not_said_yes")
    assert (again["UID"], again["DTSTART"].dt) == (first["UID"], first["DTSTART"].dt)
    assert int(again["SEQUENCE"]) > int(first["SEQUENCE"])


def test_the_day_it_is_needed_is_another_day_and_a_message_does_not_repeat_it(
    lunch, asked, ada, noor
):
    Listing.objects.filter(pk=lunch.pk).update(needed_by_date=date(2027, 1, 7))
    by_when = entry(ada, "match/approve_suppliers")
    matches.accept(asked, by=ada)
    met = entry(ada, "match/introduce_both_sides")
    assert met["DTSTART"].dt == date(2027, 1, 7)
    assert met["UID"] != by_when["UID"]
    asked.refresh_from_db()
    matches.write(asked, by=noor, text="When do you come?")
    assert entries(told(ada, "match/write_both_sides")) == []


def test_who_gives_a_price_gets_the_closing_time_by_the_hour(lunch, broodnodig, ada):
    make.match("approved", need=lunch, supplier=broodnodig)
    make.asks_prices(lunch)
    lunch.refresh_from_db()
    found = entry(ada, "match/ask_price_suppliers")
    closes_at = lunch.prices.closes_at.replace(microsecond=0)
    assert found["DTSTART"].dt == found["DTEND"].dt == closes_at
    assert found["DTSTART"].dt.tzinfo is not None
    assert found["DTSTART"].dt.utcoffset() == UTC.utcoffset(None)
    assert found["SUMMARY"].startswith("Give your price before this hour: ")


def test_a_renewal_carries_the_last_day_on_the_market(lunch, noor):
    ends = timezone.now() + timedelta(days=3)
    Listing.objects.filter(pk=lunch.pk).update(expires_at=ends, reminded_at=None)
    lunch.refresh_from_db()
    listings.remind(lunch)
    found = entry(noor, "listing/remind_posters")
    assert found["DTSTART"].dt == timezone.localdate(ends)
    Listing.objects.filter(pk=lunch.pk).update(expires_at=ends - timedelta(days=4))
    lunch.refresh_from_db()
    listings.expire(lunch)
    assert entries(told(noor, "listing/expire_posters")) == []
