"""A coordinator's move that sends mail can be taken back until the mail leaves, and then no more."""

from datetime import timedelta

import pytest

from factory import clock
from factory.journal.models import Event
from factory.moves import Missing
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import Report
from partners import lifecycle as organisations
from tests import make


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def nothing_goes_out(thing, verb):
    event = Event.objects.about(thing).filter(verb=verb).last()
    told = Notice.objects.of(event)
    return (
        told.exists()
        and not told.filter(channel="mail", status="waiting").exists()
        and not told.filter(channel="inbox", shown_at__isnull=False).exists()
    )


ORGANISATION = [
    ("activate", "in_check", {}),
    ("ask_more", "in_check", {"note": "Which?"}),
    ("turn_down", "applied", {"note": "Abroad"}),
    ("turn_down", "in_check", {"note": "Abroad"}),
    ("suspend", "active", {"note": "Gone"}),
    ("reinstate", "suspended", {}),
]


@pytest.mark.parametrize(("name", "state", "details"), ORGANISATION)
def test_what_is_decided_about_an_organisation_is_taken_back(cleo, name, state, details):
    thing = make.organisation(state=state)
    getattr(organisations, name)(thing, by=cleo, **details)
    organisations.take_back(thing, by=cleo)
    assert fresh(thing).state == state
    assert nothing_goes_out(thing, f"organisation.{name}")


@pytest.mark.parametrize("state", ["introduced", "agreed", "disputed"])
def test_a_match_that_was_called_off_goes_on(cleo, state):
    match = make.match(state)
    matches.cancel(match, by=cleo, reason="timing")
    matches.take_back(match, by=cleo)
    assert (fresh(match).state, fresh(match).reason) == (state, "")
    assert nothing_goes_out(match, "match.cancel")


def test_a_listing_that_was_taken_down_stands_again_and_its_reports_wait(cleo):
    offer = make.offer()
    listings.report(offer, by=make.person(), why="other", text="")
    listings.take_down(offer, by=cleo, because="An advertisement.")
    listings.take_back(offer, by=cleo)
    assert fresh(offer).state == "live"
    assert Report.objects.filter(handled_at=None).exists()
    assert nothing_goes_out(offer, "listing.take_down")


def test_a_listing_that_was_put_back_is_down_again_with_its_reason(cleo):
    offer = make.offer(state="taken_down")
    listings.put_back(offer, by=cleo)
    listings.take_back(offer, by=cleo)
    assert (fresh(offer).state, fresh(offer).taken_down_because != "") == ("taken_down", True)


def test_not_after_the_mail_has_left_or_the_time_has_run_out(cleo, monkeypatch):
    thing = make.organisation()
    organisations.suspend(thing, by=cleo, note="Gone")
    later = clock.now() + timedelta(seconds=301)
    monkeypatch.setattr("factory.clock.now", lambda: later)
    with pytest.raises(Missing):
        organisations.take_back(thing, by=cleo)
    monkeypatch.undo()
    Notice.objects.mail().update(status="sent")
    with pytest.raises(Missing):
        organisations.take_back(thing, by=cleo)


def test_what_a_member_called_off_is_not_a_coordinators_to_take_back(cleo, noor, lunch, broodnodig):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.cancel(match, by=noor, reason="timing")
    with pytest.raises(Missing):
        matches.take_back(match, by=cleo)


def test_a_note_in_between_does_not_stand_in_the_way(cleo):
    thing = make.organisation()
    organisations.suspend(thing, by=cleo, note="Gone")
    organisations.note(thing, by=cleo, text="Was a mistake")
    organisations.take_back(thing, by=cleo)
    assert fresh(thing).state == "active"


def test_not_when_somebody_else_took_the_number_meanwhile(cleo):
    thing = make.organisation(state="in_check", kvk="12345678")
    organisations.turn_down(thing, by=cleo, note="Abroad")
    make.organisation(kvk="12345678")
    with pytest.raises(Missing, match="KvK"):
        organisations.take_back(thing, by=cleo)


def test_not_when_the_two_were_brought_together_anew(cleo):
    match = make.match("introduced")
    matches.cancel(match, by=cleo, reason="timing")
    make.match(need=match.need, supplier=match.organisation)
    with pytest.raises(Missing):
        matches.take_back(match, by=cleo)


def asked_to_join(organisation):
    somebody = make.member(organisation, "editor", confirmed=False)
    return organisation.memberships.get(person=somebody)


def test_who_was_let_in_by_a_coordinator_asks_again_and_hears_nothing(cleo):
    thing = make.organisation()
    membership = asked_to_join(thing)
    organisations.admit(thing, by=cleo, membership=membership, role="owner")
    organisations.take_back(thing, by=cleo)
    membership.refresh_from_db()
    assert (membership.confirmed_at, membership.role) == (None, "editor")
    assert nothing_goes_out(thing, "organisation.admit")
    with pytest.raises(Missing):
        organisations.take_back(thing, by=cleo)
    organisations.admit(thing, by=cleo, membership=membership, role="viewer")
    assert thing.memberships.confirmed().count() == 2


def test_of_two_who_were_let_in_the_last_one_is_taken_back(cleo):
    thing = make.organisation()
    first, second = asked_to_join(thing), asked_to_join(thing)
    for membership in (first, second):
        organisations.admit(thing, by=cleo, membership=membership, role="editor")
    organisations.take_back(thing, by=cleo)
    asks = thing.memberships.asked()
    assert list(asks) == [second]


def test_whom_an_owner_let_in_is_not_a_coordinators_to_take_back(cleo):
    thing = make.organisation()
    organisations.admit(thing, by=thing.owner, membership=asked_to_join(thing), role="editor")
    with pytest.raises(Missing):
        organisations.take_back(thing, by=cleo)


def test_what_was_decided_before_somebody_was_let_in_is_not_reached_through_it(cleo):
    thing = make.organisation(state="in_check")
    organisations.activate(thing, by=cleo)
    organisations.admit(thing, by=cleo, membership=asked_to_join(thing), role="editor")
    organisations.take_back(thing, by=cleo)
    assert fresh(thing).state == "active"
