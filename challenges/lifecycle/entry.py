"""How an entry lives: written, sent in before the deadline, checked, judged."""

from django.utils.translation import gettext as _

from challenges.drafting import clear, fill, hand_in
from challenges.entry_forms import EntryForm, RepairEntryForm
from challenges.jury_forms import ExcludeForm, RepairForm
from challenges.lifecycle.entry_hinders import (
    can_be_changed,
    can_be_repaired,
    is_being_checked,
    lacks,
    may_take_part,
    takes_entries,
    too_late_to_repair,
    why_closed,
)
from challenges.lifecycle.people import coordinators, entrants
from challenges.models import Challenge, Entry, Objection
from challenges.rules import enters_it, writes_the_entry
from factory import clock
from factory.moves import STAYS, Missing, Moves, itself
from factory.notices.telling import asks, informs, warns
from partners.rules import is_coordinator

State = Entry.State

moves = Moves(Entry)


def in_time(challenge):
    """The moment that counts: read once, after the rows are locked, and held against the deadline."""
    now = clock.now()
    if reasons := list(why_closed(challenge, now)):
        raise Missing(reasons)
    return now


@moves.begin(to=State.DRAFT, may=writes_the_entry, unless=may_take_part)
def start(entry, *, by, **facts):
    """An organisation begins an entry."""
    challenge = Challenge.objects.select_for_update(no_key=True).get(pk=entry.challenge_id)
    in_time(challenge)
    others = Entry.objects.filter(challenge=challenge)
    if others.under_way().filter(organisation=entry.organisation_id).exists():
        raise Missing([_("Your organisation has begun an entry already.")])
    last = others.order_by("-number").first()
    entry.number = (last.number if last else 0) + 1
    entry.contact = entry.saved_by = by
    entry.saved_at = clock.now()
    fill(entry, facts)


@moves.add(
    State.DRAFT,
    State.SUBMITTED,
    to=State.SUBMITTED,
    may=enters_it,
    form=EntryForm,
    unless=takes_entries,
)
def submit(entry, *, by, seen=None, **facts):
    """It is sent in, or sent in anew: the receipt says when, and of which words."""
    now = in_time(entry.challenge)
    if seen and not seen.is_of(entry):
        raise Missing([_("A colleague changed this entry at the same moment.")])
    fill(entry, facts)
    if reasons := list(lacks(entry)):
        raise Missing(reasons)
    clear(entry)
    entry.submitted_at = now
    hand_in(entry, by=by, at=now)


@submit.then
def give_the_receipt(entry, event, **facts):
    entry.attachments.send()
    hand_receipt(entry, on_behalf_of=event.whose)


@moves.by_the_factory(State.SUBMITTED, State.SHORTLISTED, to=STAYS, tells=[warns(entrants)])
def hand_receipt(entry, *, by):
    """Those who enter get the receipt by mail, whoever pressed included."""
    return {"receipt": entry.submissions.count()}


@moves.add(
    State.DRAFT,
    State.SUBMITTED,
    to=State.WITHDRAWN,
    may=enters_it,
    unless=takes_entries,
    final=True,
)
def withdraw(entry, *, by):
    """They do not enter after all."""
    in_time(entry.challenge)


@moves.by_the_factory(State.DRAFT, to=State.UNSENT, tells=[informs(entrants)])
def run_out(entry, *, by):
    """The deadline passed before it was sent in."""


@moves.add(
    State.SUBMITTED,
    to=State.REPAIR,
    may=is_coordinator,
    form=RepairForm,
    unless=can_be_repaired,
    tells=[asks(entrants)],
)
def ask_to_repair(entry, *, by, reason, until=None):
    """Something formal is missing; once, and the same for everybody. What was sent in is what they begin from."""
    entry.reason, entry.repair_by_date = reason, until
    entry.repairs += 1
    clear(entry)


@ask_to_repair.then
def its_files_are_those_of_the_receipt(entry, event, **facts):
    entry.attachments.as_sent()


@moves.add(
    State.REPAIR,
    to=State.SUBMITTED,
    may=enters_it,
    form=RepairEntryForm,
    unless=too_late_to_repair,
    tells=[asks(coordinators)],
)
def repair(entry, *, by, seen=None, **facts):
    """What was missing is there."""
    if seen and not seen.is_of(entry):
        raise Missing([_("A colleague changed this entry at the same moment.")])
    fill(entry, facts)
    clear(entry)
    hand_in(entry, by=by, at=clock.now())


