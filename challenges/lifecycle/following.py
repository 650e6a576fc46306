"""After the award: the pilot, until the owner decides in public what becomes of it."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from challenges.after_forms import AdoptionForm, FollowUpForm, HandOverForm, PostponeForm
from challenges.lifecycle.announcing import award
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.people import owner_and_deputy, the_owner, winners
from challenges.models import Adoption, Challenge, FollowUp
from challenges.models.states import DRAWN_UP, JUDGED, TOLD
from challenges.rules import brings_it
from factory import clock
from factory.knowledge.models import Norm
from factory.moves import STAYS, Missing, Moves, is_the_factory, itself, the_factory
from factory.notices.telling import asks, informs, warns
from partners.rules import is_coordinator

State = Challenge.State
ALIVE = [*DRAWN_UP, State.APPROVED, State.SCHEDULED, State.OPEN, State.PAUSED, State.CLOSED]
ALIVE += [*JUDGED, *TOLD]
AFTER = (6, 12, 24)  # months after the decision

adoptions = Moves(Adoption)


@moves.by_the_factory(State.AWARDED, to=State.RUNNING)
def start_pilot(challenge, *, by):
    """The first contract is signed; the pilot runs."""


@start_pilot.then  # of what was awarded before the clock ran from the award on
@award.then
def the_promise_stands(challenge, event):
    """What was promised at the start gets its clock, contract or no contract; an exploration promised nothing."""
    day, runs = challenge.adoption_due_date, Adoption.objects.filter(challenge=challenge).exists()
    if day and not runs and not challenge.explores_only:
        promised = Adoption(challenge=challenge, promised_date=day, due_date=day)
        promise(promised, by=the_factory())


@moves.by_the_factory(State.RUNNING, to=State.FINISHED, tells=[informs(owner_and_deputy)])
def finish(challenge, *, by):
    """The pilots are over and it is known what becomes of them."""
    challenge.finished_at = clock.now()


def finish_if_all_is_known(challenge, event):
    """Over, once no contract is open and the promised decision was taken."""
    challenge = Challenge.objects.get(pk=challenge.pk)
    waits = Adoption.objects.waiting().filter(challenge=challenge).exists()
    waits = waits or challenge.contracts.open().exists()
    waits = waits or challenge.awards.final().filter(contracts=None).exists()
    if challenge.state == State.RUNNING and not waits:
        finish(challenge, on_behalf_of=event.on_behalf_of or event.actor)


@moves.add(
    *ALIVE, to=STAYS, may=brings_it | is_coordinator, form=HandOverForm,
    tells=[asks(the_owner)],
)  # fmt: skip
def hand_over(challenge, *, by, owner, deputy=None):
    """Somebody else is the owner from now on: people leave, the work stays."""
    challenge.owner = owner
    challenge.deputy = deputy or (None if challenge.deputy == owner else challenge.deputy)
    if challenge.deputy is None and not challenge.is_drawn_up and not challenge.explores_only:
        raise Missing([_("Choose who is the deputy.")])
    return {"owner": owner.pk}


take_back.also({hand_over: itself})


@adoptions.begin(to=Adoption.State.PROMISED, may=is_the_factory)
def promise(adoption, *, by):
    """The day that was promised in public stands, and its clock runs."""


def was_called_off(adoption):
    """Reasons why nothing is decided any more: the challenge was called off after the award."""
    if Challenge.objects.get(pk=adoption.challenge_id).state == State.CANCELLED:
        yield _("This challenge was called off.")


@adoptions.add(
    Adoption.State.PROMISED,
    to=Adoption.State.POSTPONED,
    may=brings_it,
    form=PostponeForm,
    unless=was_called_off,
    final=True,
    tells=[informs(winners)],
)
def postpone(adoption, *, by, due_date, reason):
    """The one postponement there is, in public, with a reason and a new day."""
    adoption.due_date, adoption.postponed_because = due_date, reason
    return {"until": due_date.isoformat()}


@adoptions.add(
    Adoption.State.PROMISED,
    Adoption.State.POSTPONED,
    Adoption.State.OVERDUE,
    to=Adoption.State.DECIDED,
    may=brings_it,
    form=AdoptionForm,
    unless=was_called_off,
    final=True,
    tells=[informs(winners)],
)
def decide(adoption, *, by, choice, reason):
    """The owner says in public what becomes of it, and why."""
    adoption.choice, adoption.reason = choice, reason
    adoption.decided_by, adoption.decided_at = by, clock.now()
    return {"choice": str(choice)}


@decide.then
def perhaps_all_is_over(adoption, event, **details):
    finish_if_all_is_known(adoption.challenge, event)


def nearly_due(now):
    """Promises whose day comes within the norm's days, or came, and whose people were not asked lately."""
    today = clock.today()
    soon = Adoption.objects.waiting().filter(
        due_date__lte=today + timedelta(days=Norm.objects.value("adoption-reminder-days"))
    )
    lately = today - timedelta(days=Norm.objects.value("adoption-again-days"))
    return soon.exclude(reminded_date__gt=lately).order_by("due_date")


