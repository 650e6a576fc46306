"""An introduction asks for the amount, a message for an answer: both are given by the link, without signing in."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone, translation

from factory.journal.models import Event
from factory.notices.letters import write
from factory.notices.models import Notice
from market.lifecycle import match as matches
from market.models import Listing, Message
from tests import make

pytestmark = pytest.mark.django_db

LINK = re.compile(r"http://[^/]+(/en/a/[^\s]+)")
WROTE = "We bring the soup at noon, on Thursday."


@pytest.fixture(autouse=True)
def in_english(ada, noor):
    with translation.override("en"):
        for person in (ada, noor):
            type(person).objects.filter(pk=person.pk).update(language="en")
            person.language = "en"
        yield


@pytest.fixture
def met(lunch, broodnodig, ada, noor):
    """Lekstede and Broodnodig, introduced."""
    return make.match("introduced", need=lunch, supplier=broodnodig)


@pytest.fixture
def amount(met, ada):
    """The address behind "Delivered: note the amount" in the mail that introduces Ada."""
    (link,) = LINK.findall(mail(ada, "introduce_both_sides"))
    return link


@pytest.fixture
def words(met, noor, ada):
    """The address behind "Read and answer" in the mail that says that Noor wrote."""
    matches.write(met, by=noor, text=WROTE)
    (link,) = LINK.findall(mail(ada, "write_both_sides"))
    return link


@pytest.fixture(params=["amount", "words"])
def either(request):
    """Each of the two."""
    return request.getfixturevalue(request.param)


def mail(person, name):
    """The text of the last mail of this kind to somebody."""
    told = Notice.objects.mail().filter(recipient=person, template=f"notices/match/{name}")
    return write(told.latest("pk"))[2]


def said(response):
    return response.content.decode()


def kept(match):
    """What could have changed."""
    match.refresh_from_db()
    return match.state, match.buyer_cents, match.supplier_cents, Message.objects.count()


# The amount


def test_the_introduction_asks_each_side_for_the_amount(met, ada, noor):
    for person in (ada, noor):
        text = mail(person, "introduce_both_sides")
        assert "Delivered: note the amount:" in text
        assert len(LINK.findall(text)) == 1


def test_the_amount_is_noted_without_signing_in_and_the_journal_says_how(
    amount, met, ada, noor, client
):
    page = client.get(amount)
    assert "Delivered: note the amount" in BeautifulSoup(page.content, "html5lib").title.string
    answer = client.post(amount, {"cents": "812.50", "token": "abc"}, follow=True)
    assert kept(met)[2] == 81_250
    assert "_auth_user_id" not in client.session
    assert "Thank you, Ada" in said(answer)
    event = Event.objects.about(met).get(verb="match.confirm")
    assert (event.actor, event.channel) == (ada, Event.Channel.MAIL)
    client.force_login(noor)
    assert "from the mail" in said(client.get(f"/en/market/matches/{met.pk}/"))


def test_the_same_form_twice_notes_it_once(amount, met, client):
    for _press in range(2):
        client.post(amount, {"cents": "812.50", "token": "abc"})
    assert Event.objects.about(met).filter(verb="match.confirm").count() == 1


def test_both_sides_can_do_it_from_the_introduction(amount, met, noor, client):
    client.post(amount, {"cents": "812.50"})
    (link,) = LINK.findall(mail(noor, "introduce_both_sides"))
    page = client.get(link)
    assert "Yes, €\xa0812.50 is right" in said(page)
    client.post(link, {"cents": "812.50"})
    assert kept(met)[:3] == ("completed", 81_250, 81_250)


@pytest.mark.parametrize("wrong", ["ten", "0", "-3", "1e9"])
def test_a_wrong_amount_comes_back_as_it_was_typed(amount, met, client, wrong):
    answer = client.post(amount, {"cents": wrong})
    assert answer.status_code == 422
    assert f'value="{wrong}"' in said(answer)
    assert kept(met)[2] is None


def test_an_amount_above_the_norm_is_kept_while_one_signs_in(amount, met, ada, client):
    answer = client.post(amount, {"cents": "25000"})
    assert answer.status_code == 403
    assert kept(met)[2] is None
    page = BeautifulSoup(answer.content, "html5lib")
    sign_in = page.find("main").find("a", href=re.compile("/accounts/login/"))
    (back,) = parse_qs(urlsplit(sign_in["href"]).query)["next"]
    client.force_login(ada)
    assert 'value="25000"' in said(client.get(back))
    client.post(amount, {"cents": "25000"})
    assert kept(met)[2] == 2_500_000


# The message


def test_the_message_is_read_and_answered_without_signing_in(words, met, ada, noor, client):
    assert WROTE in said(client.get(words))
    answer = client.post(words, {"text": "Fine, see you then.", "token": "abc"}, follow=True)
    assert "_auth_user_id" not in client.session
    assert "Message sent" in said(answer)
    written = met.messages.last()
    assert (written.author, written.text) == (ada, "Fine, see you then.")
    assert Event.objects.about(met).filter(verb="match.write").last().channel == Event.Channel.MAIL
    assert "Ada Owner wrote to you" in mail(noor, "write_both_sides")


def test_one_reads_the_last_five_and_of_each_in_which_language_it_is(words, met, noor, client):
    for n in range(4):
        matches.write(met, by=noor, text=f"Wij hebben nog een vraag over de lunch, nummer {n}.")
    page = BeautifulSoup(client.get(words).content, "html5lib")
    shown = page.find("main").select("article.said p.typed")
    assert [p.get("lang") for p in shown] == [None, "nl", "nl", "nl", "nl"]
    matches.write(met, by=noor, text="That was all.")
    shown = BeautifulSoup(client.get(words).content, "html5lib").select("article.said p.typed")
    assert len(shown) == 5
    assert shown[-1].string == "That was all."


@pytest.mark.parametrize("wrong", ["", "   ", "x" * 3001])
def test_a_message_that_cannot_be_sent_comes_back_as_it_was_typed(words, met, client, wrong):
    answer = client.post(words, {"text": wrong})
    assert answer.status_code == 422
    typed = BeautifulSoup(answer.content, "html5lib").find("textarea", {"name": "text"})
    assert typed.get_text().removeprefix("\n") == wrong
    assert kept(met)[3] == 1


def test_a_sent_message_is_sent_once(words, met, client):
    for _press in range(2):
        client.post(words, {"text": "Fine.", "token": "abc"})
    assert kept(met)[3] == 2


def test_the_mail_holds_no_typed_words_and_says_where_a_reply_goes(words, ada):
    text = mail(ada, "write_both_sides")
    assert WROTE not in text
    assert "If you reply to this mail itself, it goes to " in text
    assert ", not to Noor Buyer" in text


# Both


def test_opening_it_changes_nothing_however_often(either, met, client):
    before = kept(met)
    for _scanner in range(3):
        page = client.get(either)
        assert page.status_code == 200
        assert said(page).partition("<main")[2].count('type="submit"') == 1
    assert kept(met) == before


def test_who_it_is_not_for_reads_no_words_and_changes_nothing(either, met, dan, client):
    before = kept(met)
    client.force_login(dan)
    for answer in (client.get(either), client.post(either, {"cents": "10", "text": "Mine."})):
        assert "This question is for somebody else" in said(answer)
        assert WROTE not in said(answer)
        assert met.need.title not in said(answer)
    assert kept(met) == before


def test_after_thirty_days_it_has_expired(either, met, client):
    before = kept(met)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        for answer in (client.get(either), client.post(either, {"cents": "10", "text": "Late."})):
            assert answer.status_code == 410
            assert WROTE not in said(answer)
    assert kept(met) == before


def test_above_the_norm_it_asks_to_sign_in_before_anything_is_read(either, met, ada, client):
    Listing.objects.filter(pk=met.need_id).update(value_cents=2_000_001)
    before = kept(met)
    for answer in (client.get(either), client.post(either, {"cents": "10", "text": "No."})):
        assert "/accounts/login/?next=" in said(answer)
        assert WROTE not in said(answer)
    assert kept(met) == before
    client.force_login(ada)
    client.post(either, {"cents": "10", "text": "Yes."})
    assert kept(met) != before


def test_who_may_no_longer_answer_reads_no_words(words, met, ada, client):
    before = kept(met)
    make.member(met.organisation, "owner")
    ada.memberships.all().update(role="viewer")
    for answer in (client.get(words), client.post(words, {"text": "Still here."})):
        assert WROTE not in said(answer)
    assert kept(met) == before
