"""Who gets the mail of somebody who is away: a colleague of the organisation that the mail is about."""

from factory import clock
from factory.notices.facts import facts
from partners.models import Membership


def stand_in_for(person, thing):
    """The colleague named for today, where ``person`` is asked for that organisation; else None."""
    away = Membership.objects.away(clock.today()).filter(person=person)
    found = list(away.select_related("replacement__person"))
    if not found:
        return None
    mine = facts(thing, person).get("mine")
    key = mine.pk if mine else None
    replacements = (one.replacement.person for one in found if one.organisation_id == key)
    return next((somebody for somebody in replacements if somebody.is_active), None)
