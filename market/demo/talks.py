"""What coordinators of the demo wrote down, promised, and noted for others who said whether it was right."""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from factory import clock
from factory.coordination.models import Note, OnBehalf
from factory.demo import Calendar, chance, facts
from market.demo.phoned import coordinator_of, noted_for_others
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import Listing, Match
from partners import lifecycle as organisations
from partners.models import Organisation

NOTES = facts(Path(__file__).parent / "notes.json")


def make_talks():
    """Notes with and without a call that was promised; three things noted for somebody."""
    calendar, by = Calendar(), chance("talks")
    for kind, rows in NOTES.items():
        for thing, row in zip(KINDS[kind](), rows, strict=False):
            with clock.replay(calendar.at(row["days_ago"], by)):
                _write(thing, calendar, row)
    noted_for_others(calendar, by)
    counted = {"notes": Note.objects.count(), "noted": OnBehalf.objects.count()}
    return _("%(notes)s notes of coordinators, %(noted)s things noted for somebody") % counted


def _write(thing, calendar, row):
    """One note, by whoever answers for the province."""
    promised = row.get("call_back_in")
    day = None if promised is None else calendar.today + timedelta(days=promised)
    note = {"text": row["text"], "spoke": row["spoke"], "call_back_on": day}
    MOVES[type(thing)].note(thing, by=coordinator_of(thing), **note)


KINDS = {
    "organisation": lambda: Organisation.objects.active().order_by("pk")[3::9],
    "need": lambda: Listing.objects.public().needs().order_by("pk"),
    "match": lambda: Match.objects.filter(state__in=["approved", "introduced"]).order_by("pk"),
}
MOVES = {Organisation: organisations, Listing: listings, Match: matches}
