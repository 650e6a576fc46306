"""The page of a need or an offer, for everybody who may come there."""

import pytest

from market.lifecycle import match as matches
from market.models import Report
from tests import make

PRIVATE = ["paused", "expired", "filled", "withdrawn", "taken_down"]


def page(client, thing, person=None, language="en"):
    """Status and text of a thing's page, in English unless told otherwise."""
    if person:
        client.force_login(person)
    prefix = "/en" if language == "en" else ""
    answer = client.get(prefix + thing.get_absolute_url().removeprefix("/en"))
    return answer.status_code, answer.content.decode()


def test_a_visitor_reads_what_is_asked_and_how_it_goes_on(client, lunch):
    status, text = page(client, lunch)
    assert status == 200
    assert "Lunch for sixty people" in text
    assert "How it goes on" in text
    assert "Post an offer" in text


@pytest.mark.parametrize("state", PRIVATE)
def test_what_is_off_the_market_is_there_for_its_own_people_alone(
    client, state, lekstede, noor, dan
):
    thing = make.need(by=lekstede, state=state)
    assert page(client, thing)[0] == 404
    assert page(client, thing, dan)[0] == 404
    assert page(client, thing, noor)[0] == 200


def test_a_draft_says_what_it_waits_for(client, dan):
    mine = make.organisation(state="applied", owner=dan)
    status, text = page(client, make.need(by=mine), dan)
    assert status == 200
    assert "still checking your organisation" in text


def test_the_reason_of_a_coordinator_is_read_by_the_organisation(client, lekstede, noor):
    thing = make.need(by=lekstede, state="taken_down")
    assert "It is an advertisement." in page(client, thing, noor)[1]


def test_an_owner_sees_their_moves_and_a_stranger_does_not(client, lunch, noor, dan):
    assert "Withdraw" in page(client, lunch, noor)[1]
    assert "Withdraw" not in page(client, lunch, dan)[1]


def test_a_viewer_sees_the_shortlist_but_no_moves(client, lekstede, lunch, match, cleo):
    matches.approve(match, by=cleo)
    looks = make.member(lekstede, "viewer")
    _status, text = page(client, lunch, looks)
    assert "Broodnodig" in text
    assert "Withdraw" not in text


def test_a_stranger_sees_nothing_of_the_shortlist(client, lunch, match, cleo, dan):
    matches.approve(match, by=cleo)
    assert "Broodnodig" not in page(client, lunch, dan)[1]


def test_a_supplier_that_was_asked_finds_its_match(client, lunch, match, cleo, ada):
    matches.approve(match, by=cleo)
    assert match.get_absolute_url() in page(client, lunch, ada)[1]


def test_the_name_follows_after_the_introduction(client, lekstede, broodnodig, ada, noor):
    secret = make.need(by=lekstede, ask_me_first=True)
    match = make.match("approved", need=secret, supplier=broodnodig)
    assert "Gemeente Lekstede" not in page(client, secret, ada)[1]
    matches.accept(match, by=ada)
    matches.accept(match, by=noor)
    assert "Gemeente Lekstede" in page(client, secret, ada)[1]


def test_html_that_somebody_typed_is_shown_as_text(client, lekstede):
    thing = make.need(by=lekstede, title="<b>Lunch</b>", text="<script>alert(1)</script>")
    text = page(client, thing)[1]
    assert "<script>alert" not in text
    assert "&lt;b&gt;Lunch" in text


def test_a_visitor_can_report_and_the_journal_does_not_know_who(client, lunch, cleo):
    url = f"{lunch.get_absolute_url()}report/"
    assert client.get(url).status_code == 200
    answer = client.post(url, {"why": "personal", "text": "A phone number", "token": "a"})
    assert answer.status_code == 302
    assert Report.objects.get().reporter is None


def test_a_report_knows_who_wrote_it_when_signed_in(client, lunch, dan):
    client.force_login(dan)
    client.post(f"{lunch.get_absolute_url()}report/", {"why": "other", "token": "a"})
    assert Report.objects.get().reporter == dan


def test_a_report_without_a_reason_comes_back_with_the_text(client, lunch):
    answer = client.post(f"{lunch.get_absolute_url()}report/", {"text": "My words", "token": "a"})
    assert answer.status_code == 422
    assert "My words" in answer.content.decode()
    assert not Report.objects.exists()


def test_nobody_reports_what_they_cannot_see(client, lekstede):
    thing = make.need(by=lekstede, state="withdrawn")
    assert client.get(f"{thing.get_absolute_url()}report/").status_code == 404


def test_a_stranger_is_told_who_may(client, lunch, dan):
    client.force_login(dan)
    answer = client.post(f"/en{lunch.get_absolute_url()}withdraw/", {"token": "a"})
    assert answer.status_code == 403
    assert "an owner or editor of the organisation that posted it" in answer.content.decode()


def test_twice_withdrawn_says_that_it_is_no_longer_possible(client, lunch, noor):
    client.force_login(noor)
    url = f"/en{lunch.get_absolute_url()}withdraw/"
    assert client.post(url, {"token": "a"}).status_code == 302
    answer = client.post(url, {"token": "b"})
    assert answer.status_code == 409
    assert "by you" in answer.content.decode()


def test_a_report_begins_with_nothing_chosen_and_is_thanked_for(client, lunch):
    where = f"{lunch.get_absolute_url()}report/"
    assert '<option value="" selected>' in client.get(where).content.decode()
    pressed = client.post(where, {"why": "", "text": "", "token": "a"})
    assert pressed.status_code == 422
    assert "Kies wat er niet klopt." in pressed.content.decode()
    assert not lunch.reports.exists()
    sent = client.post(where, {"why": "other", "token": "b"}, follow=True)
    assert "Bedankt voor je melding." in sent.content.decode()
