"""Help while writing: words that smuggle a solution in, and earlier challenges about the same."""

import pytest

from challenges.hints import hints, similar_to, solution_in
from tests import contest, make


@pytest.mark.parametrize(
    "text", ["Er is een app nodig", "We willen een buurtplatform", "A website for elders"]
)
def test_a_solution_in_the_problem_is_seen(text):
    assert solution_in(text)


@pytest.mark.parametrize(
    "text", ["Ouderen missen de bus", "Het apparaat is stuk", "What happens here"]
)
def test_a_problem_is_no_solution(text):
    assert solution_in(text) == ""


def test_earlier_public_challenges_about_the_same_are_shown_and_hidden_ones_are_not(lekstede, noor):
    other = make.organisation(kind="municipality")
    earlier = contest.challenge("open", by=other, title="Ouderen zonder vervoer")
    contest.challenge("shaping", by=other, title="Ouderen zonder vervoer, nog geheim")
    contest.challenge(
        "open", by=other, title="Afval in de sloot", sentence="Te veel plastic.", problem="Plastic."
    )
    mine = contest.challenge(
        "draft", by=lekstede, title="Ouderen missen vervoer", sentence="Er is geen vervoer"
    )
    assert list(similar_to(mine, noor)) == [earlier]


def test_one_line_at_a_time_and_always_what_happens_if_nobody_does_anything(lekstede, noor):
    mine = contest.challenge(
        "draft", by=lekstede, title="Eenzaamheid", sentence="We hebben een app nodig"
    )
    first, *_others, last = hints(mine, "problem", noor)
    assert "app" in first.words
    assert "niemand iets doet" in last.words
