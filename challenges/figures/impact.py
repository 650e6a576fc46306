"""What impact challenges came to, as of any day: how many, how much money, what was awarded and went on."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.models import Adoption, Award, Challenge, Entry
from challenges.models.states import STANDS
from factory.templatetags.words import count, euro_short


def impact_figures(on):
    """The challenges at the end of the day ``on``: stats, a section and counting rules."""
    before = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    steps = _steps(before)
    given = _given(before)
    number = steps["published"]
    return {
        "stats": _stats(number, steps["envelope"], given["awarded"]) if number else [],
        "sections": [_path(steps, given)] if number else [],
        "counting": [
            _(
                "A challenge counts from the day it opened; its envelope is what its owner had set aside."
            ),
            _("An award counts once it is final: the time to object is over."),
            _(
                "A challenge goes on if its owner decided so in public, in whatever way but stopping."
            ),
        ],
    }


def _steps(before):
    """How far public challenges had come."""
    moments = {"published": "published_at", "closed": "closed_at", "finished": "finished_at"}
    reached = {name: Count("pk", filter=Q(**{f"{at}__lt": before})) for name, at in moments.items()}
    envelope = Sum("envelope_cents", filter=Q(published_at__lt=before))
    return Challenge.objects.public().aggregate(**reached, envelope=envelope)


def _given(before):
    """What was awarded, and how many challenges and plans that were."""
    final = Award.objects.final().filter(challenge__awarded_at__lt=before)
    found = final.aggregate(
        awarded=Sum("cents"), plans=Count("pk"), challenges=Count("challenge", distinct=True)
    )
    sent = Entry.objects.filter(state__in=STANDS, challenge__closed_at__lt=before)
    decided = Adoption.objects.filter(state=Adoption.State.DECIDED, decided_at__lt=before)
    adopted = decided.exclude(choice=Adoption.Choice.STOP).count()
    return found | {"sent": sent.count(), "adopted": adopted}


def _stats(number, envelope, awarded):
    words = ngettext("impact challenge opened", "impact challenges opened", number)
    stats = [(count(number), words), (euro_short(envelope or 0), _("in their envelopes"))]
    if awarded:
        stats.append((euro_short(awarded), _("awarded to plans")))
    return stats


def _path(steps, given):
    rows = {
        _("Opened for plans"): steps["published"],
        _("Deadline over"): steps["closed"],
        _("Awarded"): given["challenges"],
        _("Trial finished"): steps["finished"],
        _("Goes on after the trial"): given["adopted"],
    }
    told = _("%(sent)s plans were sent in for those whose deadline is over; %(plans)s got money.")
    return {
        "id": "challenges",
        "chart": "path",
        "heading": _("How far challenges get"),
        "texts": [told % {"sent": count(given["sent"]), "plans": count(given["plans"])}],
        "title": _("Challenges by step"),
        "head": _("Step"),
        "figures": _("Challenges"),
        "rows": [{"label": words, "value": number} for words, number in rows.items()],
    }
