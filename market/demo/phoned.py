"""What people of the demo told a coordinator by telephone, and whether they say that it was noted right."""

from datetime import timedelta

from factory import clock
from factory.coordination import lifecycle as noted_things
from factory.coordination.models import OnBehalf
from market.lifecycle import listing as listings
from market.models import Listing
from partners import lifecycle as organisations
from partners.models import Person, coordinators_of

RENEWED = 2  # offers, by telephone: of the first it is right, the second has to answer yet
LIVE_SINCE = timedelta(days=8)


def coordinator_of(thing):
    """Who answers for the province of a thing; of a match, of its need."""
    where = getattr(thing, "need", thing).province_id
    return coordinators_of([where]).order_by("pk").first()


def noted_for_others(calendar, by):
    """Two renewals and a request to join, told by telephone."""
    offers = list(_old_offers(calendar)[:RENEWED])
    for offer in offers:
        with clock.replay(calendar.at(3, by)):
            whose = offer.organisation.memberships.owners().order_by("pk").first().person
            listings.renew(offer, by=coordinator_of(offer), on_behalf_of=whose)
    place = offers[0].organisation
    somebody = Person.objects.exclude(memberships__organisation=place)
    somebody = somebody.filter(is_active=True, is_staff=False).order_by("pk").last()
    with clock.replay(calendar.at(2, by)):
        organisations.ask_to_join(place, by=coordinator_of(place), on_behalf_of=somebody)
    right, _waits, wrong = OnBehalf.objects.order_by("pk")
    with clock.replay(calendar.at(1, by)):
        noted_things.affirm(right, by=right.person)
        noted_things.deny(wrong, by=wrong.person)


def _old_offers(calendar):
    """Offers that have been there for a while, one of each partner without an account of the demo."""
    old = Listing.objects.public().offers().filter(live_at__lt=calendar.now - LIVE_SINCE)
    plain = old.filter(organisation__memberships__person__password="!")  # noqa: S106
    return plain.order_by("organisation", "pk").distinct("organisation")
