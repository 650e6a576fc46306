"""Words of texts: what is asked, and what two share."""

from hypothesis import given
from hypothesis import strategies as st

from factory.meaning.wording import asked_words, shared_words


@given(st.text(), st.text())
def test_words_of_any_text_are_harmless(title, text):
    assert all(word.isalpha() for word in asked_words(title, text))
    assert set(shared_words(title, text)) == set(shared_words(text, title))


def test_shared_words_are_telling_and_stand_in_both():
    assert shared_words("Lunch voor mensen met soep", "Onze soep en LUNCH voor mensen") == ["lunch"]
