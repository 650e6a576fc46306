"""What changes, leaves or is refused, and what the real worker makes of it within a minute."""

import pytest
from celery import current_app

from factory.local.process import wait_until
from market.lifecycle import listing as listings
from market.lifecycle import refusing
from market.models import Listing, Match
from tests import make

SWEEPS = ("factory.meaning.tasks.sweep", "market.tasks.sweep")  # every 20 and 30 seconds


@pytest.fixture
def cleo(worker, transactional_db):
    return make.coordinator("Cleo Coordinator")


def owner(listing):
    return listing.organisation.memberships.get().person


def on_the_list(need):
    return set(need.matches.filter(state="suggested").values_list("offer", flat=True))


def comes_to(need, *offers):
    """Whether these alone stand on the shortlist within a minute, as the clock wakes the worker."""

    def so():
        for task in SWEEPS:
            current_app.send_task(task)
        return on_the_list(need) == {offer.pk for offer in offers}

    return wait_until(so, seconds=60, pause=3)


def withdraw(need, offer, cleo):
    listings.withdraw(offer, by=owner(offer))


def suspend(need, offer, cleo):
    make.organisations.suspend(offer.organisation, by=cleo, note="Not reachable.")


def refuse(need, offer, cleo):
    refusing.refuse(need, offer.organisation, by=owner(offer), reason="price")


def refuse_by_the_buyer(need, offer, cleo):
    refusing.refuse(offer, need.organisation, by=owner(need), reason="price")


@pytest.mark.parametrize("leaves", [withdraw, suspend, refuse, refuse_by_the_buyer])
def test_what_left_or_was_refused_is_not_suggested_again(cleo, leaves):
    soup = make.offer(title="Lunch met soep")
    need = make.need(title="Lunch voor zestig mensen")
    assert comes_to(need, soup)
    leaves(need, soup, cleo)
    assert on_the_list(need) == set()
    bread = make.offer(title="Lunch met brood")
    assert comes_to(need, bread)
    listings.revise(
        Listing.objects.get(pk=need.pk), by=owner(need), title="Lunch voor tachtig mensen"
    )
    taart = make.offer(title="Lunch met taart")
    assert comes_to(need, bread, taart)
    assert Match.objects.filter(need=need, offer=soup).count() == 1


def test_a_changed_need_with_a_full_shortlist_gets_another(cleo):
    lunches = [make.offer(title=f"Lunch {name}") for name in "abcde"]
    need = make.need(title="Lunch voor zestig mensen")
    assert comes_to(need, *lunches)
    sites = [make.offer(title=f"Website {name}", sector=make.sector("ict")) for name in "abcde"]
    changed = {"title": "Website voor de wijk", "sector": make.sector("ict")}
    listings.revise(Listing.objects.get(pk=need.pk), by=owner(need), **changed)
    assert comes_to(need, *sites)


def test_a_changed_offer_leaves_the_list_it_no_longer_fits_and_comes_on_another(cleo):
    offer = make.offer(title="Lunch met soep")
    need, other = (
        make.need(title="Lunch voor zestig mensen"),
        make.need(title="Website voor de wijk", sector=make.sector("ict")),
    )
    assert comes_to(need, offer)
    changed = {"title": "Website bouwen", "sector": make.sector("ict")}
    listings.revise(Listing.objects.get(pk=offer.pk), by=owner(offer), **changed)
    assert comes_to(other, offer)
    assert on_the_list(need) == set()
