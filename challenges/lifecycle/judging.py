"""From opened entries to a jury that agrees; what it proposes then: :mod:`challenges.lifecycle.proposing`."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges import presets
from challenges.agreeing import AgreeForm
from challenges.choosing import AskRepairsForm, ShortlistForm
from challenges.lifecycle import assessment as assessments_of
from challenges.lifecycle import entry as entries_of
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.jury import begin_assessments
from challenges.lifecycle.jury_people import jurors
from challenges.lifecycle.setting_up import fitting_size
from challenges.models import Assessment, Challenge, Consensus, Criterion, Entry, Interest
from challenges.rules import is_free_of_all, leads_the_jury
from challenges.scoring import of_the_entrants, sitting
from factory import clock
from factory.moves import STAYS, Missing, itself
from factory.notices.telling import asks
from partners.rules import is_coordinator

State = Challenge.State


def jury_lacks(challenge):
    """What is missing in the jury before it scores, by how large the challenge is, and what to do about it."""
    seats = [seat for seat in challenge.jury.all() if seat.said_yes_at]
    needed = presets.fewest_jurors(fitting_size(challenge))
    if len(seats) < needed:
        words = _(
            "At least %(needed)s jurors must have said yes; %(there)s did. Ask somebody for the jury, where the "
            "challenge is set up."
        )
        yield words % {"needed": needed, "there": len(seats)}
    if not any(seat.chairs for seat in seats):
        yield _("Nobody chairs the jury. Ask somebody as its chair, where the challenge is set up.")


def still_to_check(challenge):
    """What keeps the jury from scoring."""
    yield from jury_lacks(challenge)
    entries = Entry.objects.filter(challenge=challenge)
    if entries.filter(state__in=[Entry.State.SUBMITTED, Entry.State.REPAIR]).exists():
        yield _("Not every entry was checked.")
    if not entries.to_judge().exists():
        yield _("No entry was admitted.")


@moves.add(State.CHECKING, to=STAYS, may=is_coordinator, form=AskRepairsForm)
def ask_repairs(challenge, *, by, entries, reason, until):
    """The same repair is asked of everybody who needs it, once, in the same words and until the same day."""
    return {"entries": [entry.pk for entry in entries]}


@ask_repairs.then
def each_is_asked(challenge, event, *, entries, reason, until):
    for entry in entries:
        entries_of.ask_to_repair(entry, by=event.actor, reason=reason, until=until)


@moves.add(
    State.CHECKING,
    to=State.SCORING,
    may=is_coordinator,
    unless=still_to_check,
    tells=[asks(jurors)],
)
def start_scoring(challenge, *, by):
    """The formal check is done; the jury declares its interests and scores."""


take_back.also({ask_repairs: itself, start_scoring: itself})


def still_to_lock(challenge):
    """What keeps the jury from deliberating: somebody is not done, or an entry was read by nobody."""
    open_ones = Assessment.objects.filter(challenge=challenge, round="text").open().count()
    if open_ones:
        words = ngettext(
            "%(n)s assessment is not locked yet.",
            "%(n)s assessments are not locked yet.",
            open_ones,
        )
        yield words % {"n": open_ones}
    read = Assessment.objects.filter(challenge=challenge, round="text").locked()
    unread = challenge.entries.to_judge().exclude(pk__in=read.values("entry")).count()
    if unread:
        words = ngettext(
            "%(n)s entry was scored by nobody.", "%(n)s entries were scored by nobody.", unread
        )
        yield words % {"n": unread}


@moves.add(State.SCORING, to=State.CONSENSUS, may=leads_the_jury, unless=still_to_lock)
def deliberate(challenge, *, by):
    """The scores are in; the jury lays them beside each other."""


@moves.add(State.CONSENSUS, State.PITCHING, to=STAYS, may=leads_the_jury, form=AgreeForm)
def agree(challenge, *, by, entry, agreed):
    """The jury agrees on the marks of an entry: ``agreed`` is {criterion: (mark, why)}."""
    if not leads_the_jury.test(by, entry):
        raise Missing(
            [_("Somebody else of the jury does this: you have an interest in this entry.")]
        )
    round_now = scored_at_now(challenge)
    if any(criterion.scored_at != round_now for criterion in agreed):
        raise Missing([_("In this round the jury agrees on other criteria.")])
    return {"entry": entry.pk, "criteria": [criterion.pk for criterion in agreed]}


def scored_at_now(challenge):
    """Whether the jury agrees on what it read or on what it heard at the pitch."""
    at = Criterion.ScoredAt
    return at.PITCH if challenge.state == State.PITCHING else at.TEXT


@agree.then
def write_the_agreed_marks_down(challenge, event, *, entry, agreed):
    for criterion, (points, why) in agreed.items():
        said = {"points": points, "reason": why, "noted_by": event.whose, "noted_at": clock.now()}
        Consensus.objects.update_or_create(entry=entry, criterion=criterion, defaults=said)


@moves.add(
    State.CONSENSUS, to=State.PITCHING, may=leads_the_jury & is_free_of_all, form=ShortlistForm
)
def shortlist(challenge, *, by, entries=(), minutes=None):
    """The finalists are named, and come to pitch, each for the same time."""
    if not entries:
        raise Missing([_("Choose who comes to pitch.")])
    challenge.pitch_minutes = minutes or challenge.pitch_minutes
    return {"entries": [entry.pk for entry in entries], "minutes": challenge.pitch_minutes}


@shortlist.then
def name_the_finalists(challenge, event, *, entries=(), minutes=None):
    """Everybody in the jury without a conflict, and of nobody who enters, scores every finalist at the pitch.

    Who was a finalist before, and is not named now, is none any more; what was given at that pitch is void.
    """
    named = [entry.pk for entry in entries]
    pitched = Assessment.objects.standing().filter(challenge=challenge, round="pitch")
    for given in pitched.exclude(entry__in=named):
        assessments_of.void(given, on_behalf_of=event.whose)
    finalists = challenge.entries.filter(state=Entry.State.SHORTLISTED)
    for entry in finalists.exclude(pk__in=named):
        entries_of.go_back_to_the_jury(entry, on_behalf_of=event.whose)
    for entry in entries:
        if entry.state != Entry.State.SHORTLISTED:
            entries_of.shortlist(entry, on_behalf_of=event.whose)
    if Criterion.objects.filter(challenge=challenge, scored_at="pitch").exists():
        clear = Interest.objects.clear().filter(entry__in=entries, juror__said_yes_at__isnull=False)
        held = Assessment.objects.standing().filter(challenge=challenge, round="pitch")
        closed = of_the_entrants(sitting(challenge), entries) | set(
            held.values_list("juror", "entry")
        )
        pairs = [pair for pair in clear.values_list("juror", "entry") if pair not in closed]
        begin_assessments(challenge, pairs, "pitch")
