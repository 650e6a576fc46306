"""Saved lists in a real browser: quiet, fitting, without barriers, in both languages."""

import pytest

from market.keeping import doing
from tests import make


@pytest.fixture
def kept(ada, broodnodig, lekstede, lunch):
    """Ada's list: a need with a note, a partner, and a need that went away."""
    saved = doing.first_list(ada)
    gone = make.need(by=lekstede, title="Gone")
    for thing in (lunch, lekstede, gone):
        doing.keep(thing, saved, by=ada)
    saved.items.filter(listing=lunch).update(note="Call Noor <b>today</b>.\nShe is in until four.")
    make.listings.withdraw(gone, by=gone.contact)
    return saved


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_somebody_keeps_is_good_to_read_and_to_change(visit, enter, ada, kept, language):
    enter(ada)
    here = f"{language}/market/lists/"
    visit(here)
    visit(f"{here}{kept.pk}/")
    visit(f"{here}{kept.pk}/change/")
    visit(f"{here}{kept.pk}/end/")
    visit(f"{here}{kept.pk}/{kept.items.first().pk}/")
    make.offer(by=ada.memberships.get().organisation, title="Lunch from us", reach_km=50)
    page = visit(f"{language}/market/?you=1&place=Utrecht&km=25")
    assert page.locator(".foryou").count() == 1
    visit(f"{language}/partners/?province=PV26&q=brood&place=Utrecht&km=25")
    visit(f"{language}/partners/?place=Nergenshuizen")
