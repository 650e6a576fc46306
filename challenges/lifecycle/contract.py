"""How a contract lives: drawn up, signed, milestone by milestone delivered, accepted and paid."""

from django.utils.translation import gettext as _

from challenges.after_forms import (
    AcceptForm,
    CheckInForm,
    ContractForm,
    DeliverForm,
    IndicatorForm,
    IssueForm,
    MeasureForm,
    MilestoneForm,
    PayForm,
    SignForm,
    SolveForm,
    WhyForm,
)
from challenges.lifecycle import following
from challenges.lifecycle.award import decline
from challenges.lifecycle.ending import cancel
from challenges.lifecycle.people import both_sides, contractors, owner_and_deputy
from challenges.models import Award, Challenge, CheckIn, Contract, Indicator, Issue, Milestone
from challenges.rules import is_on_a_side, is_the_owners_side, is_the_winners_side
from factory import clock
from factory.coordination.notes import keeps_notes
from factory.moves import STAYS, Missing, Moves
from factory.notices.telling import asks, informs, warns
from partners.rules import is_coordinator

State = Contract.State

moves = Moves(Contract)


def award_stands(contract):
    """Reasons why nothing can be agreed on: nobody has this award any more, or the challenge is over."""
    award = Award.objects.select_related("challenge").get(pk=contract.award_id)
    if award.state != Award.State.FINAL:
        yield _("This award does not stand.")
    elif award.challenge.state not in (Challenge.State.AWARDED, Challenge.State.RUNNING):
        yield _("This challenge is over.")


@moves.begin(
    to=State.DRAFT,
    may=is_the_owners_side | is_coordinator,
    form=ContractForm,
    unless=award_stands,
    tells=[informs(contractors)],
)
def draw_up(contract, *, by, **facts):
    """The owner writes down what was agreed with a winner."""
    contract.challenge_id = contract.award.challenge_id
    contract.organisation_id = contract.award.entry.organisation_id
    take_over(contract, facts)


def take_over(contract, facts):
    """What was typed becomes the contract's."""
    for name, value in facts.items():
        setattr(contract, name, value)


@moves.add(State.DRAFT, to=STAYS, may=is_the_owners_side | is_coordinator, form=ContractForm)
def revise(contract, *, by, **facts):
    """What was agreed is written down better."""
    take_over(contract, facts)


@moves.add(State.DRAFT, to=STAYS, may=is_the_owners_side | is_coordinator, form=MilestoneForm)
def add_milestone(contract, *, by, title, due_date, cents):
    """A step of the work, with its payment."""
    planned = sum(step.cents for step in contract.milestones.all())
    if planned + cents > still_to_pay(contract):
        raise Missing([_("Together the payments are more than the award.")])
    step = Milestone.objects.create(contract=contract, title=title, due_date=due_date, cents=cents)
    return {"milestone": step.pk, "cents": cents}


@moves.add(
    State.DRAFT,
    State.SIGNED,
    to=STAYS,
    may=is_on_a_side | is_coordinator,
    form=IndicatorForm,
)
def add_indicator(contract, *, by, **facts):
    """What is measured, with how it is now."""
    return {"indicator": Indicator.objects.create(contract=contract, **facts).pk}


def still_to_pay(contract):
    """What of the award an earlier contract, that ended early, did not pay yet; in cents."""
    earlier = Milestone.objects.filter(contract__award=contract.award_id).exclude(contract=contract)
    return contract.award.cents - sum(step.cents for step in earlier.exclude(paid_date=None))


def is_complete(contract):
    """What must be there before it is signed."""
    yield from award_stands(contract)
    if not (contract.starts_date and contract.ends_date):
        yield _("Write down when the pilot starts and ends.")
    if sum(step.cents for step in contract.milestones.all()) != still_to_pay(contract):
        yield _("The payments of the milestones do not make the award yet.")
    if not contract.indicators.exists():
        yield _("Write down at least one thing that is measured, with how it is now.")


@moves.add(
    State.DRAFT,
    to=State.SIGNED,
    may=is_the_owners_side,
    form=SignForm,
    unless=is_complete,
    tells=[informs(both_sides)],
)
def sign(contract, *, by, signed_date):
    """Both sides signed: the pilot runs."""
    contract.signed_date = signed_date
    contract.asked_month = clock.today().replace(day=1)


@sign.then
def the_pilot_runs(contract, event, **details):
    challenge = Challenge.objects.get(pk=contract.challenge_id)
    if challenge.state == challenge.State.AWARDED:
        following.start_pilot(challenge, on_behalf_of=event.whose)


@moves.add(
    State.SIGNED,
    to=STAYS,
    may=is_the_winners_side,
    form=DeliverForm,
    tells=[asks(owner_and_deputy, "accept_milestone")],
)
def deliver(contract, *, by, row, told):
    """The winner reached a milestone, and says how one sees it."""
    row.delivered_at, row.told = clock.now(), told
    row.save(update_fields=["delivered_at", "told"])
    return {"milestone": row.pk}


