"""Finding one entry among hundreds, by what whoever looks may read."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from challenges.lifecycle import jury
from challenges.models import Entry
from factory.lists import A_PAGE
from tests import contest, make
from tests.challenges.test_jury_pages import queries
from tests.doors import sign_in
from tests.worlds import kept

pytestmark = pytest.mark.django_db
SIZES = [1, 3, 50]


class Titled(contest.Contest):
    """Entries called "Plan 1" and on; the ninth is sent in with Buurtbus."""

    def enter(self, by, day):
        number = len(self.entries) + 1
        with_bus = [{"name": "Buurtbus BV", "share": 30, "organisation": None}]
        facts = {"title": f"Plan {number}", "partners": with_bus if number == 9 else []}
        with self.on_day(day):
            self.entries.append(contest.entry(self.challenge, by, **facts))


@kept
def titled(state, number, instrument, **facts):
    """So many entries of houses with names alike."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    houses = [
        make.organisation(f"House x{letters[n // 26]}{letters[n % 26]}") for n in range(number)
    ]
    return Titled(state, None, houses, instrument, contest.CRITERIA, facts)


def world(state, number=A_PAGE + 5, instrument="subsidy", **facts):
    """So many entries, and a coordinator at her computer."""
    made = titled(state, number, instrument, **facts)
    made.cleos = sign_in(Client(), made.cleo)
    return made


def address(made, page):
    return reverse(f"challenges:{page}", args=[made.challenge.slug])


def numbers(found):
    return [
        row["entry"].number if "entry" in row else row["number"] for row in found.context["rows"]
    ]


def checked(made, text, client=None):
    return numbers((client or made.cleos).get(address(made, "check"), {"q": text}))


def of_jury(made, text, client=None):
    return numbers((client or made.cleos).get(address(made, "jury"), {"q": text}))


FOUND = {
    "plan 17": [17],
    "PLAN": list(range(1, A_PAGE + 1)),
    "23": [23],
    "house xae": [5],
    "Buurtbus": [9],
    "share": [],  # a word of how partners are kept, not of theirs
    "nothing": [],
    "99999999999999": [],
    "%": [],
}


def test_the_check_finds_by_number_title_organisation_and_partner():
    made = world("checking")
    assert {text: checked(made, text) for text in FOUND} == FOUND


def test_the_page_says_how_many_it_found_and_how_to_see_all_again():
    made = world("checking")
    found = made.cleos.get(address(made, "check"), {"q": "plan 17"})
    assertContains(found, '<b role="status">1 inzending gevonden voor “plan 17”</b>')
    assertContains(found, f'href="{address(made, "check")}"')
    assertContains(found, 'value="plan 17"')
    assertContains(made.cleos.get(address(made, "check"), {"q": "house"}), "?q=house&amp;page=2")
    few = world("checking", 3)
    assertNotContains(few.cleos.get(address(few, "check")), 'id="q"')


def test_what_is_left_to_do_is_counted_over_all_of_them_whatever_is_looked_for():
    made = world("checking")
    found = made.cleos.get(address(made, "check"), {"q": "plan 17"})
    assert found.context["waiting"] == A_PAGE + 5


def test_nothing_is_found_before_the_entries_are_opened():
    made = world("closed")
    assert made.cleos.get(address(made, "check"), {"q": "plan"}).status_code == 404
    assert made.cleos.get(address(made, "jury"), {"q": "plan"}).status_code == 404
    assert not Entry.objects.visible_to(made.cleo).about("plan").exists()


def test_who_leads_the_jury_finds_by_number_title_organisation_and_juror():
    made = world("scoring")
    seats = [contest.juror(made.challenge, name) for name in ("Eva Juror", "Finn Juror")]
    for seat in seats:
        contest.declare(made.challenge, seat)
    jury.assign(made.challenge, by=made.cleo, juror=seats[0], entry=made.entries[3])
    assert of_jury(made, "21") == [21]
    assert of_jury(made, "plan 17") == [17]
    assert of_jury(made, "xae") == [5]
    assert of_jury(made, "eva") == [4]
    assert of_jury(made, "finn") == []
    assertContains(made.cleos.get(address(made, "jury"), {"q": "eva"}), "Plan 4")


@pytest.fixture
def chaired():
    """An anonymous contest: the chair reads entry 2 and has an interest in entry 3, Eva reads all but one."""
    made = world("scoring", 4, instrument="prize", disclosure="anonymous")
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    made.eva = contest.juror(made.challenge)
    contest.declare(made.challenge, made.chair, conflicts=[made.entries[2]])
    contest.declare(made.challenge, made.eva)
    jury.assign(made.challenge, by=made.cleo, juror=made.chair, entry=made.entries[1])
    for one in made.entries[1:]:
        jury.assign(made.challenge, by=made.cleo, juror=made.eva, entry=one)
    made.carlas = sign_in(Client(), made.chair.person)
    return made


def test_a_chair_finds_by_nothing_that_a_juror_does_not_read(chaired):
    assert of_jury(chaired, "plan", chaired.carlas) == [2]  # assigned to her; the others are not
    assert of_jury(chaired, "house", chaired.carlas) == []  # the jury sees no names
    assert of_jury(chaired, "house") == [1, 2, 3, 4]  # the clerk does
    assert of_jury(chaired, chaired.eva.person.name, chaired.carlas) == [2, 4]  # 3 is closed to her
    found = chaired.carlas.get(address(chaired, "jury"))
    assert [row["title"] for row in found.context["rows"]] == ["", "Plan 2", "", ""]


@pytest.mark.parametrize("number", SIZES)
def test_looking_for_one_asks_the_database_as_often_for_any_number(number):
    made = world("checking", number)
    assert queries(made.cleos, f"{address(made, 'check')}?q=plan") <= 9
    judged = world("scoring", number)
    chair = contest.juror(judged.challenge, "Carla Chair", chairs=True)
    contest.declare(judged.challenge, chair)
    jury.assign(judged.challenge, by=judged.cleo, each=1)
    client = sign_in(Client(), chair.person)
    assert queries(client, f"{address(judged, 'jury')}?q=plan") <= 13
    assert queries(client, address(judged, "jury")) <= 12
