"""The coordinator's Monday: the calls to make, what people told, one mistake taken back, and a week off."""

from datetime import timedelta

import pytest
from django.urls import reverse

from factory import clock
from factory.coordination.models import OnBehalf
from factory.journal.models import Event
from market.lifecycle import match as matches
from market.models import Listing, Match
from partners.figures import coordinator_for
from partners.models import Deputy, Region
from tests import make
from tests.doors import sign_in
from tests.staff import at_the_desk

DESK = reverse("admin:index")


def page(thing, rest):
    label = thing.label().replace(".", "_")
    return reverse(f"admin:{label}_change", args=[thing.pk]).removesuffix("change/") + rest


@pytest.fixture
def utrecht(cleo):
    """Cleo's own province."""
    province = Region.objects.get(code="PV26")
    province.coordinators.add(cleo)
    return province


@pytest.fixture
def silent(match, cleo):
    """Asked a week ago, and no answer came."""
    matches.approve(match, by=cleo)
    Match.objects.filter(pk=match.pk).update(call_at=clock.now() - timedelta(days=2))
    return match


def test_monday(client, utrecht, silent, cleo, ada, noor, lekstede, broodnodig):
    desk = at_the_desk(cleo)

    # She starts with whom to call, and reaches nobody at first.
    assert silent.need.title in desk.get(DESK).content.decode()
    form = {"text": "In a meeting", "call_back_on": clock.today() + timedelta(days=1), "token": "1"}
    assert desk.post(page(silent, "move/note/?back=desk"), form).url == DESK
    assert page(silent, "change/") not in desk.get(DESK).content.decode()

    # Then Ada calls back herself: yes. The two meet.
    assert desk.post(page(silent, f"for/{ada.pk}/accept/"), {"token": "2"}).status_code == 302
    silent.refresh_from_db()
    assert silent.state == "introduced"

    # Noor tells what she paid; Ada confirms it herself, and it counts. Nobody stood for both.
    desk.post(page(silent, f"for/{noor.pk}/confirm/"), {"cents": "9.600", "token": "3"})
    refused = desk.post(page(silent, f"for/{ada.pk}/confirm/"), {"cents": "9.600", "token": "4"})
    assert refused.status_code == 302
    silent.refresh_from_db()
    assert (silent.state, silent.supplier_cents) == ("introduced", None)
    matches.confirm(silent, by=ada, cents=960_000)
    silent.refresh_from_db()
    assert (silent.state, silent.realised_cents) == ("completed", 960_000)

    # Noor finds the question on her desk and says that it is right.
    sign_in(client, noor)
    asked = OnBehalf.objects.get(person=noor)
    assert asked.get_absolute_url() in client.get("/desk/").content.decode()
    client.post(f"{asked.get_absolute_url()}affirm/", {"token": "5"})
    names = Event.objects.about(silent).filter(verb="match.confirm").first()
    assert (names.actor, names.on_behalf_of) == (cleo, noor)

    # A need that Noor tells by phone stands on the market in her name.
    need = {"title": "Soup for forty", "region": lekstede.region_id, "unit": "once", "text": ""}
    need |= {"organisation": lekstede.pk, "sector": make.sector().pk, "token": "6"}
    desk.post(reverse("admin:market_listing_enter_for", args=[noor.pk, "need"]), need)
    assert Listing.objects.get(title="Soup for forty").contact == noor

    # She suspends the wrong organisation, and takes it back before anybody hears of it.
    desk.post(page(broodnodig, "move/suspend/"), {"note": "Not reachable", "token": "7"})
    desk.post(page(broodnodig, "move/take_back/"), {"token": "8"})
    broodnodig.refresh_from_db()
    assert broodnodig.state == "active"

    # She sees the site as Ada does, and is back in her own name.
    looking = sign_in(client, cleo)
    looking.post(reverse("admin:look_as", args=[ada.pk]))
    assert "Ada Owner" in looking.get("/desk/").content.decode()
    assert looking.post(reverse("look_stop")).url == DESK

    # On Tuesday she is away: Karin has her list, her mail and her name.
    karin = make.coordinator("Karin Deputy")
    today = clock.today()
    Deputy.objects.create(
        region=utrecht, coordinator=cleo, deputy=karin, from_date=today, until_date=today
    )
    assert coordinator_for(noor)["name"] == "Karin Deputy"