@adoptions.by_the_factory(
    Adoption.State.PROMISED,
    Adoption.State.POSTPONED,
    Adoption.State.OVERDUE,
    to=STAYS,
    due=nearly_due,
    tells=[warns(owner_and_deputy)],
)
def remind(adoption, *, by):
    """The day comes near or is over; owner and deputy hear it."""
    adoption.reminded_date = clock.today()


def gone_by(now):
    """Promises whose day went by longer ago than the norm's days."""
    days = timedelta(days=Norm.objects.value("adoption-grace-days"))
    late = Adoption.objects.waiting().exclude(state=Adoption.State.OVERDUE)
    return late.filter(due_date__lt=clock.today() - days).order_by("due_date")


@adoptions.by_the_factory(
    Adoption.State.PROMISED,
    Adoption.State.POSTPONED,
    to=Adoption.State.OVERDUE,
    due=gone_by,
    tells=[warns(owner_and_deputy)],
)
def run_late(adoption, *, by):
    """No decision came: the page says in public that it is overdue."""
    adoption.overdue_since = clock.today()


def months_due(adoption, today):
    """The last follow-up that is due and was not asked for, in months after the decision; or None.

    Where two terms went by at once, the earlier one is not asked any more.
    """
    day = adoption.decided_at.date()
    due = [m for m in AFTER if m > adoption.asked_months and day + relativedelta(months=m) <= today]
    return due[-1] if due else None


def to_follow_up(now):
    """Decisions that were taken long enough ago to ask how it is now."""
    taken = Adoption.objects.filter(state=Adoption.State.DECIDED)
    passed = [
        taken.filter(asked_months__lt=m, decided_at__lte=now - relativedelta(months=m))
        for m in AFTER
    ]
    return (passed[0] | passed[1] | passed[2]).order_by("decided_at")


@adoptions.by_the_factory(
    Adoption.State.DECIDED, to=STAYS, due=to_follow_up, tells=[asks(owner_and_deputy)]
)
def ask_how_it_is(adoption, *, by):
    """6, 12 and 24 months later: does it still run?"""
    adoption.asked_months = months_due(adoption, clock.today()) or adoption.asked_months
    return {"months": adoption.asked_months}


def was_asked(adoption):
    """Reasons why there is nothing to tell yet."""
    told = adoption.follow_ups.filter(months=adoption.asked_months)
    if not adoption.asked_months or told.exists():
        yield _("We ask again 6, 12 and 24 months after the decision.")


@adoptions.add(Adoption.State.DECIDED, to=STAYS, may=brings_it, form=FollowUpForm, unless=was_asked)
def follow_up(adoption, *, by, **facts):
    """The owner tells how it is now."""
    made = FollowUp.objects.create(
        adoption=adoption, months=adoption.asked_months, by=by, at=clock.now(), **facts
    )
    return {"months": made.months}