@moves.add(
    State.SIGNED,
    to=STAYS,
    may=is_the_owners_side,
    form=AcceptForm,
    tells=[informs(contractors)],
)
def accept_milestone(contract, *, by, row):
    """The owner sees that it is right: it can be paid."""
    row.accepted_at, row.accepted_by = clock.now(), by
    row.save(update_fields=["accepted_at", "accepted_by"])
    return {"milestone": row.pk}


@moves.add(
    State.SIGNED, to=STAYS, may=is_the_owners_side, form=PayForm, tells=[informs(contractors)]
)
def note_payment(contract, *, by, row, paid_date):
    """The owner paid a milestone."""
    row.paid_date = paid_date
    row.save(update_fields=["paid_date"])
    return {"milestone": row.pk, "cents": row.cents}


@moves.add(State.SIGNED, to=STAYS, may=is_on_a_side, form=MeasureForm)
def measure(contract, *, by, row, **facts):
    """What came out, on a day, by whom."""
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    return {"indicator": row.pk}


@moves.add(State.SIGNED, to=STAYS, may=is_on_a_side, form=CheckInForm)
def check_in(contract, *, by, **said):
    """One side's minute of this month; said again, it replaces what was said."""
    month, side = clock.today().replace(day=1), contract.side_of(by)
    said |= {"by": by, "at": clock.now()}
    CheckIn.objects.update_or_create(contract=contract, month=month, side=side, defaults=said)
    return {"side": side, "going": str(said["going"])}


@moves.add(
    State.SIGNED,
    to=STAYS,
    may=is_on_a_side,
    form=IssueForm,
    tells=[asks(both_sides, "solve_issue")],
)
def raise_issue(contract, *, by, text):
    """Something stands in the way; the other side hears it at once."""
    made = Issue.objects.create(
        contract=contract,
        text=text,
        side=contract.side_of(by),
        raised_by=by,
        raised_at=clock.now(),
    )
    return {"issue": made.pk}


@moves.add(State.SIGNED, to=STAYS, may=is_on_a_side, form=SolveForm, tells=[informs(both_sides)])
def solve_issue(contract, *, by, row, solution):
    """It does not stand in the way any more, and how."""
    row.solved_at, row.solution = clock.now(), solution
    row.save(update_fields=["solved_at", "solution"])
    return {"issue": row.pk}


def all_paid(contract):
    """What keeps a contract from being completed."""
    if contract.milestones.filter(paid_date=None).exists():
        yield _("Not every milestone was paid.")
    if contract.indicators.filter(actual=None).exists():
        yield _("Not everything was measured.")


@moves.add(
    State.SIGNED,
    to=State.COMPLETED,
    may=is_the_owners_side,
    unless=all_paid,
    tells=[informs(both_sides)],
)
def complete(contract, *, by):
    """Everything was delivered, paid and measured."""


@moves.add(
    State.DRAFT,
    State.SIGNED,
    to=State.ENDED,
    may=is_the_owners_side | is_coordinator,
    form=WhyForm,
    final=True,
    tells=[warns(both_sides)],
)
def end_early(contract, *, by, reason):
    """It ends before it was done, and why."""
    contract.reason = reason


@moves.by_the_factory(State.DRAFT, to=State.ENDED, tells=[informs(both_sides)])
def fall_away(contract, *, by, reason):
    """The award is turned down or the challenge called off before it was signed."""
    contract.reason = reason


def nothing_is_signed_any_more(challenge, award=None, *, by, reason):
    """What was being drawn up falls away, of one award or of all."""
    drawn_up = challenge.contracts.filter(state=State.DRAFT)
    for contract in drawn_up.filter(award=award) if award else drawn_up:
        fall_away(contract, on_behalf_of=by, reason=reason)


@cancel.then
def no_contract_of_what_is_called_off(challenge, event, *, reason):
    nothing_is_signed_any_more(challenge, by=event.whose, reason=reason)


@decline.then
def no_contract_of_what_was_turned_down(award, event, *, reason):
    nothing_is_signed_any_more(award.challenge, award, by=event.whose, reason=reason)
    following.finish_if_all_is_known(award.challenge, event)


@complete.then
def perhaps_all_is_over(contract, event, **details):
    following.finish_if_all_is_known(contract.challenge, event)


end_early.then(perhaps_all_is_over)


def to_ask(now):
    """Contracts of which nobody asked yet how this month goes, from its last week on."""
    month = clock.today().replace(day=1)
    if clock.today().day < FROM_DAY:
        return Contract.objects.none()
    signed = Contract.objects.filter(state=State.SIGNED, asked_month__lt=month)
    return signed.order_by("asked_month")


FROM_DAY = 24


@moves.by_the_factory(State.SIGNED, to=STAYS, due=to_ask, tells=[asks(both_sides, "check_in")])
def ask_how_it_goes(contract, *, by):
    """Once a month both sides are asked how it goes."""
    contract.asked_month = clock.today().replace(day=1)


note = keeps_notes(moves)
