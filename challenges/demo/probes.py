"""What the bench measures of the challenges."""

from django.urls import reverse

from challenges.models import Challenge
from factory.bench.measuring import Probe

ROWS = 20
WORDS = ("vervoer", "energie", "jongeren", "maatwerkvervoer", "onderhoud")
MISTYPED = ("vervoet", "enrgie", "jongern")


def probes():
    """How many there are, and what to measure; nothing where there are none."""
    board = reverse("challenges:list")
    public = Challenge.objects.public().order_by("pk")
    counted = {"challenges": public.count()}
    if not counted["challenges"]:
        return counted, []
    pages = [
        one.get_absolute_url() for one in public[:: max(1, counted["challenges"] // ROWS)][:ROWS]
    ]
    return counted, [
        Probe("challenges", [board]),
        Probe("challenges, all of them", [f"{board}?state=all"]),
        Probe("challenges, words", [f"{board}?state=all&q={word}" for word in WORDS]),
        Probe("challenges, a typing mistake", [f"{board}?state=all&q={word}" for word in MISTYPED]),
        Probe("challenge", pages),
        Probe("challenges, Atom feed", [f"{reverse('challenges:feed')}?state=all"]),
    ]
