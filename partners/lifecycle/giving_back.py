"""How a listed name loses its people again, with all that they brought: nothing of them is there for who comes next."""

from django.utils.translation import gettext_lazy as _

from factory.notices.telling import warns
from factory.texts import say
from partners.forms import ReasonForm
from partners.lifecycle import credential as credentials
from partners.lifecycle.organisation import State, moves
from partners.lifecycle.people import withdraw_invitation
from partners.rules import is_coordinator, is_owner_unless_suspended, was_listed


def former_members(organisation):
    """Those who belonged to it until just now."""
    return organisation.former_members


@moves.add(
    State.APPLIED,
    State.IN_CHECK,
    State.ACTIVE,
    State.SUSPENDED,
    to=State.LISTED,
    may=was_listed & (is_owner_unless_suspended | is_coordinator),
    form=ReasonForm,
    tells=[warns(former_members)],
    final=True,
)
def give_back(organisation, *, by, note):
    """Nobody belongs to it any more, and its name stays listed as it was for whoever comes next."""
    organisation.points_again = organisation.says_again()
    organisation.question, organisation.active_since = note, None
    members = organisation.memberships.select_related("person").order_by("pk")
    organisation.former_members = [member.person for member in members]


@give_back.then
def what_they_brought_goes(organisation, event, **details):
    """Nobody comes back by a link of before, and no word, picture or claim of theirs stays."""
    for invitation in organisation.invitations.open().order_by("pk"):
        withdraw_invitation(organisation, by=event.actor, invitation=invitation)
    unchecked = organisation.credentials.filter(state__in=credentials.UNCHECKED).order_by("pk")
    for credential in unchecked:
        credentials.withdraw(credential, by=event.actor)
    organisation.relate(**organisation.points_again)
    for picture in organisation.pictures.select_related("file").order_by("pk"):
        picture.take_away()


@give_back.then
def everybody_leaves(organisation, event, **details):
    organisation.memberships.all().delete()


say(
    {
        "organisation.give_back": (
            _("Leave; the name stays listed"),
            _("Listed again, without people"),
        ),
    }
)
