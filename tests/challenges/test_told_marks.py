"""Every entrant reads their marks, whether the jury agreed on one or the jurors' average counts."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from challenges.lifecycle import judging
from challenges.models import Letter
from challenges.papers.report import jury_report
from challenges.templatetags.deciding import mark
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
CRITERIA = [("Impact", 60, "text"), ("Feasibility", 40, "text")]


@pytest.mark.parametrize(
    ("points", "nl", "en"),
    [
        (7, "7", "7"),
        (7.5, "7,5", "7.5"),
        (22 / 3, "7,33", "7.33"),
        (10, "10", "10"),
        (None, "–", "–"),
    ],
)
def test_a_mark_in_words(points, nl, en):
    with translation.override("nl"):
        assert mark(points) == nl
    with translation.override("en"):
        assert mark(points) == en


@pytest.fixture
def made():
    """Two entries: marks of 8 and 9 for the first, 4 and 7 for the second; on one mark they agreed."""
    houses = [make.organisation("Buurtbus"), make.organisation("Samen Rijden")]
    made = contest.contest("scoring", entrants=houses, criteria=CRITERIA)
    seats = [contest.juror(made.challenge, name) for name in ("Eva Juror", "Finn Juror")]
    for entry, points in zip(made.entries, [(8, 9), (4, 7)], strict=True):
        for seat, one in zip(seats, points, strict=True):
            contest.assessment(entry, seat, "locked", one)
    judging.deliberate(made.challenge, by=made.cleo)
    impact = made.challenge.criteria.get(title="Impact")
    agreed = {impact: (6, "One of us missed the annex.")}
    judging.agree(made.challenge, by=made.cleo, entry=made.entries[1], agreed=agreed)
    made.propose()
    return made


def table(letter):
    return next(part for part in letter.said["parts"] if part["kind"] == "table")["rows"]


def test_a_letter_says_what_was_agreed_and_otherwise_the_average(made):
    made.decide()
    made.notify()
    first, second = Letter.objects.order_by("entry__number")
    assert table(first) == [["Impact", "60%", "8,5"], ["Feasibility", "40%", "8,5"]]
    assert table(second) == [["Impact", "60%", "6", "8,5"], ["Feasibility", "40%", "5,5", "8,5"]]


def test_who_did_not_pitch_reads_that_others_were_marked_there():
    houses = [make.organisation("Buurtbus"), make.organisation("Samen Rijden")]
    made = contest.contest("consensus", entrants=houses)
    judging.shortlist(made.challenge, by=made.cleo, entries=made.entries[:1])
    contest.scored(made.challenge.assessments.get(round="pitch"), points=9)
    for step in ("propose", "decide", "notify"):
        getattr(made, step)()
    last = [table(one)[-1] for one in Letter.objects.order_by("entry__number")]
    assert last == [["Pitch", "20%", "9"], ["Pitch", "20%", "–", "9"]]


def test_the_report_of_the_jury_says_them_too(made):
    with translation.override("nl"):
        said = str(jury_report(made.challenge).parts)
    assert "Impact 8,5 · Feasibility 8,5" in said
    assert "Impact 6 · Feasibility 5,5" in said


def test_the_preview_of_one_letter_counts_all_who_hear(made):
    made.decide()
    client = sign_in(Client(), made.cleo)
    page = client.get(reverse("challenges:letter_preview", args=[made.challenge.slug, 2]))
    assert "Alle 2 indieners" in page.content.decode()
    assert "8,5" in page.content.decode()
