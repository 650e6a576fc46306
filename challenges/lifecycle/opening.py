"""From the set moment of publication to entries that two coordinators opened."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.forms import ScheduleForm
from challenges.house_terms import open_until
from challenges.lifecycle import entry as entries_of
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.people import (
    coordinators,
    followers_of_all,
    owner_and_deputy,
    who_may_open_too,
)
from challenges.models import Challenge, Entry, RuleSet
from challenges.models.conditions import CALENDAR
from challenges.rules import brings_it
from factory import clock
from factory.journal.models import Event
from factory.moves import STAYS, Missing, itself
from factory.notices.models import Notice
from factory.notices.telling import asks, informs, warns
from partners.rules import is_coordinator

State = Challenge.State
NINE = time(9)


def deadline_to_come(challenge):
    """Reasons why it cannot open: its deadline is over."""
    if challenge.deadline_at is None or challenge.deadline_at <= clock.now():
        yield _("The deadline is over. Set a later one first.")


@moves.add(
    State.APPROVED,
    to=State.SCHEDULED,
    may=brings_it | is_coordinator,
    form=ScheduleForm,
    unless=deadline_to_come,
    tells=[informs(owner_and_deputy)],
)
def schedule(challenge, *, by, publish_date=None, publish_at=None):
    """It opens by itself on a set day."""
    at = publish_at or timezone.make_aware(datetime.combine(publish_date, hour_of(challenge)))
    if challenge.deadline_at <= at:
        raise Missing([_("That is after the deadline of the entries.")])
    if any(moment and moment < at for moment in later_moments(challenge)):
        raise Missing([_("That is after a moment of the calendar. Change the calendar first.")])
    challenge.publish_at = at


take_back.also({schedule: itself})


def hour_of(challenge):
    """The hour of the calendar that was approved; nine where it holds none."""
    approved = challenge.publish_at
    return timezone.localtime(approved).time() if approved else NINE


def later_moments(challenge):
    """Everything of the calendar that comes after the opening."""
    return [getattr(challenge, name) for name in CALENDAR[1:]]


@moves.add(State.SCHEDULED, to=State.APPROVED, may=brings_it | is_coordinator)
def hold_back(challenge, *, by):
    """It does not open on that day; the calendar keeps it until another day is set."""


def to_open(now):
    """Those whose set moment has come."""
    return Challenge.objects.filter(state=State.SCHEDULED, publish_at__lte=now).order_by(
        "publish_at"
    )


@moves.by_the_factory(
    State.SCHEDULED,
    to=State.OPEN,
    due=to_open,
    tells=[informs(followers_of_all), informs(owner_and_deputy)],
)
def publish(challenge, *, by):
    """The set moment has come: everybody can read it and enter."""
    challenge.published_at = clock.now()


@publish.then
def its_rules_are_kept(challenge, event):
    RuleSet.keep(challenge)


@moves.add(State.OPEN, to=State.PAUSED, may=is_coordinator)
def pause(challenge, *, by):
    """Something must be sorted out first; nothing is lost."""


@moves.add(State.PAUSED, to=State.OPEN, may=is_coordinator, unless=deadline_to_come)
def resume(challenge, *, by):
    """It goes on."""


def to_close(now):
    """Those whose deadline is over: at the deadline itself one may still send in."""
    return Challenge.objects.filter(state=State.OPEN, deadline_at__lt=now).order_by("deadline_at")


@moves.by_the_factory(
    State.OPEN,
    to=State.CLOSED,
    due=to_close,
    tells=[informs(owner_and_deputy), asks(coordinators)],
)
def close(challenge, *, by):
    """The deadline is over; what was sent in stays sealed until two coordinators open it."""
    challenge.closed_at = clock.now()


@close.then
def drafts_run_out(challenge, event):
    for entry in challenge.entries.filter(state=Entry.State.DRAFT):
        entries_of.run_out(entry)


@moves.add(State.CLOSED, to=STAYS, may=is_coordinator, tells=[warns(who_may_open_too)])
def ask_to_open(challenge, *, by):
    """A first coordinator wants to open the entries; another must do so within 24 hours."""
    challenge.asked_to_open_by, challenge.asked_to_open_at = by, clock.now()


take_back.also({ask_to_open: itself})


def asked_by_another(challenge):
    """Reasons why the entries stay sealed."""
    until = open_until(challenge)
    if until is None or until < clock.now():
        yield _("First another coordinator must ask to open the entries, less than 24 hours ago.")


@moves.add(
    State.CLOSED,
    to=State.CHECKING,
    may=is_coordinator,
    unless=asked_by_another,
    final=True,
    tells=[informs(owner_and_deputy)],
)
def open_entries(challenge, *, by):
    """A second coordinator opens what was sent in."""
    if challenge.asked_to_open_by_id == by.pk:
        raise Missing([_("You asked for it yourself: another coordinator opens the entries.")])
    challenge.opened_by = by


@open_entries.then
def nobody_else_need_open_them(challenge, event):
    asked = Event.objects.about(challenge).filter(verb=ask_to_open.verb).last()
    Notice.objects.no_longer(asked)
