"""Who gets the mail of somebody who is away: a colleague of the organisation that the mail is about."""

from factory import clock
from factory.notices.facts import facts
from partners.models import Membership


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
