"""What the people of an organisation saw of what fits them: kept as impressions, once a week for each listing.

What the site brings up by itself, on my desk and beside one's own offer, is no more than a set number a week.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from factory.visits import is_read
from market.models import Impression, Shelf

A_WEEK = timedelta(days=7)


def brought_up(you, keys, most):
    """Up to ``most`` of these keys, best first: what was brought up within a week, and new ones while there is room."""
    known = {key for key, one in lately(you).items() if one["put"]}
    room, chosen = settings.SUGGESTIONS_A_WEEK - len(known), []
    for key in keys:
        if len(chosen) == most:
            break
        if str(key) not in known:
            if room <= 0:
                continue
            room -= 1
        chosen.append(key)
    return chosen


def lately(you):
    """``{listing: {"at": …, "put": …}}`` of what was seen within a week."""
    us, since = you.organisation, you.organisation.fetched_at - A_WEEK
    if shelf := getattr(us, "shelf", None):
        rows = shelf.shown.items()
        return {key: one for key, one in rows if datetime.fromisoformat(one["at"]) > since}
    rows = Impression.objects.filter(shown_for=us, made_at__gt=since)
    rows = rows.values_list("need", "organisation", "offer", "made_at")
    return {
        str(need if supplier == us.pk else offer): {"at": at.isoformat(), "put": True}
        for need, supplier, offer, at in rows
    }


def seen(request, you, fits, put=False):
    """Keep that the reader saw these, ``[(listing, Fit)]`` as they stand; one write for all that is new."""
    if not is_read(request) or you.organisation is None or not fits:
        return
    known = lately(you)
    new = [
        (rank, key, fit)
        for rank, (key, fit) in enumerate(fits, start=1)
        if str(key) not in known or (put and not known[str(key)]["put"])
    ]
    if new:
        _keep(request.user, you, new, known, put)


@transaction.atomic
def _keep(person, you, new, known, put):
    now = you.organisation.fetched_at
    Impression.objects.bulk_create(
        _impression(person, you.organisation, rank, fit, now)
        for rank, key, fit in new
        if str(key) not in known
    )
    shown = known | {str(key): {"at": now.isoformat(), "put": put} for _rank, key, _fit in new}
    Shelf.objects.filter(organisation=you.organisation).update(shown=shown)


def _impression(person, organisation, rank, fit, now):
    need, supplier, offer = fit.pair
    return Impression(
        need_id=need,
        organisation_id=supplier,
        offer_id=offer,
        rank=rank,
        score=fit.score,
        features=fit.features,
        shown_to=person,
        shown_for=organisation,
        made_at=now,
        shown_at=now,
    )
