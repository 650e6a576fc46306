"""Coaching of the finalists, where that was promised: as many hours for each, and then their changed plans."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges import calendar
from challenges.coaching_forms import NameCoachForm, NoteCoachingForm, StartCoachingForm
from challenges.lifecycle.bringing import moves
from challenges.lifecycle.inviting import person_at
from challenges.lifecycle.jury_people import jurors
from challenges.lifecycle.people import coached_entrants, just_named_coaches
from challenges.models import Challenge, CoachedTime, Coaching, Entry, Juror
from challenges.rules import coaches_in
from challenges.scoring import of_the_entrants
from factory import clock
from factory.moves import STAYS, Missing
from factory.notices.telling import asks, informs
from factory.texts import say
from partners.rules import is_coordinator

State = Challenge.State


def nobody_to_coach(challenge):
    """Reasons why no coaching begins: it was not promised, or every finalist had it."""
    if not challenge.coaching_hours:
        yield _("No coaching was promised in this challenge.")
    elif not challenge.entries.filter(state=Entry.State.SHORTLISTED, coaching=None).exists():
        yield _("Every finalist has had the coaching.")


def begin_now(challenge, until):
    """The window is from now; what was planned for later and comes before it is over, what comes after it stays."""
    now, order = clock.now(), calendar.CALENDAR
    if until <= now:
        raise Missing([_("This moment is over.")])
    begins = order.index(calendar.COACH)
    for name in order[order.index(calendar.CHECK) : begins + 1]:
        planned = getattr(challenge, name)
        if (planned and planned > now) or name == calendar.COACH:
            setattr(challenge, name, now)
    later = [getattr(challenge, name) for name in order[begins + 2 :]]
    if any(moment and moment < until for moment in later):
        raise Missing([_("That is after a moment of the calendar. Change the calendar first.")])
    challenge.coaching_until = until


def coach_for(challenge, name, email):
    """Whoever has this address, if they have nothing to do with judging or entering."""
    person = person_at(email, name, challenge.language)
    if challenge.jury.standing().filter(person=person).exists():
        raise Missing(
            [_("%(name)s sits in the jury, so somebody else coaches.") % {"name": person}]
        )
    seat = Juror(pk=0, person=person)
    if of_the_entrants([seat], challenge.entries.all()):
        raise Missing(
            [_("%(name)s belongs to who enters, so somebody else coaches.") % {"name": person}]
        )
    return person


@moves.add(
    State.PITCHING,
    to=State.COACHING,
    may=is_coordinator,
    form=StartCoachingForm,
    unless=nobody_to_coach,
    tells=[asks(coached_entrants), asks(just_named_coaches)],
    final=True,
)
def start_coaching(challenge, *, by, coaches, until):
    """Every finalist gets a coach and as many hours; until this moment they may hand in a changed plan.

    ``coaches``: {entry: (name, mail address)}.
    """
    found = {entry: coach_for(challenge, *said) for entry, said in coaches.items()}
    begin_now(challenge, until)
    challenge.just_named = list(found.values())
    Coaching.objects.bulk_create(
        Coaching(challenge=challenge, entry=entry, coach=coach, hours=challenge.coaching_hours)
        for entry, coach in found.items()
    )
    return {"entries": [entry.pk for entry in found], "hours": challenge.coaching_hours}


@moves.add(
    State.COACHING,
    to=STAYS,
    may=is_coordinator,
    form=NameCoachForm,
    tells=[asks(just_named_coaches), informs(coached_entrants)],
    final=True,
)
def name_coach(challenge, *, by, coaching, name, email):
    """Somebody else coaches this finalist; what was noted stays."""
    coaching.coach = coach_for(challenge, name, email)
    coaching.save(update_fields=["coach"])
    challenge.just_named, challenge.just_coached = [coaching.coach], coaching
    return {"entry": coaching.entry_id, "coach": coaching.coach_id}


def nobody_was_coached(challenge):
    """Reasons why no coaching can be noted."""
    if not challenge.coachings.exists():
        yield _("The coaching has not begun yet.")


@moves.add(
    State.COACHING,
    State.PITCHING,
    to=STAYS,
    may=is_coordinator | coaches_in,
    form=NoteCoachingForm,
    unless=nobody_was_coached,
)
def note_coaching(challenge, *, by, coaching, held_date, minutes, note=""):
    """So long was a finalist coached; never more than every finalist was offered."""
    if coaching.coach_id != by.pk and not by.is_staff:
        raise Missing([_("You do not coach this finalist.")])
    used = sum(coaching.times.values_list("minutes", flat=True)) + minutes
    if not 0 <= used <= coaching.hours * 60:
        words = _(
            "That makes more than the %(n)s hours that every finalist was offered, or less than none."
        )
        raise Missing([words % {"n": coaching.hours}])
    facts = {"held_date": held_date, "minutes": minutes, "note": note}
    CoachedTime.objects.create(coaching=coaching, noted_by=by, **facts)
    return {"entry": coaching.entry_id, "minutes": minutes}


def coached_long_enough(now):
    """Those in which the time for changed plans is over: at the moment itself one may still send."""
    found = Challenge.objects.filter(state=State.COACHING, coaching_until__lt=now)
    return found.order_by("coaching_until")


@moves.by_the_factory(
    State.COACHING, to=State.PITCHING, due=coached_long_enough, tells=[informs(jurors)]
)
def end_coaching(challenge, *, by):
    """The time for changed plans is over; at the pitch the jury scores what was handed in last."""


say(
    {
        "challenge.start_coaching": (
            gettext_lazy("Begin the coaching"),
            gettext_lazy("The finalists are coached"),
        ),
        "challenge.name_coach": (
            gettext_lazy("Name another coach"),
            gettext_lazy("Somebody else coaches"),
        ),
        "challenge.note_coaching": (gettext_lazy("Note coaching"), gettext_lazy("Coaching noted")),
        "challenge.end_coaching": (
            gettext_lazy("End the coaching"),
            gettext_lazy("The time for changed plans is over"),
        ),
        "entry.change": (
            gettext_lazy("Send the changed plan"),
            gettext_lazy("Changed after coaching"),
        ),
    }
)
