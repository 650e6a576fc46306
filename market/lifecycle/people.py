"""Who hears of what on the market. The names are part of the notices' templates."""

from partners.models import Membership, Person, coordinators_of


def deciders(organisation_id):
    """The owners and editors of an organisation."""
    return Person.objects.filter(
        memberships__organisation=organisation_id,
        memberships__role__in=[Membership.Role.OWNER, Membership.Role.EDITOR],
        memberships__confirmed_at__isnull=False,
    ).order_by("pk")


def owners_of(organisation_id):
    """Its owners; its editors too if it has no owner."""
    people = deciders(organisation_id)
    owners = people.filter(memberships__role=Membership.Role.OWNER)
    return owners if owners.exists() else people


def contact_or_owners(listing):
    """The listing's contact person while they decide there, else the owners."""
    contact = deciders(listing.organisation_id).filter(pk=listing.contact_id)
    return contact if contact.exists() else owners_of(listing.organisation_id)


def posters(listing):
    """Those whose listing it is."""
    return contact_or_owners(listing)


def only_writes(listing):
    """Whether the contact person writes drafts of their own there, and no more."""
    rows = Membership.objects.filter(
        organisation=listing.organisation_id, role=Membership.Role.WRITER
    )
    return rows.filter(person=listing.contact_id).exists()


def those_who_publish(listing):
    """Those who put a colleague's draft on the market."""
    return owners_of(listing.organisation_id) if listing.waits_for_a_colleague else []


def coordinators_where_nobody_publishes(listing):
    """The coordinators, when a draft waits and nobody at the organisation may put it on the market."""
    alone = listing.waits_for_a_colleague and not owners_of(listing.organisation_id).exists()
    return coordinators(listing) if alone else []


def buyers(match):
    """The buyer's side."""
    return contact_or_owners(match.need)


def suppliers(match):
    """The supplier's side."""
    return contact_or_owners(match.offer) if match.offer else owners_of(match.organisation_id)


def both_sides(match):
    """Everybody at the table."""
    return [*buyers(match), *suppliers(match)]


def buyers_to_ask(match):
    """The buyer's side, if it wants to be asked first."""
    return [] if match.buyer_agreed_at else buyers(match)


def buyers_who_agreed(match):
    """The buyer's side, if it agreed when posting."""
    return buyers(match) if match.buyer_agreed_at else []


def those_who_have_not_said_yes(match):
    """The sides that still must answer."""
    waiting = [] if match.supplier_agreed_at else [*suppliers(match)]
    return waiting if match.buyer_agreed_at else [*waiting, *buyers(match)]


def those_who_have_not_confirmed(match):
    """The side whose amount is still awaited, once the other has noted one."""
    if match.state in (match.State.COMPLETED, match.State.DISPUTED):
        return []
    if match.buyer_cents is None:
        return buyers(match)
    return suppliers(match) if match.supplier_cents is None else []


def those_asked_if_right(match):
    """The side that has not said yet whether what the other noted is what they agreed."""
    sides = {"buyer": buyers, "supplier": suppliers}
    return sides[match.agreed_waits_for](match) if match.agreed_waits_for else []


def those_who_did_not_correct(match):
    """The side that has not noted the amount which the other says is the right one."""
    theirs, ours = match.buyer_corrects_cents, match.supplier_corrects_cents
    waiting = [*suppliers(match)] if theirs and theirs != ours else []
    return [*waiting, *buyers(match)] if ours and theirs != ours else waiting


def suppliers_who_were_asked(match):
    """The supplier's side, if the match was ever put to it."""
    return suppliers(match) if match.lapse_at else []


def coordinators(thing):
    """Who answers today for the province of the need."""
    return coordinators_of([getattr(thing, "need", thing).province_id])
