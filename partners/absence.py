"""Who is there for somebody who is away, or has left: who gets their mail, and whom one calls."""

from django.db.models import Case, CharField, OuterRef, Q, Subquery, When

from factory import clock
from factory.notices.facts import facts
from partners.models import Membership

DECIDE = (Membership.Role.OWNER, Membership.Role.EDITOR)


def stand_in_for(person, thing, able):
    """The colleague who reads today what ``person`` is told of that organisation; None if they read it themselves.

    The one they named, or whom that one named; else another owner. Never who may not do what is asked (``able``), nor
    who may only look on where the person decides.
    """
    mine = _absence_of(person, thing)
    if mine is None:
        return None
    for one in _who_could(mine):
        decides = one.decides or not mine.decides
        if decides and one.person.is_active and able(one.person):
            return one.person
    return None


def _absence_of(person, thing):
    """Their membership of the organisation that the mail is about, if they are away and somebody reads for them."""
    away = list(_away().filter(person=person))
    if not away:
        return None
    mine = facts(thing, person).get("mine")
    key = mine.pk if mine else None
    return next((one for one in away if one.organisation_id == key and one.replacement_id), None)


def _away():
    return Membership.objects.away(clock.today()).select_related("replacement__person")


def _who_could(mine):
    """Memberships, the likeliest first; nobody who is away themselves."""
    there = Membership.objects.filter(organisation=mine.organisation_id)
    away = {one.person_id: one for one in _away().filter(organisation=mine.organisation_id)}
    named = mine.replacement
    if named.person_id in away:
        named = away[named.person_id].replacement
    owners = there.owners().exclude(person=mine.person_id).select_related("person").order_by("pk")
    found = [named, *owners] if named else owners
    return [one for one in found if one.person_id not in away and one.person_id != mine.person_id]


def who_answers(organisation_id, contact_id=None):
    """Whom one reaches today about what ``contact_id`` posted for this organisation; None if nobody belongs to it.

    They themselves while they decide there and are not away; else who reads for them, an owner, an editor. Where
    nobody decides, whoever is there.
    """
    rows = _reached(organisation_id, contact_id, clock.today()).select_related("person")
    found = rows.first()
    return found.person if found else None


def answering_now(organisation, contact, column):
    """A column of the membership of whom :func:`who_answers` finds; for an annotation."""
    found = _reached(OuterRef(organisation), OuterRef(contact), clock.THIS_DAY)
    return Subquery(found.values(column)[:1], output_field=CharField())


def _reached(organisation, contact, day):
    """Who belongs to it, the likeliest to answer first: who decides, is not away, and is closest to the contact."""
    people = Membership.objects.confirmed().filter(
        organisation=organisation, person__is_active=True
    )
    away = Q(away_from__lte=day, away_until__gte=day)
    close = [When(person=contact, then=0), When(stands_in_for__person=contact, then=1)]
    close = close if contact else []  # nobody replaces nobody
    ranks = [When(role=role, then=n) for n, role in enumerate(Membership.Role)]
    return people.annotate(
        decides_not=Case(When(role__in=DECIDE, then=0), default=1),
        is_gone=Case(When(away, then=1), default=0),
        closeness=Case(*close, default=2),
        rank=Case(*ranks),
    ).order_by("decides_not", "is_gone", "closeness", "rank", "confirmed_at", "pk")
