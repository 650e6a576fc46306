"""How attention is shared among those who could be suggested, for coordinators: who is never seen?"""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from factory.coordination.lines import Lines
from market.models import Impression, Listing
from partners.fairness import gini
from partners.models import provinces_of

LATELY = timedelta(days=90)
STEPS = ((0, "0"), (1, "1"), (2, "2"), (4, "3–4"), (9, "5–9"), (10**9, "10+"))


def coordinator_figures(person, everywhere=False, only=None):
    """One block, as :func:`market.figures.coordination.coordinator_figures` gives them."""
    if only not in (None, "attention"):
        return []
    provinces = [] if everywhere else provinces_of(person)
    here = Q(province__in=provinces) if provinces else Q()
    needs = Listing.objects.live().needs().filter(here)
    offers = Listing.objects.public().offers().filter(here, sector__in=needs.values("sector"))
    able = offers.order_by().values("organisation")
    shown = Impression.objects.of_shortlists().filter(
        organisation__in=able, rank__gt=0, made_at__gt=Now() - LATELY
    )
    times = list(shown.order_by().values("organisation").values_list(Count("pk")))
    never = able.aggregate(n=Count("organisation", distinct=True))["n"] - len(times)
    return [_block([0] * never + [n for (n,) in times])]


def _block(counts):
    rows = by_steps(counts)
    return {
        "key": "attention",
        "title": _("How attention is shared"),
        "definition": _(
            "Of the organisations with a live offer in a sector in which a need waits now: on how many shortlists each "
            "stood in ninety days. Unevenness (Gini): 0 if all stood on as many, 1 if one had all; up to 0.27 is good."
        ),
        "bars": [{"label": label, "value": n} for label, n in rows],
        "columns": (_("Shortlists"), _("Organisations")),
        "head": [_("Shortlists"), _("Organisations")],
        "rows": Lines([*rows, *_unevenness(counts)]),
    }


def _unevenness(counts):
    return [(_("Unevenness (Gini)"), f"{gini(counts):.2f}")] if counts else []


def by_steps(counts):
    """``[(label, how many)]``: each count in the first step that holds it."""
    found = Counter(next(label for most, label in STEPS if n <= most) for n in counts)
    return [(label, found[label]) for _most, label in STEPS] if counts else []
