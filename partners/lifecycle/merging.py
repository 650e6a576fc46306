"""How two entries of one organisation become one."""

from django.utils.translation import gettext_lazy as _

from factory.contributions import gather
from factory.merging import repoint
from factory.moves import STAYS, Missing
from factory.notices.telling import informs
from factory.texts import say
from partners.forms import MergeForm
from partners.lifecycle.organisation import State, moves, owners
from partners.merging import LEAVE
from partners.models import Organisation
from partners.rules import is_coordinator


def why_not(gone, stays):
    """What stands in the way of making one of these two, from every app, in words."""
    return [reason for stops in gather("merge_stops") for reason in stops(gone, stays)]


@moves.add(
    State.LISTED,
    State.APPLIED,
    State.IN_CHECK,
    State.ACTIVE,
    State.LEFT,
    to=State.MERGED,
    may=is_coordinator,
    form=MergeForm,
    final=True,
)
def merge(organisation, *, by, into):
    """A coordinator sees that this is the same organisation as another, which stays."""
    before = Organisation.objects.get(pk=organisation.pk)  # with the state it still had
    if reasons := why_not(before, into):
        raise Missing(reasons)
    organisation.merged_into = into
    return {"into": into.pk}


@merge.then
def the_other_takes_it_in(organisation, event, into):
    take_in(into, on_behalf_of=event.actor, merged=organisation)


@moves.by_the_factory(
    State.LISTED,
    State.APPLIED,
    State.IN_CHECK,
    State.ACTIVE,
    State.SUSPENDED,
    to=STAYS,
    tells=[informs(owners)],
)
def take_in(organisation, *, by, merged):
    """What another entry of this organisation had is here from now on: members, listings, matches."""
    # Whoever is adding something to it right now finishes first; the next one is refused.
    Organisation.objects.select_for_update(of=("self",)).get(pk=merged.pk)
    for move in gather("merge_organisation"):
        move(merged, organisation)
    return {"merged": merged.pk, **repoint(merged, organisation, leave=LEAVE)}


say(
    {
        "organisation.merge": (_("Merge with another"), _("Merged with another")),
        "organisation.take_in": (_("Take in"), _("Took in another entry")),
    }
)
