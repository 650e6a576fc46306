"""A coordinator finds that an organisation is here twice, and makes one of the two."""

import pytest
from django.urls import reverse

from partners.models import Organisation
from tests import make
from tests.journeys.visitor import Visitor, fields_of


@pytest.mark.django_db
def test_from_two_entries_to_one(cleo, broodnodig, ada):
    twin = make.organisation("Broodnodig Utrecht")
    make.offer(by=twin, title="Bread every day")
    old = twin.get_absolute_url()
    visitor = Visitor().signs_in(cleo)

    # On the page of the one she presses merge, and sees whom it looks like.
    visitor.open(reverse("admin:partners_organisation_change", args=[twin.pk]))
    visitor.click("Samenvoegen met een andere")
    assert visitor.reads("Broodnodig")

    # Side by side she sees what goes along; nothing has happened yet.
    visitor.open(f"?into={broodnodig.pk}")
    assert visitor.reads("Naast elkaar")
    assert visitor.reads("Dit kun je niet terugdraaien")
    assert Organisation.objects.get(pk=twin.pk).state == "active"

    # She confirms; the old address, which stands in mails, leads to the one that stays.
    form = next(
        f for f in visitor.page.find_all("form", method="post") if f.find("input", {"name": "into"})
    )
    visitor.client.post(visitor.at, fields_of(form))
    reader = Visitor().open(old)
    assert reader.at == broodnodig.get_absolute_url()
    assert reader.reads("Bread every day")
