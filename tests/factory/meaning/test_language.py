"""The language of a text is seen, never asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.demo import lines
from factory.local.places import ROOT
from factory.meaning.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lunch voor zestig wijkbewoners", "nl"),
        ("Wij zoeken iemand die onze ramen wast.", "nl"),
        ("Lunch for sixty neighbours", "en"),
        ("We are looking for somebody to clean our windows.", "en"),
        ("glazenwasser, ramenwasser, vensters zemen", "nl"),
        ("Window cleaning", "en"),
        ("Fietsen repareren", "nl"),
        ("Bicycle repair with trainees", "en"),
    ],
)
def test_a_language_is_known_by_its_small_words_and_its_spelling(text, language):
    other = "en" if language == "nl" else "nl"
    assert language_of(text, otherwise=other) == language


@pytest.mark.parametrize(
    "text", ["", "!", "2026", "🍲", "X", "Catering", "Training", "Begeleiding", "Website"]
)
def test_a_text_that_does_not_say_is_in_the_language_it_is_thought_to_be(text):
    assert language_of(text, otherwise="en") == "en"
    assert language_of(text, otherwise="nl") == "nl"


@pytest.mark.parametrize("name", ["needs", "offers"])
def test_every_text_of_the_demo_is_known(name):
    for row in lines(ROOT / f"market/demo/{name}.csv"):
        assert language_of(f"{row['title']}. {row['text']}", "en") == row["language"], row["title"]


@given(st.text())
def test_any_text_has_a_language(text):
    assert language_of(text) in ("nl", "en")
