"""From a problem in one's own words to a challenge that may be opened."""

from django.utils.translation import gettext as _

from challenges.forms import ReasonForm
from challenges.house_terms import ring_days
from challenges.intake_forms import AskForMoreForm, BringForm
from challenges.lifecycle.people import coordinators, owner_and_deputy, those_who_brought_it
from challenges.models import Approval, Challenge, Document, Round
from challenges.models.round import MOST_ROUNDS
from challenges.rules import (
    brings_it,
    did_not_submit,
    is_of_those_who_bring,
    writes_the_problem,
)
from challenges.setup_forms.people import CheckForm
from factory import clock
from factory.coordination.models import Note
from factory.coordination.notes import keeps_notes
from factory.coordination.notes import write as write_note
from factory.files.keeping import keep
from factory.files.models import StoredFile
from factory.moves import STAYS, Moves, itself
from factory.notices.telling import asks, informs, warns
from factory.working_days import after
from partners.models import Organisation
from partners.rules import is_coordinator

State = Challenge.State

moves = Moves(Challenge)


# What an earlier challenge says of its problem, for whoever has the same one.
COPIED = ("sentence", "sufferers", "causes", "tried", "success", "bounds", "data")


@moves.begin(to=State.DRAFT, may=writes_the_problem & is_of_those_who_bring, form=BringForm)
def bring(challenge, *, by, document=None, copied_from=None, **facts):
    """Somebody whose organisation has a problem puts it down."""
    earlier = {name: getattr(copied_from, name) for name in COPIED} if copied_from else {}
    challenge.fill(copied_from=copied_from, **earlier | facts)
    challenge.owner = by
    challenge.kept = document and keep(document, by=by, holder=challenge.organisation)


@bring.then
def its_file_belongs_to_it(challenge, event, **facts):
    if challenge.kept:
        challenge.kept.attach(Document.objects.create(challenge=challenge, file=challenge.kept))


@bring.then
def relate_what_was_said(challenge, event, copied_from=None, **facts):
    if copied_from:
        challenge.relate(themes=copied_from.themes.all(), goals=copied_from.goals.all())
    challenge.relate(**facts)


@moves.add(
    State.DRAFT,
    State.SUBMITTED,
    State.MORE,
    State.SHAPING,
    to=STAYS,
    may=writes_the_problem | is_coordinator,
)
def draw_up(challenge, *, by, **facts):
    """The texts, the rules and the calendar get better."""
    challenge.fill(**facts)


draw_up.then(relate_what_was_said)


def says_nothing(challenge):
    """Reasons why it cannot be sent in: nothing says what the problem is."""
    if not challenge.problem and not challenge.documents.exists():
        yield _("Write what the problem is, or add a file that says it.")


@moves.add(
    State.DRAFT,
    State.MORE,
    to=State.SUBMITTED,
    may=brings_it,
    unless=says_nothing,
    tells=[asks(coordinators)],
)
def submit(challenge, *, by):
    """It goes to the coordinators, who ring."""
    challenge.submitted_by, challenge.submitted_at = by, clock.now()


@submit.then
def what_was_asked_is_answered(challenge, event):
    challenge.rounds.open().update(answered_at=event.at)


@submit.then
def then_it_is_acknowledged(challenge, event):
    acknowledge(challenge, on_behalf_of=event.whose)


@moves.by_the_factory(State.SUBMITTED, to=STAYS, tells=[warns(those_who_brought_it)])
def acknowledge(challenge, *, by):
    """It came in: whoever sent it has a receipt that says by when a coordinator rings."""


def rounds_left(challenge):
    """Reasons why no more can be asked: it was, three times."""
    if challenge.asked_more >= MOST_ROUNDS:
        yield _("More was asked three times. Take it on, or turn it down with a reason.")


@moves.add(
    State.SUBMITTED,
    State.SHAPING,
    to=State.MORE,
    may=is_coordinator,
    form=AskForMoreForm,
    unless=rounds_left,
    tells=[asks(those_who_brought_it)],
)
def ask_for_more(challenge, *, by, question, answer_by):
    """Something is missing; at most three times, each with a day to answer by."""
    challenge.asked_more += 1
    Round.objects.create(
        challenge=challenge,
        number=challenge.asked_more,
        question=question,
        answer_by=answer_by,
        asked_by=by,
        asked_at=clock.now(),
    )
    return {"round": challenge.asked_more, "answer_by": answer_by.isoformat()}


@moves.add(
    State.SUBMITTED,
    State.SHAPING,
    to=State.DECLINED,
    may=is_coordinator,
    form=ReasonForm,
    tells=[warns(those_who_brought_it)],
)
def turn_down(challenge, *, by, reason):
    """It does not become a challenge, and why."""
    challenge.reason = reason


