"""What the page of a challenge says of the time after the award."""

from django.db.models import Q, Sum

from challenges.lifecycle.following import adoptions
from challenges.models import Adoption, Award, Contract
from challenges.models.states import ChallengeState
from challenges.rules import belongs_to_it, brings_it

LATER = (ChallengeState.AWARDED, ChallengeState.RUNNING, ChallengeState.FINISHED)


def after(challenge, person):
    """``{}`` before the award; else the promise, the contracts with what was paid, and what one can do."""
    if challenge.state not in LATER:
        return {}
    signed_in = person.is_authenticated
    promised = Adoption.objects.filter(challenge=challenge).first()
    if promised:
        promised.challenge = challenge
    return {
        "adoption": promised,
        "adoption_moves": adoptions.open_to(person, promised) if promised and signed_in else [],
        "follow_ups": promised.follow_ups.all() if promised else [],
        "contracts": contracts_of(challenge, person),
        "to_draw_up": to_draw_up(challenge) if signed_in and brings_it(person, challenge) else [],
        "has_file": signed_in and (person.is_staff or belongs_to_it(person, challenge)),
    }


def contracts_of(challenge, person):
    """Every signed contract with what was paid; those whose side one is on also while they are drawn up."""
    rows = Contract.objects.filter(challenge=challenge).select_related("organisation", "award")
    rows = rows.annotate(
        paid=Sum("milestones__cents", filter=Q(milestones__paid_date__isnull=False))
    ).order_by("pk")
    mine = (
        set(person.memberships.confirmed().values_list("organisation", flat=True))
        if (person.is_authenticated)
        else set()
    )
    for contract in rows:
        sides = {contract.organisation_id, challenge.organisation_id}
        reads = bool(sides & mine) or person.is_staff
        if reads or contract.state != Contract.State.DRAFT:
            yield {"contract": contract, "paid": contract.paid, "is_mine": reads}


def to_draw_up(challenge):
    """Awards that stand and have no contract."""
    made = Contract.objects.filter(challenge=challenge).exclude(state=Contract.State.ENDED)
    return (
        Award.objects.final()
        .filter(challenge=challenge)
        .exclude(pk__in=made.values("award"))
        .select_related("entry__organisation")
    )
