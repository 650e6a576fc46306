"""How a name that is only listed gets people: at once by a mail address, or by a claim that is checked."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.moves import STAYS, Missing
from factory.notices.telling import asks, warns
from factory.texts import say
from partners.domain_forms import MailDomainsForm, SourceForm
from partners.forms import ApplyForm
from partners.lifecycle.organisation import (
    State,
    coordinators,
    coordinators_without_an_owner,
    everybody_in_it,
    moves,
    owners,
    take_back,
)
from partners.models import KvkNumber, MailDomain, Membership
from partners.people_forms import NewOwnerForm, NumbersForm
from partners.rules import (
    has_mail_there,
    is_coordinator,
    is_outside,
    is_somebody,
)

Role = Membership.Role


@moves.begin(to=State.LISTED, may=is_coordinator, form=ApplyForm)
def enter(organisation, *, by, **facts):
    """A coordinator lists an organisation of which nobody has joined yet."""
    organisation.created_at = organisation.listed_at = clock.now()
    organisation.fill(**facts)


@enter.then
def it_works_where_it_says(organisation, event, **facts):
    organisation.relate(**facts)


@moves.add(
    State.LISTED,
    State.ACTIVE,
    to=State.ACTIVE,
    may=is_somebody & is_outside & has_mail_there,
    tells=[warns(owners), asks(coordinators_without_an_owner)],
)
def join(organisation, *, by):
    """Somebody with a verified address on its mail domain joins, and writes drafts from now on."""
    if not organisation.active_since:
        organisation.gets_people()
        organisation.created_at = clock.now()
    organisation.active_since = organisation.active_since or timezone.localdate(clock.now())


@join.then
def the_newcomer_writes_drafts(organisation, event, **details):
    Membership.objects.create(
        organisation=organisation,
        person=event.actor,
        role=Role.WRITER,
        asked_at=event.at,
        confirmed_at=event.at,
    )


def reached_by_mail(organisation):
    """Reasons why a claim is not the way in: its people join by their mail address."""
    domains = (
        organisation.mail_domains.checked().order_by("domain").values_list("domain", flat=True)
    )
    if domains:
        yield _(
            "People of this organisation join at once with a verified address at %(domains)s. "
            "Do you work there and have another address? Call your coordinator."
        ) % {"domains": ", ".join(domains)}


@moves.add(
    State.LISTED, to=State.IN_CHECK, may=is_somebody & is_outside, tells=[asks(coordinators)]
)
def claim(organisation, *, by):
    """Somebody says that they answer for it; a coordinator checks that.

    Whoever calls needs no mail address of theirs: the coordinator who notes it lets them in.
    """
    if not by.stood_in_by and (reasons := list(reached_by_mail(organisation))):
        raise Missing(reasons)
    organisation.gets_people()
    organisation.created_at = clock.now()


@claim.then
def the_claimant_owns_it(organisation, event, **details):
    Membership.objects.create(
        organisation=organisation, person=event.whose, role=Role.OWNER, confirmed_at=event.at
    )


@moves.add(State.LISTED, State.ACTIVE, to=STAYS, may=is_coordinator, form=MailDomainsForm)
def set_domains(organisation, *, by, domains, source, shared=()):
    """A coordinator says on which mail domains its people have their addresses, and where that stands.

    Whose are ``shared`` let the people of several organisations in: each to the one that they choose.
    """
    now = set(organisation.mail_domains.current().values_list("domain", flat=True))
    organisation.mail_domains.current().exclude(domain__in=domains).update(until=clock.today())
    MailDomain.objects.bulk_create(
        MailDomain(organisation=organisation, domain=domain, shared=domain in shared)
        for domain in sorted(set(domains) - now)
    )
    kept = organisation.mail_domains.current()
    kept.exclude(domain__in=shared).filter(shared=True).update(shared=False)
    kept.filter(domain__in=shared, shared=False).update(shared=True)
    _were_seen(organisation, by, source)
    return {"domains": len(domains)}


def nothing_to_check(organisation):
    """Reasons why there is no mail domain to look at."""
    if not organisation.mail_domains.current().filter(checked_on=None).exists():
        yield _("There is no mail domain that nobody checked.")


@moves.add(
    State.LISTED,
    State.ACTIVE,
    to=STAYS,
    may=is_coordinator,
    unless=nothing_to_check,
    form=SourceForm,
)
def check_domains(organisation, *, by, source):
    """A coordinator saw that the mail domains we knew are theirs; from now on they let people in."""
    return {"domains": _were_seen(organisation, by, source)}


def _were_seen(organisation, by, source):
    unseen = organisation.mail_domains.current().filter(checked_on=None)
    return unseen.update(checked_on=clock.today(), checked_by=by, source=source)


@moves.add(
    State.LISTED,
    State.APPLIED,
    State.IN_CHECK,
    State.ACTIVE,
    to=STAYS,
    may=is_coordinator,
    form=NumbersForm,
)
def set_numbers(organisation, *, by, numbers):
    """A coordinator says under which other KvK numbers it stands in the register."""
    organisation.kvk_numbers.filter(is_main=False).delete()
    KvkNumber.objects.bulk_create(
        KvkNumber(organisation=organisation, number=number) for number in numbers
    )
    return {"numbers": len(numbers)}


@moves.add(
    State.APPLIED,
    State.IN_CHECK,
    State.ACTIVE,
    State.SUSPENDED,
    to=STAYS,
    may=is_coordinator,
    form=NewOwnerForm,
    tells=[warns(owners)],
)
def name_owner(organisation, *, by, membership, reason, instead_of=None):
    """A coordinator says who answers for it from now on, and why."""
    membership.role, membership.confirmed_at = Role.OWNER, membership.confirmed_at or clock.now()
    membership.save()
    if instead_of and reason == NewOwnerForm.Reason.LEFT:
        instead_of.delete()
    elif instead_of:
        instead_of.role = Role.EDITOR
        instead_of.save()
    return {"membership": membership.pk, "reason": str(reason)}


take_back.also({name_owner: everybody_in_it})


say(
    {
        "organisation.enter": (_("List it"), _("Listed")),
        "organisation.join": (_("Join"), _("Joined: you write drafts from now on")),
        "organisation.claim": (_("Claim it"), _("Claimed: a coordinator checks it")),
        "organisation.set_domains": (_("Set the mail domains"), _("Mail domains set")),
        "organisation.check_domains": (_("The mail domains are right"), _("Mail domains checked")),
        "organisation.set_numbers": (_("Set the other KvK numbers"), _("KvK numbers set")),
        "organisation.name_owner": (_("Name an owner"), _("Owner named")),
    }
)
