"""The mail with the prices asks for a choice: it is made by the link, without signing in."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import translation

from factory.journal.models import Event
from factory.moves import make_due_moves
from factory.notices.letters import write
from factory.notices.links import answer_url
from factory.notices.models import Notice
from market.lifecycle import quoting
from market.models import Match
from partners.models import PurchaseLimit
from tests import make

pytestmark = pytest.mark.django_db

LINK = re.compile(r"Choose (.+) for (€.\S+):\s+http://[^/]+(/en/a/\S+)")


@pytest.fixture(autouse=True)
def in_english(noor):
    with translation.override("en"):
        type(noor).objects.filter(pk=noor.pk).update(language="en")
        noor.language = "en"
        yield


def priced(need, *prices):
    """The matches of these prices, now that they can be read and the mail has gone."""
    make.asks_prices(need, closed=True)
    given = [make.quote(need, cents, closed=True, text="Soup for forty") for cents in prices]
    make_due_moves()
    return given


def choices(person):
    """``{supplier: (price, address)}`` of the buttons in the mail with the prices."""
    told = Notice.objects.mail().get(
        recipient=person, template="notices/listing/open_prices_posters"
    )
    return {name: (amount, path) for name, amount, path in LINK.findall(write(told)[2])}


def test_the_mail_has_a_button_for_each_price_the_lowest_first(lunch, noor):
    dear, cheap = priced(lunch, 900_000, 880_000)
    found = choices(noor)
    assert list(found) == [cheap.organisation.name, dear.organisation.name]
    assert found[cheap.organisation.name][0].replace("\xa0", " ") == "€ 8,800"


def test_a_price_is_chosen_without_signing_in_and_the_journal_says_how(lunch, noor, client):
    best, other = priced(lunch, 880_000, 900_000)
    address = choices(noor)[best.organisation.name][1]
    page = client.get(address).content.decode()
    assert "Soup for forty" in page
    assert f"Why not {other.organisation.name}?" in page
    assert Match.objects.get(pk=best.pk).state == "introduced"
    said = {"chosen_for": "price", f"not_{other.pk}": "price", "token": "abc"}
    answer = client.post(address, said, follow=True)
    assert "Thank you, Noor" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert Match.objects.get(pk=best.pk).state == "agreed"
    assert Match.objects.get(pk=other.pk).reason == "price"
    event = Event.objects.about(best).get(verb="match.choose")
    assert (event.actor, event.channel) == (noor, Event.Channel.MAIL)


def test_a_choice_without_its_reasons_loses_nothing(lunch, noor, client):
    best, _other = priced(lunch, 880_000, 900_000)
    address = choices(noor)[best.organisation.name][1]
    answer = client.post(address, {"chosen_for": "fit", "text": "They came by."})
    assert answer.status_code == 422
    assert "They came by." in answer.content.decode()
    assert Match.objects.get(pk=best.pk).state == "introduced"


def test_a_price_above_the_norm_asks_to_sign_in_even_where_the_estimate_was_lower(
    lunch, noor, client
):
    (match,) = priced(lunch, 2_000_001)
    address = choices(noor)[match.organisation.name][1]
    assert "Sign in" in client.get(address).content.decode()
    client.post(address, {"chosen_for": "price"})
    assert Match.objects.get(pk=match.pk).state == "introduced"
    client.force_login(noor)
    client.post(address, {"chosen_for": "price"})
    assert Match.objects.get(pk=match.pk).state == "agreed"


def test_a_price_that_is_still_sealed_shows_in_no_link(lunch, noor, client):
    make.asks_prices(lunch)
    match = make.match("approved", need=lunch)
    told = Notice.objects.mail().filter(recipient=noor).latest("pk")
    path = urlsplit(answer_url(told, match, "decline")).path
    quoting.quote(match, by=match.organisation.memberships.get().person, cents=3_000_000)
    assert "Please sign in for this answer" not in client.get(path).content.decode()


def test_the_total_of_the_year_stands_beside_the_choice(lunch, lekstede, noor, client):
    facts = {"valid_from": "2020-01-01", "policy_url": "https://lek.example/p"}
    PurchaseLimit.objects.create(organisation=lekstede, cents=500_000, **facts)
    (match,) = priced(lunch, 880_000)
    page = client.get(choices(noor)[match.organisation.name][1]).content.decode()
    assert "above your limit of €\xa05,000" in page


def test_once_one_is_chosen_the_other_buttons_say_so(lunch, noor, client):
    best, other = priced(lunch, 880_000, 900_000)
    found = choices(noor)
    quoting.choose(best, by=noor, chosen_for="price", others={other.pk: "price"})
    assert client.get(found[other.organisation.name][1]).status_code == 409
    assert choices(noor) == {}


def test_a_supplier_reads_no_rivals_text_on_its_own_page(lunch, broodnodig, ada, client):
    make.asks_prices(lunch)
    make.match("approved", need=lunch, supplier=broodnodig)
    make.quote(lunch, 900_000, text="Secret of a rival")
    told = Notice.objects.mail().filter(recipient=ada, answers__contains=["quote"]).latest("pk")
    (path,) = re.findall(r"http://[^/]+((?:/en)?/a/\S+)", write(told)[2])[:1]
    assert "Secret of a rival" not in client.get(path).content.decode()
