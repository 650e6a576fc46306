"""Lets every challenge of the demo happen in the order of time, each as far as its file says."""

from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.demo.bringing import Brought
from challenges.demo.following import Followed
from challenges.demo.parties import Parties
from challenges.models import Challenge, Entry
from factory.demo import Calendar, chance, facts, play
from factory.working_days import is_working_day

HERE = Path(__file__).parent
# Days after it was put down on which something happens to a challenge.
DAYS = {
    "submit": 1, "ask_for_more": 3, "turn_down": 4, "redirect": 4, "point_to_change": 4, "shape": 5, "approve": 20,
    "schedule": 22, "publish": 28, "follow": 30, "question": 34, "enter": 48, "pause": 50, "withdraw": 40,
    "deadline": 70, "close": 70.1, "open_entries": 72, "cancel": 73, "end_without_entries": 75,
    "start_scoring": 77, "declare": 79, "score": 90, "deliberate": 95, "shortlist": 97, "start_coaching": 99,
    "be_coached": 102, "propose": 110, "decide": 116,
    "notify": 118, "award": 162, "start_pilot": 200, "finish": 560,
}  # fmt: skip
OPEN = [
    "submit",
    "shape",
    "approve",
    "schedule",
    "publish",
    "follow",
    "invite",
    "question",
    "enter",
]
CLOSED = [*OPEN, "close"]
INVITED_AFTER = timedelta(
    days=1, hours=3
)  # a call opens at nine, and the next day a coordinator invites
CHECKED = [*CLOSED, "open_entries"]
SCORED = [*CHECKED, "start_scoring", "declare"]
PITCHED = [*SCORED, "score", "deliberate", "shortlist"]
AWARDED = [*PITCHED, "propose", "decide", "notify", "award"]
COURSES = {
    "draft": [],
    "submitted": OPEN[:1],
    "more": ["submit", "ask_for_more"],
    "declined": ["submit", "turn_down"],
    "redirected": ["submit", "redirect"],
    "to_change": ["submit", "point_to_change"],
    "shaping": OPEN[:2],
    "approved": OPEN[:3],
    "scheduled": OPEN[:4],
    "open": OPEN,
    "paused": [*OPEN, "pause"],
    "withdrawn": [*OPEN[:6], "withdraw"],
    "closed": CLOSED,
    "cancelled": [*CLOSED, "cancel"],
    "unsuccessful": [*CLOSED, "end_without_entries"],
    "checking": CHECKED,
    "scoring": SCORED,
    "consensus": PITCHED[:-1],
    "pitching": PITCHED,
    "coaching": [*PITCHED, "start_coaching", "be_coached"],
    "proposed": AWARDED[:-3],
    "notified": AWARDED[:-1],
    "awarded": AWARDED,
    "running": [*AWARDED, "start_pilot"],
    "finished": [*AWARDED, "start_pilot", "finish"],
}
NINE, NOON = time(9), time(12)
CALENDAR = {  # days before (-) or after the deadline
    "questions_until": -21, "answers_by": -14, "check_by": 5, "scores_by": 24, "shortlist_by": 27,
    "pitch_at": 35, "decision_by": 48,
}  # fmt: skip
COACHED = {"coaching_from": 29, "coaching_until": 42, "pitch_at": 46, "decision_by": 55}


def make_challenges():
    """Every challenge of the file, with its questions, entries, jury and awards."""
    parties, days = Parties(), Calendar()
    play(living(row, parties, days) for row in facts(HERE / "challenges.json"))
    counted = {"challenges": Challenge.objects.count(), "entries": Entry.objects.count()}
    return _("%(challenges)s challenges, %(entries)s entries") % counted


def living(row, parties, days):
    """The life of one challenge: a generator that yields the moment of what it does next."""
    by = chance(row["title"])
    brought, dates = row["ago"], dates_of(row, days)
    yield days.at(brought, by)
    course = (
        Followed(row, parties, dates, by) if "plans" in row else Brought(row, parties, dates, by)
    )
    course.bring()
    for step in COURSES[row["course"]]:
        exact = {
            "publish": dates["publish_at"],
            "invite": dates["publish_at"] + INVITED_AFTER,
            "close": dates["deadline_at"] + timedelta(minutes=1),
        }
        moment = exact[step] if step in exact else days.at(brought - DAYS[step], by)
        yield min(moment, days.now)
        yield from getattr(course, step)() or ()


def dates_of(row, days):
    """The calendar of a challenge: it opens at nine, everything else is at noon."""
    deadline = working(days, row["ago"] - DAYS["deadline"])
    after = CALENDAR | (COACHED if "coaching" in row else {})
    dates = {
        name: at(working_from(deadline + timedelta(days=n)), NOON) for name, n in after.items()
    }
    opens = working(days, row["ago"] - DAYS["publish"])
    return dates | {"publish_at": at(opens, NINE), "deadline_at": at(deadline, NOON)}


def working(days, days_ago):
    return working_from(days.day(days_ago))


def working_from(day):
    """That day, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def at(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))
