"""Who may, in the registry. Predicates are sentences about a person and an organisation."""

import rules
from django.utils.translation import gettext_lazy as _

from factory.texts import who
from partners.models import MailDomain, Membership


@rules.predicate
def is_somebody(person, thing):
    """Signed in."""
    return person.is_authenticated and person.is_active


@rules.predicate
def is_coordinator(person, thing):
    """A coordinator of the Factory."""
    return person.is_active and person.is_staff


def role_in(person, organisation):
    """The confirmed role of a person in an organisation (or its id), or an empty text."""
    if not person.is_authenticated:
        return ""
    if person.roles is not None:
        return person.roles.get(getattr(organisation, "pk", organisation), "")
    found = person.memberships.confirmed().filter(organisation=organisation).first()
    return found.role if found else ""


@rules.predicate
def is_owner(person, organisation):
    """An owner of the organisation."""
    return role_in(person, organisation) == Membership.Role.OWNER


@rules.predicate
def is_checked_owner(person, organisation):
    """An owner of an organisation whose own people may let others in."""
    return organisation.is_vouched_for and is_owner.test(person, organisation)


@rules.predicate
def is_owner_unless_suspended(person, organisation):
    """An owner, as long as the Factory did not suspend the organisation."""
    return organisation.state != organisation.State.SUSPENDED and is_owner.test(
        person, organisation
    )


@rules.predicate
def decides_for(person, organisation):
    """An owner or editor of the organisation."""
    return role_in(person, organisation) in {Membership.Role.OWNER, Membership.Role.EDITOR}


@rules.predicate
def shows_proof(person, credential):
    """An owner or editor of the organisation whose proof it is."""
    return decides_for.test(person, credential.organisation_id)


@rules.predicate
def has_not_renewed(person, credential):
    """Nobody said yet that they work on the next period, and none was checked."""
    if credential.is_endless or credential.renewal_since:
        return False
    return not credential.renewals.filter(state=credential.State.VALID).exists()


@rules.predicate
def is_outside(person, organisation):
    """Not in the organisation, and has not asked yet."""
    if person.roles is not None:
        return organisation.pk not in person.roles and organisation.pk not in person.asked
    return not person.memberships.filter(organisation=organisation).exists()


@rules.predicate
def belongs_to(person, organisation):
    """In the organisation, in whatever role."""
    return role_in(person, organisation) != ""


@rules.predicate
def is_not_inside(person, organisation):
    """Not let in; may have asked."""
    return role_in(person, organisation) == ""


@rules.predicate
def has_mail_there(person, organisation):
    """Has a verified address on one of its mail domains."""
    return MailDomain.objects.of(person).filter(organisation=organisation).exists()


@rules.predicate
def was_listed(person, organisation):
    """Its name was in the registry before anybody of it joined."""
    return organisation.listed_at is not None


who(
    {
        "is_somebody": _("anybody who is signed in"),
        "is_coordinator": _("a coordinator of the Factory"),
        "is_owner": _("an owner of the organisation"),
        "is_owner_unless_suspended": _("an owner of the organisation, unless it is suspended"),
        "is_checked_owner": _("an owner of the organisation, once we checked that it is theirs"),
        "decides_for": _("an owner or editor of the organisation"),
        "shows_proof": _("an owner or editor of the organisation"),
        "is_outside": _("somebody who is not in the organisation yet"),
        "belongs_to": _("somebody who belongs to the organisation"),
        "is_not_inside": _("somebody who is not in the organisation yet"),
        "has_mail_there": _("somebody with a verified address on its mail domain"),
    }
)
