"""What was told by phone and is denied no longer stands; whoever was told hears it again; papers say who said it."""

import pytest
from django.urls import reverse
from django.utils import translation

from factory.coordination import lifecycle as noted_things
from factory.coordination.models import OnBehalf
from factory.journal.models import Event
from factory.notices.letters import write
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import Match, Value
from market.papers import confirmation
from tests import make
from tests.market.test_asking_again import texts
from tests.market.test_invariants import refused, sql

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def met(lunch, broodnodig):
    return make.match("introduced", need=lunch, supplier=broodnodig)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def phoned(match, cleo, person, move="agree", **said):
    getattr(matches, move)(fresh(match), by=cleo, on_behalf_of=person, **said)
    return OnBehalf.objects.latest("pk")


def deny(noted):
    noted_things.deny(fresh(noted), by=noted.person)


def mails(person, name):
    return Notice.objects.mail().filter(recipient=person, template=f"notices/match/{name}")


def test_an_agreement_that_was_none_goes_and_the_need_is_open_again(lunch, met, cleo, ada, noor):
    asked, both = make.match("approved", need=lunch), make.match("introduced", need=lunch)
    noted = phoned(met, cleo, ada, cents=800_000)
    assert (fresh(met).state, fresh(lunch).state) == ("agreed", "filled")
    assert {fresh(asked).state, fresh(both).state} == {"lapsed"}
    deny(noted)
    match = fresh(met)
    assert (match.state, match.agreed_cents, match.agreed_waits_for) == ("introduced", None, "")
    assert fresh(lunch).state == "live"
    assert (fresh(asked).state, fresh(both).state) == ("approved", "introduced")
    assert Value.objects.filter(match=met, measure="agreed").last().cents is None
    assert mails(noor, "strike_agreement_both_sides").exists()
    seller = make._owner(asked.organisation)
    assert mails(seller, "ask_after_all_those_who_have_not_said_yes").exists()
    assert mails(make._owner(both.organisation), "go_on_after_all_both_sides").exists()
    for letter in Notice.objects.mail().filter(event__verb__contains="_after_all"):
        assert lunch.title in write(letter)[1]


def test_what_was_agreed_before_a_change_by_phone_stands_again(met, cleo, ada, noor):
    matches.agree(met, by=noor, cents=500_000, chosen_for="fit")
    noted = phoned(met, cleo, ada, cents=800_000)
    deny(noted)
    match = fresh(met)
    assert (match.state, match.agreed_cents, match.agreed_waits_for) == (
        "agreed",
        500_000,
        "supplier",
    )
    assert mails(ada, "strike_change_those_asked_if_right").exists()
    assert Value.objects.filter(match=met, measure="agreed").last().cents == 500_000


def test_what_the_other_side_said_stands_and_waits_for_who_denied(met, cleo, ada, noor):
    noted = phoned(met, cleo, ada, cents=800_000)
    matches.agree(fresh(met), by=noor, cents=800_000, chosen_for="fit")
    deny(noted)
    match = fresh(met)
    assert (match.state, match.agreed_cents, match.agreed_waits_for) == (
        "agreed",
        800_000,
        "supplier",
    )


def test_what_one_said_oneself_since_stays(met, cleo, ada):
    noted = phoned(met, cleo, ada, cents=800_000)
    matches.agree(fresh(met), by=ada, cents=700_000)
    deny(noted)
    assert fresh(met).agreed_cents == 700_000


@pytest.mark.parametrize("state", ["approved", "introduced"])
def test_a_no_that_was_none_goes(lunch, broodnodig, cleo, ada, noor, state):
    match = make.match(state, need=lunch, supplier=broodnodig)
    noted = phoned(match, cleo, ada, "decline", reason="price")
    assert fresh(match).state == "declined"
    deny(noted)
    assert (fresh(match).state, fresh(match).reason) == (state, "")
    names = {
        "approved": "ask_after_all_buyers_who_agreed",
        "introduced": "go_on_after_all_both_sides",
    }
    assert mails(noor, names[state]).exists()


def test_a_no_stays_where_the_need_is_gone(lunch, broodnodig, cleo, ada, noor):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    noted = phoned(match, cleo, ada, "decline", reason="price")
    listings.withdraw(lunch, by=noor)
    deny(noted)
    assert fresh(match).state == "declined"


def test_postgresql_knows_the_way_back_and_no_other(met):
    refused("cannot move there", "UPDATE market_match SET state = 'approved' WHERE id = %s", met.pk)
    agreed = make.match("agreed")
    assert sql("UPDATE market_match SET state = 'introduced' WHERE id = %s", agreed.pk)


def test_the_pages_behind_is_this_right_say_what_exactly(client, met, cleo, ada):
    noted = phoned(met, cleo, ada, cents=90_000)
    said = "You agreed with Gemeente Lekstede on €\xa0900, without VAT"
    client.force_login(ada)
    page = client.get(reverse("on_behalf", args=[noted.pk])).content.decode()
    assert said in page
    assert "€\xa0900" in page
    client.logout()
    letter = Notice.objects.mail().get(recipient=ada, event__verb="onbehalf.ask")
    address = next(word for word in write(letter)[2].split() if "/a/" in word)
    page = client.get(address[address.index("/", 8) :], follow=True).content.decode()
    assert "Je hebt met Gemeente Lekstede €\xa0900 zonder btw afgesproken" in page


# Papers


def test_papers_name_whose_deed_it_was_who_noted_it_and_since_when_it_is_affirmed(
    met, cleo, ada, noor
):
    noted = phoned(met, cleo, noor, cents=90_000, chosen_for="near")
    text = texts(fresh(met).need)
    assert "Noor Buyer; noted by phone by Cleo Coordinator on" in text
    assert "not affirmed yet" in text
    noted_things.affirm(noted, by=noor)
    text = texts(fresh(met).need)
    assert ", affirmed on" in text
    phoned(met, cleo, ada, "confirm", cents=90_000)
    text = str(confirmation(fresh(met)).parts)
    assert "by Ada Owner; noted by phone by Cleo Coordinator on" in text


def test_papers_leave_out_what_was_denied(met, cleo, ada, lunch):
    noted = phoned(met, cleo, ada, "decline", reason="price")
    assert "said no" in texts(fresh(lunch))
    deny(noted)
    assert "said no" not in texts(fresh(lunch))
    assert Event.objects.about(met).filter(verb="match.decline").exists()
    assert Match.objects.get(pk=met.pk).state == "introduced"
