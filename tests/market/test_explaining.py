"""Reasons: each true of the two records, each said in both languages."""

import pytest
from django.utils.translation import override

from factory import clock
from market.explaining import SENTENCES, in_words, is_but, true_reasons
from partners.models import Theme
from tests import make

HERE = {"title": "Lunch voor wijkbewoners", "value_cents": 100_000}
PAIRS = {
    "same_sector": {},
    "close_sector": {"sector": "events"},
    "other_sector": {"sector": "ict"},
    "same_place": {"place": "Utrecht"},
    "same_province": {"place": "Amersfoort"},
    "delivers_here": {"place": "Amersfoort", "reach_km": 30},
    "nationwide": {"nationwide": True},
    "far": {"place": "Groningen", "nationwide": True},
    "value_fits": {"value_cents": 90_000},
    "larger": {"value_cents": 300_000},
    "smaller": {"value_cents": 40_000},
    "shared_words": {"title": "Verse lunch"},
    "written_alike": {"title": "Vergaderlunches"},
    "shared_themes": {"theme": "work"},
    "other_language": {"title": "Cooking with fresh food"},
}


def pair(place="Utrecht", sector="catering", theme="food", **facts):
    need = make.need(by=make.organisation(kind="municipality"), **HERE)
    need.themes.set(Theme.objects.filter(slug="work"))
    supplier = make.organisation(place=place)
    offer = make.offer(by=supplier, sector=make.sector(sector), **{"title": "Koken"} | facts)
    offer.themes.set(Theme.objects.filter(slug=theme))
    return need, supplier, offer


def codes(reasons):
    return {reason["code"] for reason in reasons}


@pytest.mark.parametrize(("code", "facts"), PAIRS.items())
def test_a_reason_is_given_where_it_is_true(cleo, code, facts):
    assert code in codes(true_reasons(*pair(**facts)))


@pytest.mark.parametrize("code", sorted(set(PAIRS) - {"same_sector", "same_place"}))
def test_a_reason_is_not_given_where_it_is_not(cleo, code):
    assert code not in codes(true_reasons(*pair()))


def test_a_profile_speaks_for_an_organisation_without_an_offer(cleo):
    need = make.need(**HERE)
    baker = make.organisation(
        mission="Brood voor elke lunch", place="Utrecht", sectors=[need.sector]
    )
    found = codes(true_reasons(need, baker))
    assert found == {"profile_sector", "same_place", "shared_words", "no_offer"}


def test_what_speaks_against_it_comes_last(cleo):
    found = [is_but(reason) for reason in true_reasons(*pair(value_cents=900_000))]
    assert found == sorted(found)
    assert any(found)


def again(match):
    """The need of a match once more, and who delivered it."""
    need = make.need(by=match.buyer, **HERE)
    need.repeats = match
    return need, match.organisation


def test_who_delivered_it_before_is_said_to_have_and_nobody_else(cleo):
    need, supplier = again(make.match("completed"))
    assert "delivered_before" in codes(true_reasons(need, supplier))
    assert "delivered_before" not in codes(true_reasons(need, make.organisation()))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_can_be_said(cleo, language):
    said = [true_reasons(*pair(**facts)) for facts in PAIRS.values()]
    need = make.need(**HERE)
    said.append(true_reasons(need, make.organisation(mission="Lunch", sectors=[need.sector])))
    said.append(true_reasons(*again(make.match("completed"))))
    asks = make.need(**HERE, asked_proofs=["pso", "bcorp"])
    said.append(true_reasons(asks, make.credential().organisation))
    with override(language):
        for reasons in said:
            assert len(in_words(reasons)) == len(reasons)
            assert all(sentence and "%(" not in sentence for sentence, _but in in_words(reasons))
    assert set().union(*map(codes, said)) == set(SENTENCES) - {"same_subject"}  # of what was read


def test_the_sector_is_named_in_the_readers_language(cleo):
    reasons = [{"code": "same_sector", "nl": "Schoonmaak", "en": "Cleaning"}]
    with override("en"):
        assert in_words(reasons) == [("Same sector: Cleaning", False)]
    with override("nl"):
        assert "Schoonmaak" in in_words(reasons)[0][0]


def test_the_reasons_of_a_match_are_said_as_they_were_stored(match):
    match.reasons = [{"code": "no_offer"}, {"code": "of a version to come"}]
    assert [but for _sentence, but in in_words(match)] == [True]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", "Gaat over hetzelfde, ook in andere woorden: “Warm eten”"),
        ("en", "About the same subject, even in other words: “Warm eten”"),
    ],
)
def test_the_same_subject_is_told_from_five_on_in_both_languages(cleo, language, told):
    need, offer = make.need(**HERE), make.offer(title="Warm eten")
    need.read_at = offer.read_at = clock.now()
    with override(language):
        assert (told, False) in in_words(true_reasons(need, offer.organisation, offer, 5.0))
        assert told not in dict(in_words(true_reasons(need, offer.organisation, offer, 4.9)))
