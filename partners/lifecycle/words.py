"""The move by which an organisation takes over what its own words tell of it."""

from django.utils.translation import gettext_lazy as _

from factory.moves import STAYS
from factory.texts import say
from partners.lifecycle.organisation import State, moves
from partners.proposing import OrganisationProposals, take
from partners.rules import decides_for, is_coordinator


@moves.add(
    State.APPLIED,
    State.IN_CHECK,
    State.ACTIVE,
    to=STAYS,
    may=decides_for | is_coordinator,
    form=OrganisationProposals,
)
def take_words(organisation, *, by, taken, offered):
    """The sectors, themes and goals that were heard in the text are taken over in one press."""
    return take(organisation, taken, offered)


say({"organisation.take_words": (_("Take these over"), _("Taken over"))})
