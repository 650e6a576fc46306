"""From vectors and letters to one number a text: examples, and what holds for any."""

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factory.meaning.comparing import Background, Sample, Text, compared, pointed, standardised
from factory.meaning.letters import telling

PARTS = [(slice(0, 4), 1.0), (slice(4, 6), 0.8)]
DICE = numpy.random.default_rng(7)


def vector(*numbers):
    return numpy.array(numbers, dtype=numpy.float32)


def drawn(language="nl", shift=0.0):
    """A text of no particular meaning."""
    return Text(language, telling("iets anders"), DICE.normal(shift, 1, 6).astype(numpy.float32))


@pytest.fixture(scope="module")
def usual():
    """Forty texts a language; the model places English ones far from Dutch ones."""
    return Background(
        {
            "nl": Sample([drawn() for _ in range(40)]),
            "en": Sample([drawn("en", 3.0) for _ in range(40)]),
        },
        {"nl": Sample([drawn() for _ in range(40)])},
    )


ASKED = Text("nl", telling("soep"), vector(3, 0, 0, 0, 3, 0))


def test_the_nearest_in_meaning_comes_first(usual):
    near, far = Text("nl", " x ", vector(3, 0, 0, 0, 3, 0)), Text("nl", " x ", -ASKED.vector)
    scores = compared(ASKED, [far, near], usual, PARTS)
    assert scores[1] > scores[0]


def test_a_text_is_measured_against_its_own_language(usual):
    dutch = Text("nl", " x ", vector(3, 0, 0, 0, 3, 0))
    english = Text("en", " x ", vector(3, 0, 0, 0, 3, 0) + 3)
    plain = [float(ASKED.vector @ text.vector) for text in (dutch, english)]
    scores = compared(ASKED, [dutch, english], Background(usual.found), PARTS)
    assert plain[1] > plain[0] * 1.5
    assert abs(scores[1] - scores[0]) < 1.5


def test_among_equals_in_meaning_the_same_letters_come_first():
    here = vector(1, 1, 0, 0, 1, 1)
    texts = [Text("nl", telling("brood"), here), Text("nl", telling("soepen"), here)]
    others = [drawn() for _ in range(40)]
    for number, text in enumerate(others):
        text.words = telling("soep" if number % 2 else "taart")
    assert numpy.diff(compared(ASKED, texts, Background({"nl": Sample(others)}), PARTS))[0] > 0


def test_words_of_the_other_language_count_where_they_are_known_to_mean_the_same(usual):
    texts = [Text("en", telling("cleaning")), Text("en", telling("printing"))]
    asked = Text("nl", telling("schoonmaak"))
    plain = compared(asked, texts, Background(), [])
    told = compared(asked, texts, Background(), [], also={"en": telling("cleaning")})
    assert plain[0] == plain[1]
    assert told[0] > told[1]


def test_what_everybody_is_near_to_stands_back_for_what_is_near_to_this_question(usual):
    special, everybodys = Text("nl", " x ", vector(2, 0, 0, 0, 2, 0)), Text("nl", " x ")
    everybodys.vector = special.vector.copy()
    asking = [Text("nl", " x ", DICE.normal((0, 3, 0, 0, 0, 3), 0.1)) for _ in range(40)]
    everybodys.vector[1] = everybodys.vector[5] = 4
    scores = compared(
        ASKED, [special, everybodys], Background(usual.found, {"nl": Sample(asking)}), PARTS
    )
    assert scores[0] > scores[1]


def test_a_text_that_no_model_read_is_compared_by_its_letters(usual):
    texts = [Text("nl", telling("soep")), Text("nl", telling("taart"))]
    scores = compared(ASKED, texts, Background(usual.found), PARTS)
    assert numpy.isfinite(scores).all()
    assert scores[0] >= scores[1]


def test_without_a_background_the_texts_themselves_say_what_is_usual():
    texts = [Text("nl", telling("soep en brood")), Text("nl", telling("fietsen"))]
    scores = compared(Text("nl", telling("soep")), texts, Background(), [])
    assert scores[0] > scores[1]


def test_nothing_is_compared_with_nothing(usual):
    assert len(compared(ASKED, [], usual, PARTS)) == 0


def test_alike_numbers_do_not_differ():
    assert list(standardised(numpy.ones(3), numpy.ones(5))) == [0, 0, 0]


def test_a_question_points_with_length_one_and_weighs_its_parts(usual):
    there = pointed(ASKED.vector, usual.found["nl"], PARTS)
    assert numpy.linalg.norm(there) == pytest.approx(1)
    assert there[0] != there[4]


texts = st.builds(
    Text,
    st.sampled_from(["nl", "en"]),
    st.text(max_size=30).map(telling),
    st.none() | st.lists(st.floats(-1, 1), min_size=6, max_size=6).map(lambda n: vector(*n)),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(texts, st.lists(texts, max_size=8), st.randoms())
def test_whatever_comes_in_there_are_numbers_and_the_order_does_not_matter(asked, found, chance):
    scores = compared(asked, found, Background(), PARTS if asked.vector is not None else [])
    assert numpy.isfinite(scores).all()
    places = list(range(len(found)))
    chance.shuffle(places)
    again = compared(
        asked, [found[p] for p in places], Background(), PARTS if asked.vector is not None else []
    )
    assert again == pytest.approx([scores[p] for p in places], abs=1e-3)