@moves.add(
    State.SUBMITTED,
    State.SHAPING,
    to=State.REDIRECTED,
    may=is_coordinator,
    form=ReasonForm,
    tells=[warns(those_who_brought_it)],
)
def redirect(challenge, *, by, reason):
    """It is an order rather than a problem: better on the market."""
    challenge.reason = reason


@moves.add(
    State.SUBMITTED,
    State.SHAPING,
    to=State.TO_CHANGE,
    may=is_coordinator,
    form=ReasonForm,
    tells=[warns(those_who_brought_it)],
)
def point_to_change(challenge, *, by, reason):
    """It asks that they change something themselves: a coordinator rings about how we help with that."""
    challenge.reason = reason


@point_to_change.then
def that_call_is_promised(challenge, event, *, reason):
    write_note(challenge, event.actor, call_back_on=after(clock.today(), ring_days()))


@moves.add(
    State.SUBMITTED, to=State.SHAPING, may=is_coordinator, tells=[informs(those_who_brought_it)]
)
def shape(challenge, *, by):
    """A coordinator takes it on and sharpens it with the owner."""


NEEDED = {
    "sentence": lambda c: _("The problem in one sentence is missing."),
    "instrument": lambda c: _("Choose by which instrument it is awarded."),
    "envelope_cents": lambda c: _("The envelope is missing."),
    "deadline_at": lambda c: _("The deadline is missing."),
    "who_may_enter": lambda c: _("Say who may enter."),
}
NEEDED_TO_ADOPT = {
    "deputy": lambda c: _("A deputy for the owner is missing."),
    "budget_holder": lambda c: _("The budget holder is missing."),
    "mandate": lambda c: _("The mandate is missing."),
    "adoption_by": lambda c: _("Say who could buy or run it afterwards."),
    "adoption_due_date": lambda c: _("Say by which date adoption is decided."),
}


def coaching_lacks(challenge, criteria):
    """What must be there before finalists can be promised coaching."""
    if not challenge.coaching_hours:
        return
    if not (challenge.coaching_from and challenge.coaching_until):
        yield _(
            "Say in the calendar when finalists are coached, and until when they change their plan."
        )
    if not any(criterion.scored_at == "pitch" for criterion in criteria):
        yield _(
            "With coaching, something must be scored at the pitch: there the changed plan counts."
        )


def still_lacks(challenge):
    """What must be there before a challenge is approved, in words."""
    needed = NEEDED if challenge.explores_only else NEEDED | NEEDED_TO_ADOPT
    for name, words in needed.items():
        if not getattr(challenge, name):
            yield words(challenge)
    if challenge.steps_wait:
        yield _("A coordinator filled something in. Say of each step whether it is right.")
    if challenge.organisation.state != Organisation.State.ACTIVE:
        yield _("The organisation has not been checked yet.")
    pays_along = (one for one in challenge.co_owners.all() if not one.leads)
    if any(one.approved_date is None for one in pays_along):
        yield _("First every part of the envelope must be approved.")
    criteria = list(challenge.criteria.all())
    yield from coaching_lacks(challenge, criteria)
    weights = sum(criterion.weight for criterion in criteria)
    if weights != 100:
        yield _("The weights of the criteria make %(sum)s; they must make 100.") % {"sum": weights}


@moves.add(
    State.SHAPING,
    to=State.APPROVED,
    may=is_coordinator & did_not_submit,
    form=CheckForm,
    unless=still_lacks,
    tells=[informs(owner_and_deputy)],
)
def approve(challenge, *, by, approval=None, approver="", approved_date=None, approval_number=""):
    """A coordinator checked the decision of whoever holds the budget: by name, date and number."""
    challenge.approved_by, challenge.approver = by, approver
    challenge.approved_date, challenge.approval_number = approved_date, approval_number
    if approval:
        approval.say("yes")
        approval.stand_on(challenge)


@moves.add(State.APPROVED, to=State.SHAPING, may=brings_it | is_coordinator)
def reshape(challenge, *, by):
    """The approval is taken back: something must change first."""
    challenge.approved_by, challenge.approver = None, ""
    challenge.approved_date, challenge.approval_number = None, ""


def its_rounds(challenge):
    """What was asked of whoever brought it."""
    return [challenge.rounds.all()]


def its_notes(challenge):
    """What coordinators wrote down, and the calls they promised."""
    return [Note.objects.about(challenge)]


def its_approvals(challenge):
    """What was asked of who holds the budget, what they said, and their papers."""
    asked, label = challenge.approvals.all(), Approval._meta.label_lower
    papers = StoredFile.objects.filter(thing_type=label, thing_id__in=asked.values("pk"))
    return [asked, papers]


take_back = moves.take_back(
    may=is_coordinator,
    undoes={
        ask_for_more: its_rounds,
        turn_down: itself,
        redirect: itself,
        point_to_change: its_notes,
        shape: itself,
        approve: its_approvals,
    },
)

note = keeps_notes(moves)
