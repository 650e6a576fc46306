"""Answering from the mail: one page, one button, no signing in, and a plain page for what can go wrong."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from factory.journal.models import Event
from factory.notices import links
from factory.notices.letters import write
from factory.notices.models import Notice
from market.lifecycle import match as matches
from market.models import Listing, Match
from tests import make
from tests.doors import sign_in

State = Match.State
LINK = re.compile(r"http://[^/]+(/(?:en/)?a/[^\s]+)")


@pytest.fixture
def yes(asked):
    """The address behind "Yes, introduce us" in Ada's mail."""
    return LINK.findall(write(asked)[2])[0]


@pytest.fixture
def no(asked):
    """The address behind "Does not fit"."""
    return LINK.findall(write(asked)[2])[1]


@pytest.fixture
def by_ada(client, ada):
    """A browser in which Ada is signed in."""
    client.force_login(ada)
    return client


def said(response):
    return response.content.decode()


def test_opening_the_link_changes_nothing(yes, match, client):
    for _scanner in range(3):
        response = client.get(yes)
    match.refresh_from_db()
    assert response.status_code == 200
    assert match.state == State.APPROVED
    assert response["Cache-Control"] == "no-store"
    assert said(response).partition("<main")[2].count('type="submit"') == 1


def test_one_press_says_yes_without_signing_in(yes, match, ada, client):
    response = client.post(yes, follow=True)
    match.refresh_from_db()
    assert match.supplier_agreed_at
    event = Event.objects.about(match).get(verb="match.accept")
    assert (event.actor, event.channel) == (ada, "mail")
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_after_the_introduction_the_page_shows_whom_to_call(yes, match, noor, client):
    page = said(client.post(yes, follow=True))
    match.refresh_from_db()
    assert match.state == State.INTRODUCED
    assert noor.email in page


def test_the_forms_guard_against_other_sites_stays_on(yes, match):
    assert Client(enforce_csrf_checks=True).post(yes).status_code == 403


def test_pressing_twice_does_it_once(yes, match, client):
    token = {"token": "abc"}
    first, second = client.post(yes, token), client.post(yes, token)
    assert first.status_code == second.status_code == 302 or second.status_code == 200
    assert Event.objects.about(match).filter(verb="match.accept").count() == 1


def test_no_asks_for_the_reason(no, match, client):
    assert client.post(no).status_code == 422
    assert client.post(no, {"reason": "capacity"}).status_code == 302
    match.refresh_from_db()
    assert (match.state, match.reason) == (State.DECLINED, "capacity")


def test_the_second_side_presses_right(lunch, broodnodig, ada, noor, client):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.confirm(match, by=noor, cents=81_250)
    notice = Notice.objects.mail().get(recipient=ada, template__contains="confirm")
    (link,) = LINK.findall(write(notice)[2])
    page = said(client.get(link))
    assert 'name="cents" value="812,50"' in page
    client.post(link, {"cents": "812,50"})
    match.refresh_from_db()
    assert (match.state, match.realised_cents) == (State.COMPLETED, 81_250)


def test_it_says_so_when_somebody_else_was_first(yes, match, ben, client):
    matches.accept(match, by=ben)
    response = client.get(f"/en{yes}")
    assert response.status_code == 409
    assert "Said yes" in said(response)
    assert "Ben Editor" in said(response)


def test_it_says_what_happened_after_the_answer(yes, match, ada, noor, client):
    matches.accept(match, by=ada)
    match.refresh_from_db()
    matches.cancel(match, by=noor, reason="timing")
    response = client.get(f"/en{yes}")
    assert response.status_code == 200
    assert "Said yes" in said(response)
    assert "Called off" in said(response)


def test_a_question_that_was_taken_back_is_closed_and_tells_nothing(
    match, ada, cleo, settings, client
):
    settings.TAKE_BACK_SECONDS = 60
    matches.approve(match, by=cleo)
    notice = Notice.objects.mail().get(recipient=ada, template__contains="approve")
    link = LINK.findall(write(notice)[2])[0]
    matches.take_back(match, by=cleo)
    response = client.get(link)
    assert response.status_code == 410
    assert match.need.title not in said(response)


def test_a_link_expires_after_thirty_days(yes, match, client):
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        response = client.post(yes)
    assert response.status_code == 410
    match.refresh_from_db()
    assert match.supplier_agreed_at is None


def test_a_link_that_was_cut_off_gets_a_plain_page(yes, client):
    response = client.get(yes[:-3] + "/")
    assert response.status_code == 404
    assert "<h1>" in said(response)


def test_a_link_signed_for_something_else_does_not_answer(match, ada, client):
    signed = signing.dumps([ada.pk, "market.match", match.pk, "accept", 1], salt="elsewhere")
    assert client.post(f"/a/{signed}/").status_code == 404