@repair.then
def its_files_go_along(entry, event, **facts):
    entry.attachments.send()


@moves.add(
    State.SHORTLISTED,
    to=STAYS,
    may=enters_it,
    form=RepairEntryForm,
    unless=can_be_changed,
)
def change(entry, *, by, seen=None, **facts):
    """A finalist hands in a changed plan after coaching. The first one and its receipt stay as they are."""
    now = clock.now()
    if reasons := list(can_be_changed(entry)):
        raise Missing(reasons)
    if seen and not seen.is_of(entry):
        raise Missing([_("A colleague changed this entry at the same moment.")])
    fill(entry, facts)
    clear(entry)
    entry.changed_at = now
    hand_in(entry, by=by, at=now)


change.then(give_the_receipt)


def not_to_admit(entry):
    """Reasons why it is not admitted now: it is not being checked, or there is still time to repair it."""
    yield from is_being_checked(entry)
    day = entry.repair_by_date
    if entry.state == State.REPAIR and day and clock.today() <= day:
        yield _("This can still be repaired. It can be admitted after the last day for that.")


@moves.add(
    State.SUBMITTED, State.REPAIR, to=State.ADMITTED, may=is_coordinator, unless=not_to_admit
)
def admit(entry, *, by):
    """It meets the formal rules: the jury reads it. After the day of a repair: as it was sent in."""
    if entry.typed:
        clear(entry)
        entry.attachments.as_sent()
    entry.reason = ""


@moves.add(
    State.SUBMITTED,
    State.REPAIR,
    to=State.EXCLUDED,
    may=is_coordinator,
    form=ExcludeForm,
    unless=is_being_checked,
    tells=[warns(entrants)],
)
def exclude(entry, *, by, reason):
    """It does not meet the formal rules, and why."""
    entry.reason = reason


def its_files(entry):
    """What is attached to it."""
    return [entry.attachments.all()]


def they_acted_on_it(entry):
    """Reasons why it cannot be taken back any more: those who enter saw it, and did something."""
    if entry.state == State.REPAIR and entry.typed:
        yield _("They have begun to repair it.")
    if Objection.objects.filter(entry=entry, state=Objection.State.OPEN).exists():
        yield _("They have objected already.")


take_back = moves.take_back(
    may=is_coordinator,
    unless=they_acted_on_it,
    undoes={ask_to_repair: its_files, exclude: itself},
)


@moves.by_the_factory(State.EXCLUDED, to=State.ADMITTED, tells=[warns(entrants)])
def come_back(entry, *, by):
    """It was excluded, and that was not right: the jury reads it as it reads the others."""


@moves.by_the_factory(State.ADMITTED, to=State.SHORTLISTED)
def shortlist(entry, *, by):
    """It goes on to the pitch."""


@moves.by_the_factory(State.ADMITTED, State.SHORTLISTED, to=State.AWARDED)
def win(entry, *, by):
    """It gets an award."""


@moves.by_the_factory(State.RESERVE, to=State.AWARDED, tells=[warns(entrants)])
def come_next(entry, *, by):
    """A winner turned the award down, and this one is next in the reserve."""


@moves.by_the_factory(State.ADMITTED, State.SHORTLISTED, to=State.RESERVE)
def keep_in_reserve(entry, *, by):
    """It comes next if a winner turns the award down."""


@moves.by_the_factory(State.ADMITTED, State.SHORTLISTED, to=State.NOT_AWARDED)
def lose(entry, *, by):
    """It gets no award."""


@moves.by_the_factory(
    State.SHORTLISTED, State.AWARDED, State.RESERVE, State.NOT_AWARDED, to=State.ADMITTED
)
def go_back_to_the_jury(entry, *, by):
    """What was decided or named about it does not count any more: the jury compares it again."""


@moves.by_the_factory(State.AWARDED, State.RESERVE, State.NOT_AWARDED, to=State.SHORTLISTED)
def be_a_finalist_again(entry, *, by):
    """What was decided about it does not count any more: it is a finalist, as before."""


@moves.by_the_factory(State.AWARDED, to=State.DECLINED)
def give_up(entry, *, by):
    """The winner turned the award down."""
