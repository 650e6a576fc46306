"""What the bench measures of the registry."""

from django.urls import reverse

from factory.bench.measuring import Probe
from partners.models import Organisation

ROWS = 20


def probes():
    """How many partners there are, and the pages to measure."""
    active = Organisation.objects.active()
    spread = max(1, active.count() // ROWS)
    some = [
        organisation.get_absolute_url() for organisation in active.order_by("pk")[::spread][:ROWS]
    ]
    return {"partners": active.count()}, [
        Probe("directory", [reverse("partners:list")]),
        Probe("profile", some),
    ]
