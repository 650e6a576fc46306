"""Why something cannot be done with an entry now, in words; in time is by the database's clock."""

from django.utils.translation import gettext as _

from challenges.models import Challenge
from factory import clock


def takes_entries(entry):
    """Reasons why nothing can be written or sent in any more, by the database's clock."""
    yield from why_closed(Challenge.objects.get(pk=entry.challenge_id), clock.now())


def why_closed(challenge, now):
    """Reasons why a challenge takes no entries at this moment. At the deadline itself it does."""
    if challenge.state != Challenge.State.OPEN:
        yield _("This challenge does not take entries now.")
    elif now > challenge.deadline_at:
        yield _("The deadline is over.")


def may_take_part(entry):
    """Reasons why this organisation cannot begin: it owns the challenge, or it has not been checked."""
    yield from takes_entries(entry)
    if entry.organisation_id is None:
        return
    if entry.challenge.organisation_id == entry.organisation_id:
        yield _("Who owns a challenge does not enter it.")
    if entry.organisation.state != entry.organisation.State.ACTIVE:
        yield _("Your organisation has not been checked yet. A coordinator does so first.")


def is_being_checked(entry):
    """Reasons why the formal check cannot be made now."""
    if Challenge.objects.get(pk=entry.challenge_id).state != Challenge.State.CHECKING:
        yield _("This is done while the entries are checked.")


def lacks(entry):
    """What is still missing before it can be sent in; the database refuses the same."""
    if not entry.summary or not entry.amount_cents:
        yield _("Write a summary and say what you ask for.")
    answered = {one["question"] for one in entry.answers if one["answer"]}
    must = entry.challenge.questions_asked.filter(is_required=True)
    if must.exclude(pk__in=answered).exists():
        yield _("Answer every question that must be answered.")
    if entry.challenge.disclosure == Challenge.Disclosure.ANONYMOUS and not entry.blind:
        yield _("Write your plan without names too: the jury reads that one.")


def can_be_repaired(entry):
    """Reasons why no repair is asked: not now, or it was asked before."""
    yield from is_being_checked(entry)
    if entry.repairs:
        yield _("A repair was asked once. Admit it, or exclude it with a reason.")


def too_late_to_repair(entry):
    """Reasons why a repair does not count any more: its day is over; the database refuses the same."""
    if entry.repair_by_date and clock.today() > entry.repair_by_date:
        yield _("The day until which this could be repaired is over.")


def can_be_changed(entry):
    """Reasons why a finalist hands in no changed plan now: only who is coached does, until that ends."""
    challenge = Challenge.objects.get(pk=entry.challenge_id)
    if challenge.state != Challenge.State.COACHING:
        yield _("A plan changes only while the finalists are coached.")
    elif clock.now() > challenge.coaching_until:
        yield _("The time for changed plans is over.")
