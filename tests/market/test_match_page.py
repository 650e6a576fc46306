"""The page of a match: who sees what and when, and what each side can press."""

import pytest

from factory.moves import Missing
from market.lifecycle import match as matches
from market.models import Match
from partners import lifecycle as organisations
from tests import make

STATES = [str(state) for state in Match.State]


@pytest.fixture
def secret(lekstede):
    """A need whose buyer wants to be asked first."""
    return make.need(by=lekstede, ask_me_first=True, title="Cake for an opening")


def page(client, match, person):
    """The page as this person reads it, in English; an empty text if it is not there."""
    client.force_login(person)
    answer = client.get(f"/en/market/matches/{match.pk}/")
    return answer.content.decode() if answer.status_code == 200 else ""


def press(client, match, move, person, **facts):
    """One press on a button of the match."""
    client.force_login(person)
    url = f"/en/market/matches/{match.pk}/{move}/"
    return client.post(url, {"token": next(make.number)} | facts)


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_page_for_whoever_may_see_it(
    client, state, lunch, broodnodig, noor, ada, dan
):
    match = make.match(state, need=lunch, supplier=broodnodig)
    assert bool(page(client, match, noor)) == (state != "dismissed")
    assert bool(page(client, match, ada)) == (state not in ("suggested", "dismissed"))
    assert not page(client, match, dan)


