"""The move by which a need or an offer takes over the themes that its words tell of."""

from django.utils.translation import gettext_lazy as _

from factory.moves import STAYS
from factory.texts import say
from market.lifecycle.listing import State, moves
from market.posting import ListingProposals
from market.rules import posts_for_it
from partners.proposing import take


@moves.add(
    State.DRAFT, State.LIVE, State.EXPIRED, to=STAYS, may=posts_for_it, form=ListingProposals
)
def take_words(listing, *, by, taken, offered):
    """The themes that were heard in the text are taken over in one press."""
    return take(listing, taken, offered)


say({"listing.take_words": (_("Take these over"), _("Taken over"))})