def test_much_at_stake_asks_to_sign_in(yes, match, ada, client):
    Listing.objects.filter(pk=match.need_id).update(value_cents=2_000_001)
    response = client.post(yes)
    assert "/accounts/login/?next=" in said(response)
    match.refresh_from_db()
    assert match.supplier_agreed_at is None
    client.force_login(ada)
    client.post(yes)
    match.refresh_from_db()
    assert match.supplier_agreed_at


def test_exactly_the_norm_does_not_ask_to_sign_in(yes, match, client):
    Listing.objects.filter(pk=match.need_id).update(value_cents=2_000_000)
    client.post(yes)
    match.refresh_from_db()
    assert match.supplier_agreed_at


def test_an_amount_typed_above_the_norm_asks_to_sign_in(lunch, broodnodig, ada, noor, client):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.confirm(match, by=noor, cents=81_250)
    notice = Notice.objects.mail().get(recipient=ada, template__contains="confirm")
    (link,) = LINK.findall(write(notice)[2])
    assert client.post(link, {"cents": "25000"}).status_code == 403
    match.refresh_from_db()
    assert match.supplier_cents is None


def test_a_coordinators_link_always_asks_to_sign_in(match, cleo, client):
    notice = Notice.objects.mail().filter(recipient=cleo).last() or Notice(recipient=cleo)
    signed = signing.dumps(
        [cleo.pk, "market.match", match.pk, "approve", notice.pk or 0], salt=links.ANSWER
    )
    assert "/accounts/login/?next=" in said(client.post(f"/a/{signed}/"))
    match.refresh_from_db()
    assert match.state == State.SUGGESTED


def test_somebody_else_reads_whom_it_is_for(yes, match, ada, dan, client):
    client.force_login(dan)
    for response in (client.get(yes), client.post(yes)):
        page = said(response)
        assert response.status_code == 200
        assert "Ada" in page
        assert "Broodnodig" in page
        assert "/partners/broodnodig/ask_to_join/" in page
        assert match.need.title not in page
    match.refresh_from_db()
    assert match.supplier_agreed_at is None


def test_a_colleague_who_may_answers_as_himself(yes, match, ben, client):
    client.force_login(ben)
    assert f"/market/matches/{match.pk}/accept/" in said(client.get(yes))


def test_a_colleague_who_only_looks_cannot_answer(yes, match, vera, client):
    client.force_login(vera)
    assert f"/market/matches/{match.pk}/accept/" not in said(client.get(yes))


def test_somebody_else_can_pass_it_on_once_an_hour(yes, asked, ada, dan, client, serve, deliver):
    server = serve()
    deliver(asked)
    Notice.objects.filter(pk=asked.pk).update(sent_at=timezone.now() - timedelta(hours=2))
    client.force_login(dan)
    for _press in range(2):
        client.post(yes, {"pass_on": "1"})
        deliver(asked)
    assert len(server.mails(ada.email)) == 2


def test_who_lost_the_right_cannot_use_an_old_link(yes, match, ada, client):
    make.member(match.organisation, "owner")
    ada.memberships.all().update(role="viewer")
    client.post(yes)
    match.refresh_from_db()
    assert match.supplier_agreed_at is None


def test_who_closed_the_account_cannot_use_an_old_link(yes, match, ada, client):
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)
    assert client.post(yes).status_code == 410


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_in_the_language_of_the_mail(asked, language, client):
    asked.language = language
    link = LINK.findall(write(asked)[2])[0]
    assert f'lang="{language}"' in said(client.get(link))


@pytest.mark.parametrize("after", ["", "?done"])
def test_before_the_introduction_no_page_of_an_answer_shows_whom_to_call(
    lekstede, broodnodig, noor, client, after
):
    need = make.need(by=lekstede, ask_me_first=True)
    match = make.match("approved", need=need, supplier=broodnodig)
    told = Notice.objects.mail().get(event__verb="match.approve", template__endswith="_suppliers")
    link = LINK.findall(write(told)[2])[0]
    pages = [said(client.get(f"{link}?done")), said(client.post(link, follow=True))]
    matches.decline(match, by=noor, reason="timing")
    pages.append(said(client.get(link + after)))
    for page in pages:
        assert noor.email not in page
        assert noor.name not in page
        assert lekstede.name not in page


def test_a_coordinator_answers_by_link_only_with_the_second_factor(match, cleo, client):
    sign_in(client, cleo, second_factor=False)
    said = [cleo.pk, "market.match", match.pk, "approve", 0]
    link = f"/a/{signing.dumps(said, salt=links.ANSWER)}/"
    assert client.post(link).url == reverse("mfa_index")
    match.refresh_from_db()
    assert match.state == State.SUGGESTED
    sign_in(client, cleo)
    assert client.get(link).status_code == 200
