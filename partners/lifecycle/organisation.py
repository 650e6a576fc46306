"""How an organisation joins the registry, is checked, and leaves it."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.coordination.notes import keeps_notes
from factory.journal.models import Event
from factory.moves import STAYS, Missing, Moves, itself
from factory.notices.diary import Deadline
from factory.notices.facts import facts_of
from factory.notices.models import Notice
from factory.notices.telling import asks, informs, warns
from factory.texts import say
from partners.forms import AdmitForm, ApplyForm, OrganisationForm, PurchaseLimitForm, ReasonForm
from partners.models import Membership, Organisation, Person, PurchaseLimit, coordinators_of
from partners.models.checked import REMINDED_BEFORE
from partners.rules import decides_for, is_coordinator, is_outside, is_owner, is_somebody

State = Organisation.State

moves = Moves(Organisation)


def owners(organisation):
    """Those who answer for the organisation."""
    return Person.objects.filter(
        memberships__organisation=organisation,
        memberships__role=Membership.Role.OWNER,
        memberships__confirmed_at__isnull=False,
    )


def coordinators(organisation):
    """Who answers for its province today."""
    return coordinators_of([organisation.province_id])


def coordinators_without_an_owner(organisation):
    """The coordinators, where nobody answers for the organisation."""
    return [] if owners(organisation).exists() else coordinators(organisation)


def stays_listed(organisation):
    """Reasons why a listed name is given back, and does not go."""
    if organisation.listed_at and organisation.state != State.LISTED:
        yield _("This name was listed by us. Give it back: then it stays for whoever comes next.")


def a_public_body_stays(organisation):
    """Reasons why a municipality or province does not leave the registry."""
    return stays_listed(organisation) if organisation.is_public_body else ()


@moves.begin(to=State.APPLIED, may=is_somebody, tells=[asks(coordinators)], form=ApplyForm)
def apply(organisation, *, by, **facts):
    """Somebody brings their organisation."""
    organisation.created_at = clock.now()
    organisation.fill(**facts)


@apply.then
def the_applicant_owns_it(organisation, event, **facts):
    organisation.relate(**facts)
    Membership.objects.create(
        organisation=organisation,
        person=event.whose,
        role=Membership.Role.OWNER,
        confirmed_at=event.at,
    )


@moves.add(State.APPLIED, to=State.IN_CHECK, may=is_coordinator)
def check(organisation, *, by):
    """A coordinator starts looking."""


@moves.add(State.IN_CHECK, to=State.ACTIVE, may=is_coordinator, tells=[warns(owners)])
def activate(organisation, *, by):
    """A coordinator vouches for the organisation: it is public from now on."""
    organisation.active_since = organisation.active_since or timezone.localdate(clock.now())


@moves.add(
    State.IN_CHECK, to=State.APPLIED, may=is_coordinator, tells=[asks(owners)], form=ReasonForm
)
def ask_more(organisation, *, by, note):
    """A coordinator needs to know more first."""
    organisation.is_asked(note)


def nearly_due(now):
    """Those who were asked something, and whose time to answer is nearly over; once."""
    soon = timezone.localdate(now) + REMINDED_BEFORE
    waiting = Organisation.objects.filter(state=State.APPLIED, reminded_at=None)
    return waiting.exclude(question="").filter(asked_until__lte=soon).order_by("asked_until", "pk")


@moves.by_the_factory(State.APPLIED, to=STAYS, due=nearly_due, tells=[asks(owners)])
def remind_to_answer(organisation, *, by):
    """Our question still waits for an answer."""
    organisation.reminded_at = clock.now()


@moves.add(
    State.APPLIED,
    State.IN_CHECK,
    to=State.LEFT,
    may=is_coordinator,
    tells=[warns(owners)],
    form=ReasonForm,
    unless=stays_listed,
)
def turn_down(organisation, *, by, note):
    """A coordinator says no, and why."""
    organisation.question = note


@moves.add(
    State.ACTIVE, to=State.SUSPENDED, may=is_coordinator, tells=[warns(owners)], form=ReasonForm
)
def suspend(organisation, *, by, note):
    """A coordinator takes it out of sight for now."""
    organisation.question = note


@moves.add(State.SUSPENDED, to=State.ACTIVE, may=is_coordinator, tells=[informs(owners)])
def reinstate(organisation, *, by):
    """A coordinator brings it back."""


@moves.add(
    State.APPLIED,
    State.IN_CHECK,
    State.ACTIVE,
    to=STAYS,
    may=decides_for | is_coordinator,
    form=OrganisationForm,
)
def revise(organisation, *, by, **facts):
    """The organisation tells its story better; what a coordinator asked is answered by it."""
    answer = facts.pop("answer", "")
    if organisation.question and not by.is_staff:
        organisation.answered(answer)
        asked = Event.objects.about(organisation)
        for event in asked.filter(verb__in=[ask_more.verb, remind_to_answer.verb]):
            Notice.objects.no_longer(event)
    organisation.fill(**facts)
    organisation.relate(**facts)


@moves.add(
    State.ACTIVE,
    to=STAYS,
    may=is_somebody & is_outside,
    tells=[asks(owners, "admit"), asks(coordinators_without_an_owner)],
)
def ask_to_join(organisation, *, by):
    """A colleague wants to join; an owner decides."""
    Membership.objects.create(organisation=organisation, person=by, role=Membership.Role.EDITOR)


def newcomers(organisation):
    """Those whom an owner has just let in."""
    return [m.person for m in organisation.memberships.confirmed().order_by("-confirmed_at")[:1]]


@moves.add(
    State.ACTIVE, to=STAYS, may=is_owner | is_coordinator, form=AdmitForm, tells=[warns(newcomers)]
)
def admit(organisation, *, by, membership, role):
    """An owner lets a colleague in; of two owners at once the first one decides."""
    membership.refresh_from_db()
    if membership.confirmed_at:
        raise Missing([_("Somebody has already let this colleague in.")])
    membership.role, membership.confirmed_at = role, clock.now()
    membership.save()
    return {"membership": membership.pk, "role": str(role)}


def everybody_in_it(organisation):
    """Who belongs to it, and in what role."""
    return [organisation.memberships.all()]


def number_is_free(organisation):
    """Reasons why it cannot stand here again: somebody else took its number meanwhile."""
    others = Organisation.objects.standing().exclude(pk=organisation.pk)
    if organisation.kvk and others.filter(kvk=organisation.kvk).exists():
        yield _("Another organisation has this KvK number now.")


take_back = moves.take_back(
    may=is_coordinator,
    unless=number_is_free,
    undoes={
        **dict.fromkeys([activate, reinstate, ask_more, turn_down, suspend], itself),
        admit: everybody_in_it,
    },
)


@moves.add(
    State.ACTIVE,
    to=STAYS,
    may=is_owner | is_coordinator,
    form=PurchaseLimitForm,
)
def set_limit(organisation, *, by, cents, valid_from, policy_url, valid_to=None):
    """An owner says up to what amount the organisation may order one-to-one, and since when.

    A row whose day has come stays as it is, and the days it held: another one follows it.
    """
    if reason := PurchaseLimit.objects.cannot_begin(organisation, valid_from):
        raise Missing([reason])
    facts = {"cents": cents, "valid_to": valid_to, "policy_url": policy_url}
    PurchaseLimit.objects.update_or_create(
        organisation=organisation, valid_from=valid_from, defaults=facts
    )
    return {"cents": cents, "valid_from": str(valid_from)}


@moves.add(
    State.LISTED,
    State.APPLIED,
    State.IN_CHECK,
    State.ACTIVE,
    State.SUSPENDED,
    to=State.LEFT,
    may=is_owner | is_coordinator,
    unless=a_public_body_stays,
    final=True,
)
def leave(organisation, *, by):
    """The organisation leaves the registry, or takes its application back."""


note = keeps_notes(moves)


@facts_of(Organisation)
def about_organisation(organisation, person):
    """What notices about an organisation may say: whether it is the reader's own."""
    belongs = SimpleLazyObject(lambda: organisation.memberships.filter(person=person).exists())
    return {
        "mine": SimpleLazyObject(lambda: organisation if belongs else None),
        "knows": lambda somebody: bool(belongs),
        "deadlines": SimpleLazyObject(lambda: [_checked_by(organisation)]),
    }


def _checked_by(organisation):
    words = _("Check who answers for %(name)s") % {"name": organisation.name}
    return Deadline("check", words, organisation.answer_by, ("claim_coordinators",))


say(
    {
        "organisation.apply": (_("Send in"), _("Sent in")),
        "organisation.check": (_("Start the check"), _("Check started")),
        "organisation.activate": (_("Make it public"), _("Made public")),
        "organisation.ask_more": (_("Ask for more"), _("Asked for more")),
        "organisation.remind_to_answer": (_("Remind"), _("Reminded of our question")),
        "organisation.turn_down": (_("Turn down"), _("Turned down")),
        "organisation.suspend": (_("Suspend"), _("Suspended")),
        "organisation.reinstate": (_("Bring back"), _("Brought back")),
        "organisation.take_back": (_("Take back"), _("Taken back")),
        "organisation.revise": (_("Change the page"), _("Page changed")),
        "organisation.ask_to_join": (_("Ask to join"), _("Asked to join")),
        "organisation.admit": (_("Let in"), _("Let in")),
        "organisation.set_limit": (_("Set the purchase limit"), _("Purchase limit set")),
        "organisation.leave": (_("Leave the registry"), _("Left the registry")),
    }
)
