"""In which language a need or an offer is written: seen in its words at every save, never asked."""

import pytest
from django.utils.translation import override

from market.explaining import true_reasons
from market.lifecycle import listing as listings
from market.models import Draft, Listing
from tests import make
from tests.market.test_posting import NEED, OFFER, post

DUTCH = {"title": "Lunch voor zestig mensen", "text": "Wij zoeken elke donderdag soep met brood."}
ENGLISH = {"title": "Lunch for sixty people", "text": "We want soup and bread every Thursday."}
UNSAID = {"title": "Catering", "text": ""}  # both languages have the word


@pytest.mark.parametrize("page", [NEED, OFFER])
def test_the_form_asks_no_language(client, noor, page):
    client.force_login(noor)
    assert 'name="language"' not in client.get(page).content.decode()


@pytest.mark.parametrize(("words", "language"), [(DUTCH, "nl"), (ENGLISH, "en")])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_words_say_it_whatever_the_language_of_the_page(
    client, noor, lekstede, words, language, prefix
):
    post(client, noor, prefix + NEED.removeprefix("/en"), **words, sector=make.sector().pk)
    assert Listing.objects.get().language == language


@pytest.mark.parametrize(("prefix", "language"), [("", "nl"), ("/en", "en")])
def test_a_word_that_both_know_is_in_the_language_of_the_page(
    client, noor, lekstede, prefix, language
):
    post(client, noor, prefix + NEED.removeprefix("/en"), **UNSAID, sector=make.sector().pk)
    assert Listing.objects.get().language == language


def test_other_words_are_looked_at_again(lekstede, noor):
    need = make.need(by=lekstede, **DUTCH)
    listings.revise(need, by=noor, **ENGLISH)
    assert Listing.objects.get().language == "en"
    listings.revise(need, by=noor, **DUTCH)
    assert Listing.objects.get().language == "nl"


def test_a_colleague_with_another_page_changes_nothing_of_what_does_not_say(lekstede, noor):
    need = make.need(by=lekstede, **UNSAID)
    assert need.language == "nl"
    with override("en"):
        listings.revise(need, by=noor, value_cents=90_000)
    assert Listing.objects.get().language == "nl"


def test_what_is_still_typed_has_a_language_too(lekstede, noor):
    make.draft(by=lekstede, **DUTCH)
    with override("en"):
        assert Draft.objects.get().language == "nl"


def written(reasons):
    return [reason for reason in reasons if reason["code"] == "other_language"]


def test_another_language_is_told_only_where_both_texts_say_theirs(cleo):
    need, offer = make.need(**DUTCH), make.offer(**ENGLISH)
    told = [{"code": "other_language", "language": "en"}]
    assert written(true_reasons(need, offer.organisation, offer)) == told
    with override("en"):
        unsaid = make.offer(**UNSAID)
    assert unsaid.language == "en"  # thought to be: it does not say
    assert written(true_reasons(need, unsaid.organisation, unsaid)) == []