def test_a_visitor_is_asked_to_sign_in_whether_it_is_there_or_not(client, match):
    for address in (match.get_absolute_url(), "/market/matches/999999/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.url.endswith(f"/accounts/login/?next={address}")


def test_a_buyer_who_asked_for_it_stays_nameless_until_both_said_yes(
    client, secret, broodnodig, ada, noor
):
    match = make.match("approved", need=secret, supplier=broodnodig)
    for _turn in range(2):
        text = page(client, match, ada)
        assert "Gemeente Lekstede" not in text
        assert noor.name not in text
        if not match.supplier_agreed_at:
            matches.accept(match, by=ada)
    matches.accept(match, by=noor)
    assert "Gemeente Lekstede" in page(client, match, ada)


def test_a_buyer_who_did_not_ask_for_it_is_named_but_not_its_people(
    client, lunch, broodnodig, ada, noor
):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    text = page(client, match, ada)
    assert "Gemeente Lekstede" in text
    assert noor.name not in text
    assert noor.email not in text


def test_names_and_numbers_come_with_the_introduction(client, lunch, broodnodig, ada, noor):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    assert noor.email in page(client, match, ada)
    assert ada.email in page(client, match, noor)


def test_a_viewer_sees_the_match_but_cannot_answer(client, lunch, broodnodig, vera):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    assert "Yes, introduce us" not in page(client, match, vera)
    assert press(client, match, "accept", vera).status_code == 403


def test_one_press_says_yes(client, lunch, broodnodig, ada):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    assert "Yes, introduce us" in page(client, match, ada)
    assert press(client, match, "accept", ada).status_code == 302
    match.refresh_from_db()
    assert match.state == "introduced"


def test_no_wants_a_reason(client, lunch, broodnodig, ada):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    assert press(client, match, "decline", ada).status_code == 422
    assert press(client, match, "decline", ada, reason="capacity").status_code == 302
    match.refresh_from_db()
    assert (match.state, match.reason) == ("declined", "capacity")


def test_what_only_the_site_can_know_is_no_reason(client, lunch, broodnodig, ada):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    assert press(client, match, "decline", ada, reason="filled").status_code == 422


def test_the_second_side_confirms_the_same_amount_in_one_press(
    client, lunch, broodnodig, ada, noor
):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    press(client, match, "confirm", ada, cents="812,50")
    text = page(client, match, noor)
    assert "Yes, € 812.50 is right" in text.replace("\xa0", " ")
    assert 'name="cents" value="812,50"' in text
    press(client, match, "confirm", noor, cents="812,50")
    match.refresh_from_db()
    assert (match.state, match.realised_cents) == ("completed", 81_250)


def test_the_form_for_another_amount_shows_the_first_one(client, lunch, broodnodig, ada, noor):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.confirm(match, by=ada, cents=81_250)
    client.force_login(noor)
    text = client.get(f"/en/market/matches/{match.pk}/confirm/").content.decode()
    assert "Broodnodig noted" in text
    assert 'value="812,50"' in text


def test_a_difference_of_the_vat_is_asked_about_first(client, lunch, broodnodig, ada, noor):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.confirm(match, by=ada, cents=100_000)
    answer = press(client, match, "confirm", noor, cents="1210")
    assert answer.status_code == 422
    assert "differ by exactly the VAT" in answer.content.decode()
    assert press(client, match, "confirm", noor, cents="1210", vat_checked="on").status_code == 302
    match.refresh_from_db()
    assert match.state == "disputed"


@pytest.mark.parametrize("wrong", ["", "0", "-1", "1e9", "99999999999", "ten"])
def test_a_wrong_amount_comes_back_with_what_was_typed(client, lunch, broodnodig, ada, wrong):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    answer = press(client, match, "confirm", ada, cents=wrong)
    assert answer.status_code == 422
    assert f'value="{wrong}"' in answer.content.decode() or not wrong


def test_messages_are_read_by_both_sides_as_text(client, lunch, broodnodig, ada, noor):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    assert press(client, match, "write", ada, text="We bring it <b>at noon</b>.").status_code == 302
    assert "We bring it &lt;b&gt;at noon&lt;/b&gt;." in page(client, match, noor)


def test_nobody_writes_before_they_met(client, lunch, broodnodig, ada):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    assert "Your message" not in page(client, match, ada)
    assert press(client, match, "write", ada, text="Hello").status_code == 409


def test_what_coordinators_weighed_is_not_in_the_history(
    client, lunch, broodnodig, ada, noor, cleo
):
    match = make.match("dismissed", need=lunch, supplier=broodnodig)
    matches.restore(match, by=cleo)
    matches.approve(match, by=cleo)
    for person in (ada, noor):
        text = page(client, match, person)
        assert "Approved" in text
        assert "Dismissed" not in text
        assert "Back on the shortlist" not in text


def test_the_history_says_who_said_yes_by_their_side(client, secret, broodnodig, ada, noor):
    match = make.match("approved", need=secret, supplier=broodnodig)
    matches.accept(match, by=noor)
    text = page(client, match, ada)
    assert "by the buyer" in text
    assert noor.name not in text


def test_reasons_stand_in_words_and_warnings_apart(client, lunch, broodnodig, ada):
    reasons = [{"code": "same_province", "name": "Utrecht", "km": 9}, {"code": "far", "km": 90}]
    match = make.match("approved", need=lunch, supplier=broodnodig, reasons=reasons)
    text = page(client, match, ada)
    assert "In the same province: Utrecht, 9 km away" in text
    assert "is-but" in text


def test_who_is_suspended_gets_nobodys_name_and_number(client, secret, broodnodig, ada, noor, cleo):
    match = make.match("approved", need=secret, supplier=broodnodig)
    matches.accept(match, by=noor)
    organisations.suspend(broodnodig, by=cleo, note="A fraud.")
    assert press(client, match, "accept", ada).status_code == 409
    match.refresh_from_db()
    assert match.state == "approved"
    assert noor.email not in page(client, match, ada)


def test_nobody_is_proposed_to_who_is_suspended(lunch, broodnodig, cleo):
    match = make.match("suggested", need=lunch, supplier=broodnodig)
    organisations.suspend(lunch.organisation, by=cleo, note="A fraud.")
    match.refresh_from_db()
    with pytest.raises(Missing):
        matches.approve(match, by=cleo)


def test_a_no_asks_for_a_reason_in_plain_words_and_its_button_sends_it(client, match, ada):
    matches.approve(match, by=make.coordinator("Karin Other"))
    text = press(client, match, "decline", ada).content.decode()
    assert "Choose a reason." in text
    assert "Send my no</button>" in text


def test_who_said_yes_reads_a_sentence(client, match, ada):
    matches.approve(match, by=make.coordinator("Karin Other"))
    press(client, match, "accept", ada)
    assert "You said yes. How it goes on stands below." in page(client, match, ada)
