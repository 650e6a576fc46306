"""Forms about all entries with hundreds of them: they stay short, quick, and lose nothing that was typed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from challenges.choosing import ChooseEntries
from challenges.declaring import MANY
from challenges.lifecycle import jury
from challenges.models import Finding
from factory.lists import A_PAGE
from tests import contest, make
from tests.doors import sign_in
from tests.worlds import kept

pytestmark = pytest.mark.django_db
SIZES = [1, 3, 50]
MOST = {"declare": 14, "shortlist": 16, "propose": 15, "deciding": 28}


@kept
def before_a_jury(number, state):
    """So many entries before a jury of one that has locked its marks, and a chair who leads."""
    made = contest.contest(
        state, entrants=[make.organisation(f"{n:03} House") for n in range(number)]
    )
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    return made


def world(number, state="consensus"):
    made = before_a_jury(number, state)
    made.client = sign_in(Client(), made.chair.person)
    made.at = made.challenge.get_absolute_url()
    return made


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("number", SIZES)
def test_they_ask_as_often_for_any_number(number):
    made = world(number)
    for name in ("declare", "shortlist", "propose"):
        assert queries(made.client, f"{made.at}{name}/") <= MOST[name], name
    decided = contest.contest("decided", entrants=[make.organisation() for _n in range(number)])
    client = sign_in(Client(), decided.cleo)
    page = reverse("challenges:deciding", args=[decided.challenge.slug])
    assert queries(client, page) <= MOST["deciding"]


def test_declaring_stays_on_one_page_under_letters(client):
    made = world(A_PAGE + 5, "scoring")
    page = made.client.get(f"{made.at}declare/")
    assert len(list(page.context["form"].rows())) == A_PAGE + 5
    assertContains(page, 'href="#letter-1"')
    assertContains(page, 'type="checkbox"', A_PAGE + 6)


def test_where_there_are_very_many_the_words_are_asked_of_those_that_were_ticked():
    made = world(MANY + 1, "scoring")
    page = made.client.get(f"{made.at}declare/")
    assertNotContains(page, 'name="which_')
    first, second = made.entries[0], made.entries[-1]
    said = {"none_else": "on", "token": "t", f"has_{first.pk}": "on", f"has_{second.pk}": "on"}
    asked = made.client.post(f"{made.at}declare/", said)
    assert asked.status_code == 422
    assertContains(asked, 'name="which_', 2, status_code=422)
    said |= {f"which_{first.pk}": "We worked together.", f"which_{second.pk}": "My sister."}
    assert made.client.post(f"{made.at}declare/", said).status_code == 302
    assert made.chair.interests.count() == MANY + 1
    held = made.chair.interests.conflicted().values_list("entry__number", flat=True)
    assert sorted(held) == [first.number, second.number]


def test_who_declared_before_sees_which_entry_is_new():
    made = world(4, "scoring")
    said = {"juror": made.chair, "conflicts": {made.entries[0]: "We worked together."}}
    jury.declare(made.challenge, by=made.chair.person, entries=made.entries[:3], **said)
    page = made.client.get(f"{made.at}declare/")
    new = [row for row in page.context["form"].rows() if row["is_new"]]
    assert [row["organisation"].name for row in new] == ["003 House"]
    answer = made.client.post(f"{made.at}declare/", {"none_else": "on", "token": "t"})
    assert answer.status_code == 302
    assert made.chair.interests.count() == 4
    assert made.chair.interests.conflicted().get().entry == made.entries[0]


def test_the_highest_have_boxes_and_the_others_are_chosen_by_number():
    made = world(ChooseEntries.boxes + 5)
    page = made.client.get(f"{made.at}shortlist/")
    assertContains(page, 'name="entries"', ChooseEntries.boxes)
    said = {"entries": made.entries[0].pk, "minutes": 20, "token": "t"}
    wrong = made.client.post(f"{made.at}shortlist/", said | {"others": "29, 99"})
    assertContains(wrong, "29, 99", status_code=422)
    assert made.client.post(f"{made.at}shortlist/", said | {"others": "29, 30"}).status_code == 302
    chosen = made.challenge.entries.filter(state="shortlisted").order_by("number")
    assert list(chosen.values_list("number", flat=True)) == [1, 29, 30]


def typed(entries, **more):
    words = {
        f"{name}_{e.pk}": f"{name} {e.number}"
        for e in entries
        for name in ("strong", "weak", "reason")
    }
    return {"token": f"t{entries[0].number}", **words, **more}


def test_a_proposal_is_written_page_by_page_and_nothing_is_lost():
    made = world(A_PAGE + 5)
    first, last = made.entries[:A_PAGE], made.entries[A_PAGE:]
    at, later = f"{made.at}propose/", f"{made.at}note_findings/"
    page = made.client.get(at)
    assertContains(page, "<fieldset", A_PAGE)
    assertNotContains(page, 'name="report"')
    one = typed(first, page=1, then=2) | {
        f"cents_{first[0].pk}": "30000",
        f"place_{first[1].pk}": "2",
    }
    wrong = made.client.post(later, one | {f"cents_{first[2].pk}": "x"})
    assertContains(wrong, "strong 3", status_code=422)
    answer = made.client.post(later, one)
    assert answer.url == f"{at}?page=2"
    page = made.client.get(answer.url)
    assertContains(page, "<fieldset", 5)
    assert page.context["form"].together() == "30.000"
    two = typed(last, page=2, report="Read twice.") | {f"cents_{last[0].pk}": "50000"}
    twice = made.client.post(at, two | {f"place_{last[1].pk}": "2"})
    assert twice.status_code == 422
    assert made.client.post(at, two | {f"place_{last[1].pk}": "1"}).status_code == 302
    made.challenge.refresh_from_db()
    assert made.challenge.state == "proposed"
    awards = made.challenge.awards.filter(state="proposed")
    assert list(awards.order_by("cents").values_list("entry__number", "cents")) == [
        (1, 3_000_000),
        (A_PAGE + 1, 5_000_000),
    ]
    places = Finding.objects.exclude(place=None).order_by("place")
    assert list(places.values_list("entry__number", flat=True)) == [A_PAGE + 2, 2]
    assert Finding.objects.get(entry=first[3]).reason == "reason 4"


def test_one_proposes_from_the_last_page_once_all_pages_are_written():
    made = world(A_PAGE + 5)
    first, last = made.entries[:A_PAGE], made.entries[A_PAGE:]
    at = f"{made.at}propose/"
    early = made.client.post(at, typed(first, page=1) | {f"cents_{first[0].pk}": "30000"})
    assertContains(early, "strong 3", status_code=422)
    said = typed(last, page=2, report="Read twice.") | {f"cents_{last[0].pk}": "30000"}
    unwritten = made.client.post(at, said)
    assertContains(unwritten, "1, 2, 3, 4", status_code=422)


def test_the_letters_have_pages_and_each_is_worded_on_its_own_page():
    made = contest.contest("decided", entrants=[make.organisation() for _n in range(A_PAGE + 2)])
    client = sign_in(Client(), made.cleo)
    page = reverse("challenges:deciding", args=[made.challenge.slug])
    drafts = client.get(page, {"letters": 2}).context["drafts"]
    assert [letter.entry.number for letter in drafts] == [A_PAGE + 1, A_PAGE + 2]
    one = reverse("challenges:letter_preview", args=[made.challenge.slug, A_PAGE + 2])
    assert client.get(one).status_code == 200
    made.notify()
    letters = client.get(page, {"letters": 2}).context["letters"]
    assert [letter.entry.number for letter in letters] == [A_PAGE + 1, A_PAGE + 2]
    contest.arrive(made.challenge)
    stray = letters.object_list[-1]
    client.post(
        reverse("challenges:letter_move", args=[stray.pk, "mark_returned"]),
        {"note": "Back.", "token": "x"},
    )
    assert client.get(page).context["letters"].object_list[0] == stray
