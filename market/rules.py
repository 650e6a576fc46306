"""Who may, on the market."""

import rules
from django.utils.translation import gettext_lazy as _

from factory.texts import who
from market.models import Listing, Recommendation
from partners.models import Membership
from partners.rules import role_in

DRAFT = Listing.State.DRAFT
DECIDES = {Membership.Role.OWNER, Membership.Role.EDITOR}


@rules.predicate
def posts_for_it(person, listing):
    """An owner or editor of the organisation whose listing it is."""
    return role_in(person, listing.organisation_id) in DECIDES


@rules.predicate
def writes_it(person, listing):
    """Decides for the organisation, or writes drafts there and this is a draft of their own."""
    role = role_in(person, listing.organisation_id)
    own = listing.pk is None or (listing.contact_id == person.pk and listing.state == DRAFT)
    return role in DECIDES or (role == Membership.Role.WRITER and own)


@rules.predicate
def is_on_a_side(person, match):
    """Decides for the buyer or for the supplier."""
    return bool(match.side_of(person))


@rules.predicate
def has_not_said_yes(person, match):
    """Their side has not agreed yet."""
    side = match.side_of(person)
    return bool(side) and getattr(match, f"{side}_agreed_at") is None


@rules.predicate
def reads_it(person, listing):
    """Anybody but those whose listing it is."""
    return role_in(person, listing.organisation_id) == "" if person.is_authenticated else True


@rules.predicate
def buys(person, match):
    """Decides for the buyer."""
    return match.side_of(person) == "buyer"


def said(match):
    """The buyer's sentence about the supplier, or None."""
    return Recommendation.objects.filter(match=match).first()


@rules.predicate
def can_recommend(person, match):
    """Nothing was said yet, or it was withdrawn; what a coordinator took down is not said again."""
    sentence = said(match)
    return sentence is None or bool(sentence.withdrawn_at and not sentence.taken_down_because)


@rules.predicate
def has_recommended(person, match):
    """The buyer's sentence is shown now."""
    sentence = said(match)
    return sentence is not None and sentence.is_shown


@rules.predicate
def was_taken_down(person, match):
    """A coordinator took the buyer's sentence down."""
    sentence = said(match)
    return sentence is not None and bool(sentence.taken_down_because)


who(
    {
        "posts_for_it": _("an owner or editor of the organisation that posted it"),
        "writes_it": _(
            "an owner or editor of the organisation that posted it, or who writes it as a draft"
        ),
        "buys": _("an owner or editor of the buyer"),
        "is_on_a_side": _("an owner or editor of the buyer or the supplier"),
        "has_not_said_yes": _("the side that has not answered yet"),
        "reads_it": _("somebody of another organisation"),
    }
)
