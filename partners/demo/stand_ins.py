"""Who of the demo stands in for whom, and who is away."""

from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from factory import clock
from factory.demo import Calendar, chance
from partners.lifecycle import be_away
from partners.models import Deputy, Membership, Organisation, Person, Region

# province, who coordinates there, who stands in, from and until in days from today
DEPUTIES = [
    ("PV23", "jelle", "chantal", -2, 5),
    ("PV29", "denise", "jelle", 14, 28),
    ("PV26", "chantal", "denise", -40, -30),
]
# from and until in days from today, and whether a colleague gets the mail meanwhile
AWAY = [(-2, 6, True), (-1, 2, True), (5, 19, True), (-3, 10, False)]
SAID = 4  # days ago, at the latest


def make_stand_ins():
    """Deputies of now, of later and of before; people away, most with a colleague who gets their mail."""
    calendar, by = Calendar(), chance("stand-ins")
    for deputy in DEPUTIES:
        Deputy.objects.create(**_deputy(*deputy, calendar.today))
    for place, (start, end, replaced) in zip(_with_colleagues(), AWAY, strict=False):
        mine, colleague = place.memberships.confirmed().order_by("pk")[:2]
        with clock.replay(calendar.at(SAID, by)):
            be_away(
                place,
                by=mine.person,
                away_from=calendar.today + timedelta(days=start),
                away_until=calendar.today + timedelta(days=end),
                replacement=colleague if replaced else None,
            )
    away = Membership.objects.filter(away_until__gte=calendar.today).count()
    counted = {"deputies": len(DEPUTIES), "away": away}
    return _("%(deputies)s deputies, %(away)s people away") % counted


def _deputy(province, coordinator, deputy, start, end, today):
    people = {
        name: Person.objects.get(email__startswith=f"{name}@") for name in (coordinator, deputy)
    }
    return {
        "region": Region.objects.current().get(code=province),
        "coordinator": people[coordinator],
        "deputy": people[deputy],
        "from_date": today + timedelta(days=start),
        "until_date": today + timedelta(days=end),
    }


def _with_colleagues():
    """Partners of which two people can be missed for a while; the accounts of the demo stay at work."""
    confirmed = Q(memberships__confirmed_at__isnull=False)
    shown = Q(memberships__person__password__startswith="!")  # noqa: S106
    many = Organisation.objects.active().annotate(
        people=Count("memberships", filter=confirmed), made_up=Count("memberships", filter=shown)
    )
    return many.filter(people__gt=1, people=F("made_up")).order_by("pk")[: len(AWAY)]
