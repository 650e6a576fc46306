"""Reasons of calls: each true of the two records, each said in both languages."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from challenges.explaining import SENTENCES, in_words, is_but, true_reasons
from factory import clock
from partners.models import Goal, Region, Theme
from tests import contest, make

pytestmark = pytest.mark.django_db
WORDS = {"title": "Rides", "sentence": "Residents without a car.", "problem": "No bus."}
GIVEN = {
    "shared_themes": {"theme": "work"},
    "shared_goals": {"goal": 1},
    "shared_words": {"mission": "Driving residents."},
    "written_alike": {"mission": "Resident driving."},
    "same_place": {"place": "Nieuwegein"},
    "works_here": {"place": "Groningen", "works": "PV26"},
    "same_province": {"place": "Amersfoort"},
    "newcomer": {"since": 30},
    "far": {"place": "Groningen"},
}


def pair(lekstede, place="Utrecht", theme="food", goal=2, mission="", works="", since=900):
    made = contest.challenge("open", by=lekstede, **WORDS)
    made.themes.set(Theme.objects.filter(slug="work"))
    made.goals.set(Goal.objects.filter(order=1))
    other = make.organisation(place=place, mission=mission)
    other.themes.set(Theme.objects.filter(slug=theme))
    other.goals.set(Goal.objects.filter(order=goal))
    other.works_in.set(Region.objects.filter(code=works))
    other.active_since = clock.today() - timedelta(days=since)
    return made, other


def codes(reasons):
    return {reason["code"] for reason in reasons}


@pytest.mark.parametrize(("code", "facts"), GIVEN.items())
def test_a_reason_is_given_where_it_is_true(lekstede, code, facts):
    assert code in codes(true_reasons(*pair(lekstede, **facts)))


@pytest.mark.parametrize("code", sorted(set(GIVEN) - {"same_province"}))
def test_a_reason_is_not_given_where_it_is_not(lekstede, code):
    assert code not in codes(true_reasons(*pair(lekstede)))


def test_the_name_of_the_place_is_not_what_both_speak_of(lekstede):
    call, other = pair(lekstede, mission=f"We drive residents of {lekstede.region.name}.")
    call.title = f"Rides for {lekstede.region.name}"
    words = next(r["words"] for r in true_reasons(call, other) if r["code"] == "shared_words")
    assert words == ["residents"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_is_said_in_both_languages(lekstede, language):
    found = {}
    for facts in GIVEN.values():
        found |= {one["code"]: one for one in true_reasons(*pair(lekstede, **facts))}
    assert set(found) == set(SENTENCES) - {"same_subject"}  # of what was read
    with override(language):
        told = dict(in_words(list(found.values())))
    assert len(told) == len(found)
    assert all(told)


def test_what_speaks_against_it_comes_last(lekstede):
    reasons = true_reasons(*pair(lekstede, place="Groningen", theme="work", since=3))
    assert [is_but(one) for one in reasons] == sorted(map(is_but, reasons))
    assert reasons[-1]["code"] == "far"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", "Gaat over hetzelfde, ook in andere woorden: “Wij halen op.”"),
        ("en", "About the same subject, even in other words: “Wij halen op.”"),
    ],
)
def test_the_same_subject_is_told_from_five_on_in_both_languages(lekstede, language, told):
    call, other = pair(lekstede, mission="Wij halen op. En brengen.")
    call.read_at = other.read_at = clock.now()
    with override(language):
        assert (told, False) in in_words(true_reasons(call, other, 5.0))
        assert told not in dict(in_words(true_reasons(call, other, 4.9)))
