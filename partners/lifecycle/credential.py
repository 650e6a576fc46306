"""How proof is sent in, checked by a coordinator, renewed in time, or runs out."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.files.keeping import keep
from factory.files.models import StoredFile
from factory.moves import STAYS, Missing, Moves, itself
from factory.notices.diary import Deadline
from factory.notices.facts import facts_of
from factory.notices.telling import asks, informs, warns
from factory.texts import say
from partners.forms import ReasonForm
from partners.lifecycle import organisation as organisations
from partners.models import Credential, Organisation
from partners.proof_forms import ClaimForm
from partners.rules import has_not_renewed, is_coordinator, shows_proof

State = Credential.State
UNCHECKED = (State.CLAIMED, State.REFUSED)
WAITS_FOR_RENEWAL = timedelta(days=180)  # after its last day; then nobody is working on it

moves = Moves(Credential)


def owners(credential):
    """Those who answer for the organisation."""
    return organisations.owners(credential.organisation)


def coordinators(credential):
    """The coordinators of its province."""
    return organisations.coordinators(credential.organisation)


def of_a_standing_organisation(credential):
    """Reasons why nothing can be sent in now."""
    if credential.organisation.state in (Organisation.State.LEFT, Organisation.State.SUSPENDED):
        yield _("The organisation is not active at the moment.")


def fill(credential, by, evidence=None, **facts):
    """Take over what was said; a new file takes the place of the old one."""
    for name, value in facts.items():
        setattr(credential, name, value)
    credential.note = ""
    if evidence:
        replaced, credential.evidence = credential.evidence, keep(
            evidence, by=by, holder=credential.organisation
        )  # fmt: skip
        return replaced
    return None


@moves.begin(
    to=State.CLAIMED,
    may=shows_proof | is_coordinator,
    form=ClaimForm,
    unless=of_a_standing_organisation,
    tells=[asks(coordinators)],
)
def claim(credential, *, by, **facts):
    """An organisation says what it has to show."""
    ours = Organisation.objects.select_for_update().get(pk=credential.organisation_id)
    same = Credential.objects.filter(organisation=ours, proof=facts["proof"])
    if same.to_check().exists():
        raise Missing([_("You sent this one in already. A coordinator looks at it.")])
    credential.created_at = clock.now()
    counted = same.filter(state__in=[State.VALID, State.RENEWING, State.EXPIRED])
    credential.renews = counted.order_by("-valid_until", "-pk").first()
    fill(credential, by, **facts)
    return {"proof": credential.proof, "level": credential.level}


@claim.then
def its_file_belongs_to_it(credential, event, evidence=None, **facts):
    if evidence:
        credential.evidence.attach(credential)


@moves.add(
    State.CLAIMED,
    State.REFUSED,
    to=State.CLAIMED,
    may=shows_proof | is_coordinator,
    form=ClaimForm,
    unless=of_a_standing_organisation,
    tells=[asks(coordinators)],
)
def correct(credential, *, by, **facts):
    """What was not right is sent in again."""
    others = Credential.objects.filter(organisation=credential.organisation, proof=facts["proof"])
    if others.to_check().exclude(pk=credential.pk).exists():
        raise Missing([_("You sent this one in already. A coordinator looks at it.")])
    credential.replaced = fill(credential, by, **facts)
    return {"proof": credential.proof, "level": credential.level}


@correct.then
def the_other_file_goes(credential, event, evidence=None, **facts):
    its_file_belongs_to_it(credential, event, evidence)
    if credential.replaced and event.actor.is_staff:
        credential.replaced.let_go()  # it may be taken back: the sweep of files removes it later
    elif credential.replaced:
        credential.replaced.discard()


def still_running(credential):
    """Reasons why a coordinator cannot vouch for it any more."""
    if credential.valid_until and credential.valid_until < clock.today():
        yield _("Its last day has passed.")


@moves.add(
    State.CLAIMED,
    to=State.VALID,
    may=is_coordinator,
    unless=still_running,
    tells=[informs(owners)],
)
def vouch(credential, *, by):
    """A coordinator has seen the proof; it counts on its days, and the name is kept."""
    credential.checked_by, credential.checked_at = by, clock.now()
    credential.remind_on = credential.next_reminder()


@vouch.then
def the_one_before_makes_way(credential, event):
    before = credential.renews
    if before and before.state == State.RENEWING:
        make_way(before, on_behalf_of=event.actor)


@moves.add(
    State.CLAIMED, to=State.REFUSED, may=is_coordinator, form=ReasonForm, tells=[warns(owners)]
)
def refuse(credential, *, by, note):
    """A coordinator cannot see it from what was sent, and says why."""
    credential.note = note


@moves.add(
    State.VALID,
    State.RENEWING,
    to=State.REFUSED,
    may=is_coordinator,
    form=ReasonForm,
    final=True,
    tells=[warns(owners)],
)
def revoke(credential, *, by, note):
    """It should not have counted; from now on it counts on no day."""
    credential.note = note


@moves.add(*UNCHECKED, to=State.WITHDRAWN, may=shows_proof | is_coordinator)
def withdraw(credential, *, by):
    """The organisation takes it back before it counted."""


@moves.add(State.VALID, to=STAYS, may=shows_proof & has_not_renewed)
def say_renewing(credential, *, by):
    """They work on the next period; the days of this one stay as they are."""
    credential.renewal_since = clock.today()


@moves.add(State.EXPIRED, to=State.RENEWING, may=shows_proof & has_not_renewed)
def renew(credential, *, by):
    """It ran out, and they work on the next period: shown, and not counted."""
    credential.renewal_since = clock.today()


@moves.add(
    State.VALID, State.RENEWING, to=State.EXPIRED, may=shows_proof | is_coordinator, final=True
)
def give_up(credential, *, by):
    """They do not have it any more; today is the last day it counts."""
    today = clock.today()
    last = min(credential.valid_until or today, today)
    credential.valid_until = max(last, credential.valid_from)


def its_files(credential):
    """What was sent along with it, now or before."""
    return [StoredFile.objects.about(credential)]


def another_was_claimed(credential):
    """Reasons why it cannot wait for a check again: the next one does."""
    others = Credential.objects.filter(organisation=credential.organisation, proof=credential.proof)
    if others.to_check().exclude(pk=credential.pk).exists():
        yield _("Another one was sent in meanwhile.")


take_back = moves.take_back(
    may=is_coordinator,
    unless=another_was_claimed,
    undoes={claim: itself, correct: its_files, vouch: itself, refuse: itself},
    born={claim: State.WITHDRAWN},
)


def to_remind(now):
    """Those of which the end comes near, and no next period was checked."""
    soon = Credential.objects.filter(state=State.VALID, remind_on__lte=timezone.localdate(now))
    renewed = Credential.objects.renewed().values("pk")
    return soon.exclude(pk__in=renewed).order_by("remind_on", "pk")


@moves.by_the_factory(State.VALID, to=STAYS, due=to_remind, tells=[warns(owners, "say_renewing")])
def remind(credential, *, by):
    """The end comes near: once 90 days before, once 30 days before."""
    credential.remind_on = credential.next_reminder()
    return {"days": credential.days_left(clock.today())}


def _over(now):
    today = timezone.localdate(now)
    return Credential.objects.filter(valid_until__lt=today).order_by("valid_until", "pk")


def to_make_way(now):
    """Those after which another period was checked, once their days or their waiting is over."""
    over = Q(state=State.VALID, valid_until__lt=timezone.localdate(now)) | Q(state=State.RENEWING)
    return Credential.objects.renewed().filter(over).order_by("pk").distinct()


@moves.by_the_factory(State.VALID, State.RENEWING, to=State.EXPIRED, due=to_make_way)
def make_way(credential, *, by):
    """The next period has been checked."""


def to_await(now):
    """Those whose days are over while they work on the next period."""
    return _over(now).filter(state=State.VALID, renewal_since__isnull=False)


@moves.by_the_factory(State.VALID, to=State.RENEWING, due=to_await, tells=[informs(owners)])
def await_renewal(credential, *, by):
    """Its days are over: it does not count until the next period is checked."""


def to_run_out(now):
    """Those whose days are over, or whose renewal never came."""
    late = timezone.localdate(now) - WAITS_FOR_RENEWAL
    waiting = Q(state=State.RENEWING, valid_until__lt=late, renewal_since__lt=late)
    return _over(now).filter(waiting | Q(state=State.VALID, renewal_since=None))


@moves.by_the_factory(
    State.VALID, State.RENEWING, to=State.EXPIRED, due=to_run_out, tells=[warns(owners)]
)
def run_out(credential, *, by):
    """Its last day has passed and nobody said that it is renewed."""


take_back.also({make_way: itself})


@facts_of(Credential, "organisation")
def about_credential(credential, person):
    """What notices about a credential may say."""
    members = credential.organisation.memberships.confirmed()
    belongs = SimpleLazyObject(lambda: members.filter(person=person).exists())
    return {
        "mine": SimpleLazyObject(lambda: credential.organisation if belongs else None),
        "knows": lambda somebody: bool(belongs) or somebody.is_staff,
        "deadlines": SimpleLazyObject(lambda: [_holds_until(credential)]),
    }


def _holds_until(credential):
    words = _("%(proof)s of %(name)s holds until this day")
    words %= {"proof": credential, "name": credential.organisation.name}
    return Deadline("valid", words, credential.valid_until, ("remind_owners",))


say(
    {
        "credential.claim": (_("Send in"), _("Sent in; a coordinator looks at it")),
        "credential.correct": (_("Change and send in again"), _("Sent in again")),
        "credential.vouch": (_("Seen, it counts"), _("Checked")),
        "credential.refuse": (_("Not taken over"), _("Not taken over, and said why")),
        "credential.take_back": (_("Take back"), _("Taken back")),
        "credential.revoke": (_("Count it no more"), _("Counted no more")),
        "credential.withdraw": (_("Withdraw"), _("Withdrawn")),
        "credential.say_renewing": (_("Renewal is under way"), _("Renewal under way")),
        "credential.renew": (_("Renewal is under way"), _("Renewal under way")),
        "credential.give_up": (_("We do not have it any more"), _("Ended")),
        "credential.remind": (_("Remind"), _("Reminder sent")),
        "credential.make_way": (_("Make way"), _("Followed by the next period")),
        "credential.await_renewal": (_("Await the renewal"), _("Days over; renewal under way")),
        "credential.run_out": (_("Run out"), _("Expired")),
    }
)
