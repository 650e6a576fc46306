"""What the bench measures of the challenges."""

import random

from django.urls import reverse

from challenges import ranking
from challenges.demo.bulk_jury import JURORS, SLUGS, WEIGHTS
from challenges.models import Assessment, Challenge, Entry, Juror
from challenges.models.criterion import HIGHEST, LOWEST
from factory.bench.measuring import Probe

ROWS = 20
WORDS = ("vervoer", "energie", "jongeren", "maatwerkvervoer", "onderhoud")
MISTYPED = ("vervoet", "enrgie", "jongern")
RANKED = 1_000  # entries, whatever there is in the database


def probes():
    """How many there are, and what to measure; nothing where there are none."""
    board = reverse("challenges:list")
    public = Challenge.objects.public().order_by("pk")
    counted = {"challenges": public.count(), "entries": Entry.objects.count()}
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
        *of_the_jury(),
        *of_the_order(),
    ]


def of_the_jury():
    """The pages of a jury, for its chair, who scores too and sees most."""
    chairs = {
        seat.challenge.slug: seat
        for seat in Juror.objects.filter(
            chairs=True, challenge__slug__in=SLUGS.values()
        ).select_related("challenge", "person")
    }
    if not chairs:
        return
    seat, at = chairs[SLUGS["scoring"]], reverse("challenges:jury", args=[SLUGS["scoring"]])
    mine = Assessment.objects.filter(juror=seat, state="open").order_by("entry__number")
    entries = seat.challenge.entries.count()
    told = f"{entries} entries, {JURORS} jurors"
    yield Probe(f"jury, {told}", [at], seat.person)
    yield Probe(
        "scoring page",
        [one.get_absolute_url() for one in mine[:: max(1, mine.count() // ROWS)][:ROWS]],
        seat.person,
    )
    other = chairs[SLUGS["consensus"]]
    order = reverse("challenges:ranking", args=[SLUGS["consensus"]])
    yield Probe(f"ranking, {told}", [order], other.person)


def of_the_order():
    """The computation of the order alone, without the database."""
    weights = dict(enumerate(WEIGHTS))
    chance = random.Random(RANKED)  # noqa: S311 - nothing here is secret
    marks = {
        entry: {c: [chance.randint(LOWEST, HIGHEST) for _juror in range(JURORS)] for c in weights}
        for entry in range(RANKED)
    }
    told = f"{RANKED} × {JURORS} × {len(WEIGHTS)} marks"
    yield Probe(
        f"order of {told}", call=lambda m: ranking.rank(weights, m) and 0, arguments=[marks]
    )
    yield Probe(
        f"how firm that order is, {told}",
        call=lambda m: ranking.sensitivity(weights, m) and 0,
        arguments=[marks],
    )
