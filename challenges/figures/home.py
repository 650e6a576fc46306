"""The challenges on the front page."""

from django.db.models import Case, Count, F, Q, Sum, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.models import Challenge
from challenges.models.bands import banded
from challenges.models.states import PHASES, Phase
from challenges.models.states import ChallengeState as State
from factory.templatetags.words import euro_short

SHOWN = 3
# What is going on: entries may still come, a jury weighs them, a trial runs.
GOING_ON = (*PHASES[Phase.OPEN], *PHASES[Phase.JUDGED], State.AWARDED, State.RUNNING)


def home_tiles():
    """Rows of (figure, words): what was awarded."""
    awarded = Challenge.objects.public().filter(state__in=PHASES[Phase.AWARDED])
    cents = awarded.aggregate(cents=Sum("committed_cents"))["cents"]
    return [(euro_short(cents), _("awarded in impact challenges"))] if cents else []


def home_ways():
    """How many challenges are open, and how many were brought to an end."""
    found = Challenge.objects.public().aggregate(
        open=Count("pk", filter=Q(state__in=PHASES[Phase.OPEN])),
        before=Count("pk", filter=Q(state__in=PHASES[Phase.AWARDED])),
    )
    words = [ngettext("%(n)s open now", "%(n)s open now", found["open"]) % {"n": found["open"]}]
    if found["before"]:
        said = ngettext("%(n)s awarded before", "%(n)s awarded before", found["before"])
        words.append(said % {"n": found["before"]})
    return {"challenges": ", ".join(words)}


def home_bands():
    """A few challenges that are going on: of each phase the one whose deadline is nearest, then the next ones."""
    going_on = banded(Challenge.objects.public().filter(state__in=GOING_ON))
    soonest = Case(When(phase=Phase.OPEN, then="deadline_at"))
    order = [soonest, F("deadline_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=F("phase"), order_by=order)
    found = going_on.select_related("organisation").annotate(place=place)
    rows = list(found.filter(place__lte=SHOWN).order_by("place", "-deadline_at", "pk")[:SHOWN])
    rows.sort(key=lambda challenge: list(Phase).index(challenge.phase))
    return [{"template": "challenges/_home.html", "rows": rows}] if rows else []
