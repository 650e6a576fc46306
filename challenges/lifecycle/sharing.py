"""Several organisations that pay for one challenge, and the ledger of its envelope."""

from django.utils.translation import gettext as _

from challenges.lifecycle import announcing, approving, award, bringing, contract, ending, opening
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.people import those_who_pay_along
from challenges.lifecycle.setting_up import SETS_UP
from challenges.models import Award, Challenge, CoOwner, LedgerLine
from challenges.setup_forms.people import CoOwnerForm, EndCoOwnerForm
from factory import clock
from factory.moves import STAYS, Missing
from factory.notices.telling import asks

State = Challenge.State
Kind = LedgerLine.Kind


@moves.add(
    State.SHAPING, to=STAYS, may=SETS_UP, form=CoOwnerForm, tells=[asks(those_who_pay_along)]
)
def add_co_owner(challenge, *, by, organisation, cents, own_cents=None):
    """Another organisation pays along; its part counts once its own budget holder approved it."""
    lead = challenge.co_owners.filter(leads=True).first()
    if lead is None:
        facts = {"organisation": challenge.organisation, "leads": True}
        CoOwner.objects.create(challenge=challenge, cents=own_cents, added_at=clock.now(), **facts)
    facts = {"organisation": organisation, "cents": cents, "added_at": clock.now()}
    challenge.just_added = CoOwner.objects.create(challenge=challenge, **facts)
    return {"organisation": organisation.pk, "cents": cents}


def who_pays(challenge):
    """Whose envelope it is."""
    return [challenge.co_owners.all()]


take_back.also({add_co_owner: who_pays})


def nobody_pays_along(challenge):
    """Reasons why nobody can stop paying along."""
    if all(one.leads for one in challenge.co_owners.all()):
        yield _("Nobody pays along.")


@moves.add(State.SHAPING, to=STAYS, may=SETS_UP, form=EndCoOwnerForm, unless=nobody_pays_along)
def end_co_owner(challenge, *, by, co_owner):
    """An organisation does not pay along any more."""
    if co_owner.challenge_id != challenge.pk:
        raise Missing([_("Nobody pays along.")])
    details = {"organisation": co_owner.organisation_id}
    own = challenge.co_owners.filter(leads=True).values_list("cents", flat=True).first()
    co_owner.delete()
    if not challenge.co_owners.filter(leads=False).exists():
        challenge.co_owners.all().delete()
        challenge.envelope_cents = own
    return details


def note(challenge, kind, cents, **about):
    """A line of the ledger; nothing for nothing."""
    if cents:
        facts = {"kind": kind, "cents": cents, "at": clock.now()}
        LedgerLine.objects.create(challenge=challenge, **facts, **about)


@bringing.approve.then
@approving.approve_by_code.then
def what_was_pledged(challenge, event, **details):
    paying = list(challenge.co_owners.all())
    if not paying:
        note(challenge, Kind.PLEDGED, challenge.envelope_cents, organisation=challenge.organisation)
    for co_owner in paying:
        note(challenge, Kind.PLEDGED, co_owner.cents, organisation_id=co_owner.organisation_id)


@opening.publish.then
def what_is_reserved(challenge, event):
    note(challenge, Kind.RESERVED, challenge.envelope_cents)


@award.settle.then
def what_is_awarded(award, event, **details):
    note(award.challenge, Kind.AWARDED, award.cents, award=award)


@award.decline.then
def what_is_awarded_no_more(award, event, **details):
    if event.from_state == Award.State.FINAL:
        note(award.challenge, Kind.AWARDED, -award.cents, award=award)


@contract.note_payment.then
def what_is_paid(contract, event, *, row, **details):
    note(contract.challenge, Kind.PAID, row.cents, award=contract.award)


@bringing.reshape.then
@ending.withdraw.then
@ending.end_without_entries.then
@ending.cancel.then
@announcing.conclude.then
def what_is_free_again(challenge, event, **details):
    """Nothing stays reserved or pledged beyond what was awarded."""
    sums = challenge.ledger.sums()
    for kind in (Kind.RESERVED, Kind.PLEDGED):
        note(challenge, kind, sums[Kind.AWARDED] - sums[kind])


@take_back.then
def the_ledger_goes_back(challenge, event, **details):
    """Lines are only added: what the move had noted is noted once more, the other way."""
    if event.details["took_back"] == bringing.approve.name:
        what_is_free_again(challenge, event)
    if event.details["took_back"] == ending.end_without_entries.name:
        for kind in (Kind.PLEDGED, Kind.RESERVED):
            freed = challenge.ledger.filter(kind=kind).order_by("-pk").first()
            if freed and freed.cents < 0:
                note(challenge, kind, -freed.cents)
