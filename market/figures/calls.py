"""Whom a coordinator calls: sides that did not answer in time, and amounts that differ."""

from django.urls import reverse
from django.utils.translation import gettext as _

from factory import clock
from market.lifecycle.people import buyers, suppliers
from market.models import Match
from market.standing import waits_for

PEOPLE = {"buyer": buyers, "supplier": suppliers}
MOST = 50


def call_list(person):
    """``[{"why", "who", "phone", "url", "since"}]`` for the provinces of this coordinator, oldest first."""
    rows = [*_silent(person), *_differ(person)]
    return sorted(rows, key=lambda row: row["since"])


def _near(person):
    """The matches of a coordinator's provinces; all of them for who has none."""
    matches = Match.objects.visible_to(person).with_parties()
    mine = list(person.regions.values_list("pk", flat=True))
    return matches.filter(need__province__in=mine) if mine else matches


def _silent(person):
    late = _near(person).filter(state=Match.State.APPROVED, call_at__lte=clock.now())
    for match in late.order_by("call_at")[:MOST]:
        for side in sorted(waits_for(match)):
            yield _row(match, side, _("No answer yet: %(need)s"), match.call_at)


def _differ(person):
    for match in _near(person).filter(state=Match.State.DISPUTED).order_by("pk")[:MOST]:
        yield _row(match, "buyer", _("The amounts differ: %(need)s"), match.introduced_at)


def _row(match, side, why, since):
    people = list(PEOPLE[side](match))
    first = people[0] if people else None
    organisation = match.buyer if side == "buyer" else match.organisation
    return {
        "why": why % {"need": match.need.title},
        "who": f"{first.name}, {organisation.name}" if first else organisation.name,
        "phone": first.phone if first and first.phone else organisation.phone,
        "url": reverse("market:match", args=[match.pk]),
        "since": since,
    }
