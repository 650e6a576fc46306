"""What the bench measures of the registry."""

from django.urls import reverse

from factory.bench.measuring import Probe
from factory.lists import A_PAGE, MOST_ROWS
from partners.models import Organisation

ROWS = 20
ASKED = [
    "q=brood&place=Utrecht&km=25",
    "q=schoonmaak&place=Zwolle&km=50",
    "q=groen&place=Friesland",
]
PROVINCES = ["PV26", "PV27", "PV30"]
LAST = MOST_ROWS // A_PAGE


def probes():
    """How many partners there are, and the pages to measure."""
    active = Organisation.objects.active()
    listed = reverse("partners:list")
    spread = max(1, active.count() // ROWS)
    some = [
        organisation.get_absolute_url() for organisation in active.order_by("pk")[::spread][:ROWS]
    ]
    return {"partners": active.count()}, [
        Probe("directory", [listed]),
        Probe("directory, words and a place", [f"{listed}?{words}" for words in ASKED]),
        Probe("directory, a province ticked", [f"{listed}?province={code}" for code in PROVINCES]),
        Probe("directory, its last page", [f"{listed}?page={LAST}"]),
        Probe("profile", some),
    ]
