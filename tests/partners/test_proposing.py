"""What a text is about: heard in our own words, shown with the word that led to it, taken over in one press."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from factory.journal.models import Event
from market.models import Listing
from partners.models import Goal, Sector, Theme
from partners.places import DATA
from partners.proposing import OrganisationProposals, heard_in, proposals
from tests import make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db

MISSION = "Mensen met afstand tot de arbeidsmarkt koken vergaderlunches en soep van reststromen."


@pytest.fixture
def soup(ada):
    """Ada's soup kitchen, that told what it does and ticked nothing."""
    return make.organisation("Soep", owner=ada, mission=MISSION)


def press(person, thing, **fields):
    """Press the button under what is proposed."""
    address = f"{thing.get_absolute_url()}take_words/"
    return sign_in(Client(), person).post(address, fields)


def names(heard):
    return {str(row.slug): word for row, word in heard}


def test_each_is_heard_with_the_word_that_led_to_it(soup):
    heard = proposals(soup, MISSION, ["sectors", "themes", "goals"])
    found = {name: names(rows) for name, rows in heard.items()}
    assert found["sectors"]["catering"] == "soep"
    assert found["themes"]["circular"] == "reststromen"
    assert found["themes"]["work"] in {"arbeidsmarkt", "afstand tot de arbeidsmarkt"}
    assert {"sdg-8", "sdg-12"} <= found["goals"].keys()


def test_a_word_inside_another_word_is_not_heard():
    assert heard_in("Wij kopen boekaft in.", Theme.objects.all()) == []
    assert heard_in("", Sector.objects.all()) == []


def test_english_is_heard_too():
    assert "work" in names(heard_in("People learn a trade and find a job.", Theme.objects.all()))


def test_every_theme_and_goal_has_words_in_the_data_and_in_the_database():
    rows = json.loads((DATA / "taxonomies.json").read_text())
    for model, key in ((Theme, "themes"), (Goal, "sdgs"), (Sector, "sectors")):
        assert {row["slug"]: row["keywords"] for row in rows[key]} == dict(
            model.objects.values_list("slug", "keywords")
        )


def test_one_press_takes_everything_over(soup, ada):
    page = sign_in(Client(), ada).get(soup.get_absolute_url()).content.decode()
    assert "reststromen" in page
    form = OrganisationProposals(thing=soup, by=ada)
    press(ada, soup, **{name: field.initial for name, field in form.fields.items()})
    assert set(soup.sectors.values_list("slug", flat=True)) >= {"catering"}
    assert "work" in soup.themes.values_list("slug", flat=True)
    assert soup.goals.exists()
    assert not OrganisationProposals(thing=soup, by=ada).offered


def test_what_was_unticked_is_not_proposed_again(soup, ada):
    assert press(ada, soup).status_code == 302
    assert not soup.sectors.exists()
    assert not OrganisationProposals(thing=soup, by=ada).offered


def test_new_words_give_new_proposals(soup, ada):
    press(ada, soup)
    soup.description = "Nu ook zonnepanelen."
    assert names(OrganisationProposals(thing=soup, by=ada).offered["themes"]) == {
        "energy": "zonnepanelen"
    }


def test_the_journal_holds_keys_and_no_words(soup, ada):
    press(ada, soup)
    details = Event.objects.about(soup).filter(verb="organisation.take_words").get().details
    assert "soep" not in json.dumps(details)
    assert details["offered"]["themes"]


def test_what_was_not_offered_cannot_be_taken(soup, ada):
    other = Theme.objects.get(slug="energy")
    assert press(ada, soup, themes=[other.pk]).status_code == 422
    assert press(ada, soup, themes=["nonsense"]).status_code == 422


def test_visitors_and_colleagues_who_only_look_see_no_proposals(client, soup, ada):
    vera = make.member(soup, "viewer")
    for reader in (client, sign_in(Client(), vera)):
        assert "take_words" not in reader.get(soup.get_absolute_url()).content.decode()


def test_a_listing_hears_its_themes(noor, lekstede):
    need = make.need(
        by=lekstede, title="Lunch zonder voedselverspilling", text="Voor statushouders."
    )
    page = sign_in(Client(), noor).get(need.get_absolute_url()).content.decode()
    assert "voedselverspilling" in page
    food = Theme.objects.get(slug="food")
    press(noor, need, themes=[food.pk])
    assert list(Listing.objects.get(pk=need.pk).themes.all()) == [food]
    assert reverse("market:move", args=[need.slug, "take_words"]).endswith("take_words/")
