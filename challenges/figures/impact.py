"""What impact challenges came to, as of any day: how many, how much money, what was awarded and went on."""

from collections import Counter
from datetime import datetime, time, timedelta

from django.db.models import Count, Q, Sum, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.models import Adoption, Award, Challenge, Entry
from challenges.models.states import STANDS
from factory.templatetags.words import count, euro_short


def impact_figures(on):
    """The challenges at the end of the day ``on``: stats, a section and counting rules."""
    before = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    found = _counted(before)
    number = found["published"]
    return {
        "stats": _stats(number, found["envelope"], found["awarded"]) if number else [],
        "sections": [_path(found)] if number else [],
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


def _counted(before):
    """How far public challenges had come and what was awarded, all in one statement."""
    moments = {"published": "published_at", "closed": "closed_at", "finished": "finished_at"}
    reached = {name: Count("pk", filter=Q(**{f"{at}__lt": before})) for name, at in moments.items()}
    envelope = Sum("envelope_cents", filter=Q(published_at__lt=before))
    final = Award.objects.final().filter(challenge__awarded_at__lt=before)
    sent = Entry.objects.filter(state__in=STANDS, challenge__closed_at__lt=before)
    decided = Adoption.objects.filter(state=Adoption.State.DECIDED, decided_at__lt=before)
    return together(
        _of(Challenge.objects.public(), **reached, envelope=envelope),
        _of(
            final,
            awarded=Sum("cents"),
            plans=Count("pk"),
            challenges=Count("challenge", distinct=True),
        ),
        _of(sent, sent=Count("pk")),
        _of(decided.exclude(choice=Adoption.Choice.STOP), adopted=Count("pk")),
    )


def _of(rows, **figures):
    """These figures of these rows, as one JSON object."""
    one = rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them")
    return one.annotate(**figures).values(found=JSONObject(**{name: name for name in figures}))


def together(first, *others):
    """``{name: number}`` of all; 0 where there are no rows."""
    found = Counter()
    for figures in first.union(*others, all=True).values_list("found", flat=True):
        found.update({name: number or 0 for name, number in figures.items()})
    return found


def _stats(number, envelope, awarded):
    words = ngettext("impact challenge opened", "impact challenges opened", number)
    stats = [(count(number), words), (euro_short(envelope), _("in their envelopes"))]
    if awarded:
        stats.append((euro_short(awarded), _("awarded to plans")))
    return stats


def _path(found):
    rows = {
        _("Opened for plans"): found["published"],
        _("Deadline over"): found["closed"],
        _("Awarded"): found["challenges"],
        _("Trial finished"): found["finished"],
        _("Goes on after the trial"): found["adopted"],
    }
    told = _("%(sent)s plans were sent in for those whose deadline is over; %(plans)s got money.")
    return {
        "id": "challenges",
        "chart": "path",
        "heading": _("How far challenges get"),
        "texts": [told % {"sent": count(found["sent"]), "plans": count(found["plans"])}],
        "title": _("Challenges by step"),
        "head": _("Step"),
        "figures": _("Challenges"),
        "rows": [{"label": words, "value": number} for words, number in rows.items()],
    }
