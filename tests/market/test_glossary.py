"""Pairs of words that mean the same: phrases, plurals and accents do not stand between a text and its pair."""

import pytest

from factory.meaning.letters import telling
from market.matching.glossary import known_as
from market.matching.ranking import suppliers_for
from market.models import Pair
from tests import make

PAIRS = [
    ("glazenwasser", "window cleaner"),
    ("vergaderruimte", "meeting room"),
    ("café", "coffee house"),
    ("zorg voor ouderen", "care for the elderly"),
    ("krulspeld", "hair pin"),
]


@pytest.fixture
def pairs(db):
    Pair.objects.all().delete()
    Pair.objects.bulk_create(Pair(dutch=dutch, english=english) for dutch, english in PAIRS)


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("A window cleaner for our office", "glazenwasser"),
        ("Window cleaners wanted", "glazenwasser"),
        ("Two meeting rooms for Thursday", "vergaderruimte"),
        ("Somebody who does care of elderly neighbours", "zorg ouderen"),
        ("HAIR PINS and more", "krulspeld"),
        ("Wij zoeken cafés in de buurt", "cafe"),
        ("Een cafe", "cafe"),
        ("Glazenwassers gezocht", "glazenwasser"),
        ("A cleaner who looks through the window", ""),  # not one after the other
        ("A meeting in a wooden room", ""),
        ("A room for a meeting", ""),
        ("", ""),
    ],
)
def test_what_a_text_is_called_in_dutch(pairs, text, dutch):
    assert known_as(telling(text)).get("nl", "").split() == dutch.split()


def test_both_languages_are_told(pairs):
    found = known_as(telling("Vergaderruimtes en cafés"))
    assert found == {"nl": " vergaderruimte cafe ", "en": " meeting room coffee house "}


def test_it_takes_one_query_however_many_pairs(pairs, django_assert_num_queries):
    with django_assert_num_queries(1):
        known_as(telling("Window cleaners and meeting rooms"))


def test_a_need_in_english_finds_its_offer_in_dutch_by_a_phrase(lekstede, pairs):
    need = make.need(by=lekstede, title="Hair pins wanted", text="For the neighbourhood.")
    make.offer(title="Iets voor bruiloften", text="Wij kijken ernaar uit.")
    match = make.offer(title="Krulspelden en meer", text="Wij maken ze met de hand.")
    assert suppliers_for(need)[0].offer == match
