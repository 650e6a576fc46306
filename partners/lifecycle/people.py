"""Who belongs to an organisation: invited, in a role, with a mandate, away, handed over, gone.

Each is a move of the organisation: its row is locked, so of two at once the second sees the first.
"""

from django.conf import settings
from django.template import loader
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.moves import STAYS, Missing
from factory.notices.outbox import post
from factory.notices.telling import informs, warns
from factory.texts import say
from partners.lifecycle.organisation import State, everybody_in_it, moves, owners, take_back
from partners.models import Invitation, Membership
from partners.people_forms import (
    AwayForm,
    ColleagueForm,
    HandOverForm,
    InvitationForm,
    InviteForm,
    RoleForm,
    TakeUpForm,
)
from partners.rules import (
    belongs_to,
    is_checked_owner,
    is_coordinator,
    is_not_inside,
    is_owner,
    is_somebody,
)

Role = Membership.Role
STANDING = (State.APPLIED, State.IN_CHECK, State.ACTIVE, State.SUSPENDED)


def keeps_an_owner(organisation):
    """The database has the last word; this one says it in words and before anything is written."""
    if not organisation.memberships.owners().exists():
        raise Missing(
            [_("Somebody must answer for the organisation. Make a colleague owner first.")]
        )


def the_colleague(organisation):
    """The one whom the move is about."""
    return [organisation.colleague]


@moves.add(*STANDING, to=STAYS, may=is_checked_owner | is_coordinator, form=InviteForm)
def invite(organisation, *, by, email, role):
    """An owner asks somebody by mail to work for the organisation here."""
    old = organisation.invitations.filter(email=email, accepted_at=None, withdrawn_at=None)
    old.update(withdrawn_at=clock.now())
    invitation, key = Invitation.to(organisation, email, role, by)
    invitation.save()
    mail_to_the_invited(invitation, key)
    return {"invitation": invitation.pk, "role": str(role)}


def mail_to_the_invited(invitation, key):
    """The one mail that holds the key; its text is wiped once the mail server has it."""
    by = invitation.invited_by
    with translation.override(by.language):
        address = settings.SITE_URL + reverse("partners:invitation", args=[key])
        words = {"invitation": invitation, "organisation": invitation.organisation, "by": by}
        text = loader.render_to_string("partners/invitation_mail.txt", words | {"url": address})
        subject, _space, text = text.strip().partition("\n")
        post(invitation.email, subject.strip(), text.strip())


@moves.add(State.LISTED, *STANDING, to=STAYS, may=is_owner | is_coordinator, form=InvitationForm)
def withdraw_invitation(organisation, *, by, invitation):
    """An owner takes an invitation back; its link no longer works."""
    invitation.refresh_from_db()
    if not invitation.is_open:
        raise Missing([_("This invitation was used or withdrawn already.")])
    invitation.withdrawn_at = clock.now()
    invitation.save()
    return {"invitation": invitation.pk}


@moves.add(
    *STANDING,
    to=STAYS,
    may=is_somebody & is_not_inside,
    form=TakeUpForm,
    tells=[warns(owners)],
)
def take_up(organisation, *, by, invitation):
    """Somebody takes up their invitation; it works once, and not where only a coordinator lets people in."""
    if not organisation.invitations.that_count().filter(pk=invitation.pk).exists():
        raise Missing([_("This invitation was used or withdrawn already.")])
    facts = {"role": invitation.role, "confirmed_at": clock.now()}
    mine, _new = organisation.memberships.update_or_create(person=by, defaults=facts)
    invitation.accepted_at, invitation.accepted_by = clock.now(), by
    invitation.save()
    return {"invitation": invitation.pk, "membership": mine.pk, "role": str(mine.role)}


@moves.add(
    *STANDING,
    to=STAYS,
    may=is_owner | is_coordinator,
    form=RoleForm,
    tells=[warns(the_colleague)],
)
def change_role(organisation, *, by, membership, role, cents=None, until=None):
    """An owner says what a colleague may do, and up to what amount."""
    membership.refresh_from_db()
    membership.role, membership.mandate_cents, membership.mandate_until = role, cents, until
    membership.save()
    keeps_an_owner(organisation)
    organisation.colleague = membership.person
    return {"membership": membership.pk, "role": str(role), "cents": cents}


@moves.add(*STANDING, to=STAYS, may=is_owner, form=HandOverForm, tells=[warns(the_colleague)])
def hand_over(organisation, *, by, membership):
    """An owner hands it over to a colleague, and stays as an editor."""
    mine = organisation.memberships.get(person=by)
    mine.role, membership.role = Role.EDITOR, Role.OWNER
    membership.save()
    mine.save()
    organisation.colleague = membership.person
    return {"membership": membership.pk}


@moves.add(
    *STANDING,
    to=STAYS,
    may=is_owner | is_coordinator,
    form=ColleagueForm,
    tells=[warns(the_colleague)],
)
def end_membership(organisation, *, by, membership):
    """An owner ends it for a colleague, or says no to somebody who asked to join."""
    membership.refresh_from_db()
    organisation.colleague, key = membership.person, membership.pk
    was_owner = membership.confirmed_at and membership.role == Role.OWNER
    membership.delete()
    if was_owner:
        keeps_an_owner(organisation)
    return {"membership": key}


take_back.also({change_role: everybody_in_it, end_membership: everybody_in_it})


@moves.add(*STANDING, to=STAYS, may=belongs_to, tells=[informs(owners)], final=True)
def step_out(organisation, *, by):
    """Somebody no longer works for it; what they posted stays the organisation's."""
    mine = organisation.memberships.get(person=by)
    key, was_owner = mine.pk, mine.role == Role.OWNER
    mine.delete()
    if was_owner:
        keeps_an_owner(organisation)
    return {"membership": key}


def the_replacement(organisation):
    """Who gets the mail meanwhile."""
    return [organisation.colleague] if organisation.colleague else []


@moves.add(*STANDING, to=STAYS, may=belongs_to, form=AwayForm, tells=[warns(the_replacement)])
def be_away(organisation, *, by, away_from, away_until, replacement=None):
    """Somebody is away, and says which colleague gets their mail meanwhile."""
    mine = organisation.memberships.get(person=by)
    mine.away_from, mine.away_until, mine.replacement = away_from, away_until, replacement
    mine.save()
    organisation.colleague = replacement.person if replacement else None
    return {"membership": mine.pk, "replacement": replacement.pk if replacement else None}


def noted_as_away(organisation):
    """Whoever has noted an absence that is not over."""
    return organisation.memberships.filter(away_until__gte=clock.today())


@moves.add(*STANDING, to=STAYS, may=belongs_to)
def be_back(organisation, *, by):
    """Somebody is back, and gets their own mail again."""
    noted_as_away(organisation).filter(person=by).update(
        away_from=None, away_until=None, replacement=None
    )


say(
    {
        "organisation.invite": (_("Invite a colleague"), _("Invited")),
        "organisation.withdraw_invitation": (
            _("Withdraw the invitation"),
            _("Invitation withdrawn"),
        ),
        "organisation.take_up": (_("Accept the invitation"), _("Invitation accepted")),
        "organisation.change_role": (_("Change role or mandate"), _("Role and mandate changed")),
        "organisation.hand_over": (_("Hand it over"), _("Handed over")),
        "organisation.end_membership": (_("End the membership"), _("Membership ended")),
        "organisation.step_out": (_("I no longer work here"), _("No longer works there")),
        "organisation.be_away": (_("I am away"), _("Absence noted")),
        "organisation.be_back": (_("I am back"), _("Back again")),
    }
)
