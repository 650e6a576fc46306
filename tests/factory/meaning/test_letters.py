"""Texts compared by pieces of words."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.meaning.letters import SHORTEST, agreement, counts, pieces, stem, telling

OTHERS = [telling(text) for text in ("Drukwerk en folders", "Fietsen repareren", "Tuinonderhoud")]


def best_for(asked, *texts):
    """Which of the texts agrees most."""
    told = [telling(text) for text in texts]
    scores, _usual = agreement(pieces(telling(asked)), told, [*told, *OTHERS])
    return texts[int(numpy.argmax(scores))]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("glazenwasser", "Wij wassen glazen gevels en ramen"),  # a compound
        ("kantoorschoonmaak", "Schoonmaak van kantoren"),
        ("lunches", "Een lunch van het seizoen"),  # an inflection
        ("vergaderlunch", "Lunchen met twaalf personen"),
        ("scoonmaak", "Schoonmaken na een feest"),  # a mistake
        ("cateraar", "Catering en borrels"),
        ("crèche", "Creche in de buurt"),  # an accent
        ("microphone", "Microfoons en microphones te huur"),
    ],
)
def test_compounds_inflections_and_mistakes_do_not_hide_a_text(asked, answer):
    assert best_for(asked, "Verhuur van bakfietsen", answer, "Bloemen op tafel") == answer


@pytest.mark.parametrize(
    ("word", "expected"),
    [("lunches", "lunch"), ("schoonmaker", "schoonmak"), ("tuin", "tuin"), ("soepen", "soep")],
)
def test_a_stem_is_a_word_without_its_ending(word, expected):
    assert stem(word) == expected


def test_only_words_that_say_something_are_compared():
    assert telling("Wij maken Soep, en ook brood!").split() == ["soep", "brood"]


def test_a_rare_piece_counts_more_than_a_common_one():
    texts = [telling("lunch soep"), telling("lunch brood")]
    scores, _usual = agreement(pieces(telling("lunch soep")), texts, [*texts, telling("lunch")])
    assert scores[0] > scores[1]


@pytest.mark.parametrize("text", ["", "a", "🍲", "de het een", "x" * 20_000, "soep " * 4_000])
def test_strange_texts_give_numbers(text):
    told = telling(text)
    for asked in (told, telling("soep")):
        here, there = agreement(pieces(asked), [told], [told, *OTHERS])
        assert numpy.isfinite(here).all()
        assert numpy.isfinite(there).all()


def test_without_a_background_there_are_numbers_too():
    here, there = agreement(pieces(telling("soep")), [telling("soep")], [])
    assert numpy.isfinite(here).all()
    assert len(there) == 0


@given(st.text(), st.text())
def test_a_text_never_agrees_less_for_holding_all_that_is_asked(asked, other):
    asked, other = telling(asked), telling(other)
    here, _there = agreement(pieces(asked), [asked, other], [asked, other, *OTHERS])
    assert (here >= 0).all()
    assert here[0] >= here[1] or len(asked) > len(other)


def standing(piece, text):
    return sum(text.startswith(piece, place) for place in range(len(text)))


FEW = st.text(alphabet="aben 𝔾é\n", max_size=40)


@given(FEW, st.lists(FEW, max_size=6))
def test_pieces_are_counted_in_all_texts_at_once_as_one_by_one(asked, texts):
    sought = pieces(" ".join(word for word in asked.split() if len(word) >= SHORTEST))
    slowly = [[standing(piece, text) for piece in sought] for text in texts]
    assert counts(sought, texts).tolist() == slowly
