"""Plurals and inflections of one word are known as one; other words are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.meaning.inflecting import forms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lunch", "lunches"), ("raam", "ramen"), ("zaal", "zalen"), ("bak", "bakken"), ("brief", "brieven"),
        ("huis", "huizen"), ("kast", "kasten"), ("taart", "taarten"), ("training", "trainingen"),
        ("duurzaam", "duurzame"), ("mogelijkheid", "mogelijkheden"), ("vergaderruimte", "vergaderruimtes"),
        ("cafe", "cafes"), ("meeting", "meetings"), ("cleaner", "cleaners"), ("company", "companies"),
        ("familie", "families"), ("glazenwasser", "glazenwassers"), ("voet", "voeten"),
    ],
)  # fmt: skip
def test_one_word(one, other):
    assert forms(one) & forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kast", "kas"), ("meeting", "meting"), ("boot", "boos"), ("raam", "ram"), ("soep", "soepel"),
        ("window", "winter"), ("taart", "taal"), ("kok", "koek"),
    ],
)  # fmt: skip
def test_another_word(one, other):
    assert not forms(one) & forms(other)


@given(st.text(alphabet=st.characters(categories=["Ll"]), min_size=1, max_size=20))
def test_any_word_has_itself_as_a_form(word):
    assert word in forms(word)
