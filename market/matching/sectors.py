"""Which sectors are close to the one that is asked for, as coordinators know them."""

from collections import defaultdict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat

from market.models import SectorPair


def note_what_is_close(needs):
    """Let each of these needs know the sectors close to its own (``close``: ``{sector: fit}``), by one query."""
    sectors = {need.sector_id for need in needs}
    rows = SectorPair.objects.filter(Q(one__in=sectors) | Q(other__in=sectors)) if sectors else ()
    found = defaultdict(dict)
    for pair in rows:
        found[pair.one_id][pair.other_id] = found[pair.other_id][pair.one_id] = pair.fit / 100
    for need in needs:
        need.close = found.get(need.sector_id, {})


def close_pairs():
    """The same as text (``"sector:percent"``), for a query that fetches needs."""
    theirs = Case(When(one=OuterRef("sector"), then="other"), default="one")
    said = Concat(Cast(theirs, CharField()), Value(":"), Cast("fit", CharField()))
    pairs = SectorPair.objects.filter(Q(one=OuterRef("sector")) | Q(other=OuterRef("sector")))
    return ArraySubquery(pairs.order_by("pk").values_list(said))


def close_to(need):
    """``{sector: fit}`` by key, of the sectors close to that of a need; fit lies between 0 and 1."""
    if hasattr(need, "close_pairs"):
        pairs = (pair.split(":") for pair in need.close_pairs)
        return {int(sector): int(fit) / 100 for sector, fit in pairs}
    if not hasattr(need, "close"):
        note_what_is_close([need])
    return need.close


def sector_fit(need, sector):
    """1 for the same sector, less for one that is close to it, 0 for another; ``sector`` by its key."""
    return 1.0 if sector == need.sector_id else close_to(need).get(sector, 0.0)
