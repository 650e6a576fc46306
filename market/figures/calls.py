"""Whom a coordinator calls: sides that did not answer in time, and amounts that differ."""

from django.utils.translation import gettext as _

from factory import clock
from market.models import Match
from market.standing import waits_for
from partners.models import Membership

MOST = 50


def call_list(person):
    """``[{"why", "who", "phone", "url", "since"}]`` for the provinces of this coordinator, oldest first."""
    near = _near(person)
    silent = [
        (match, side, _("No answer yet: %(need)s"), match.call_at)
        for match in _silent(near)
        for side in sorted(waits_for(match))
    ]
    differ = [
        (match, "buyer", _("The amounts differ: %(need)s"), match.introduced_at)
        for match in near.filter(state=Match.State.DISPUTED).order_by("pk")[:MOST]
    ]
    people = _who_decide({_side(match, side).pk for match, side, *_rest in [*silent, *differ]})
    rows = [_row(*call, people) for call in [*silent, *differ]]
    return sorted(rows, key=lambda row: row["since"])


def _near(person):
    """The matches of a coordinator's provinces; all of them for who has none."""
    matches = Match.objects.visible_to(person).with_parties()
    mine = list(person.regions.values_list("pk", flat=True))
    return matches.filter(need__province__in=mine) if mine else matches


def _silent(near):
    late = near.filter(state=Match.State.APPROVED, call_at__lte=clock.now())
    return late.order_by("call_at")[:MOST]


def _side(match, side):
    return match.buyer if side == "buyer" else match.organisation


def _who_decide(organisations):
    """``{organisation: [person]}``: its owners first."""
    found = {}
    members = Membership.objects.who_decide().filter(organisation__in=organisations)
    for member in members.select_related("person").order_by("-role", "pk"):
        found.setdefault(member.organisation_id, []).append(member.person)
    return found


def _row(match, side, why, since, people):
    organisation = _side(match, side)
    first = _first(match, side, people.get(organisation.pk, []))
    return {
        "why": why % {"need": match.need.title},
        "who": f"{first.name}, {organisation.name}" if first else organisation.name,
        "phone": first.phone if first and first.phone else organisation.phone,
        "url": match.get_absolute_url(),
        "since": since,
    }


def _first(match, side, people):
    """The contact person of the listing while they decide there, else the first owner."""
    listing = match.need if side == "buyer" else match.offer
    contacts = [person for person in people if listing and person.pk == listing.contact_id]
    return next(iter([*contacts, *people]), None)
