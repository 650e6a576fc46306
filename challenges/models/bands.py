"""How challenges are told apart by readers: how large the envelope is, how soon the deadline."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from challenges.models.states import PHASES, Phase


class Envelope(models.TextChoices):
    SMALL = "small", _("Up to € 50,000")
    MIDDLE = "middle", _("€ 50,000 to € 100,000")
    LARGE = "large", _("€ 100,000 to € 250,000")
    LARGEST = "largest", _("More than € 250,000")


class Closes(models.TextChoices):
    SOON = "soon", _("Within two weeks")
    NEXT = "next", _("Within six weeks")
    LATER = "later", _("Later")
    OVER = "over", _("Deadline is over")


MOST_CENTS = {Envelope.SMALL: 5_000_000, Envelope.MIDDLE: 10_000_000, Envelope.LARGE: 25_000_000}
WITHIN = {Closes.SOON: timedelta(weeks=2), Closes.NEXT: timedelta(weeks=6)}


def banded(challenges):
    """These challenges with ``phase``, ``envelope`` and ``closes``: the band each falls in."""
    phases = [When(state__in=states, then=Value(phase.value)) for phase, states in PHASES.items()]
    amounts = [
        When(envelope_cents__lte=cents, then=Value(band.value))
        for band, cents in MOST_CENTS.items()
    ]
    days = [
        When(deadline_at__lte=Now() + span, then=Value(band.value)) for band, span in WITHIN.items()
    ]
    over = When(~models.Q(state__in=PHASES[Phase.OPEN]), then=Value(Closes.OVER.value))
    text = models.CharField()
    return challenges.annotate(
        phase=Case(*phases, default=Value(""), output_field=text),
        envelope=Case(*amounts, default=Value(Envelope.LARGEST.value), output_field=text),
        closes=Case(over, *days, default=Value(Closes.LATER.value), output_field=text),
    )
