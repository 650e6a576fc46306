"""Every trigger on the row of a challenge, in the order of what they are about."""

from challenges.models import (
    guards,
    invariants,
    invariants_of_coaching,
    invariants_of_deciding,
    invariants_of_exploring,
    invariants_of_letters,
)
from challenges.models.states import CHALLENGE
from partners.models.merging import points_at_nobody_merged

TRIGGERS = [
    *CHALLENGE.triggers(),
    points_at_nobody_merged(),
    invariants.CRITERIA_SUM_TO_100,
    invariants.FROZEN_ONCE_PUBLIC,
    invariants.COMMITTED_IS_THE_SUM,
    *invariants_of_deciding.OF_A_CHALLENGE,
    *invariants_of_letters.OF_A_CHALLENGE,
    *invariants_of_coaching.OF_A_CHALLENGE,
    *invariants_of_exploring.OF_A_CHALLENGE,
    guards.MATERIAL_CHANGES_GIVE_TIME,
    guards.DEADLINE_ONLY_LATER,
    guards.RULES_ARE_KEPT,
    guards.ENVELOPE_IS_WHAT_WAS_PLEDGED,
    guards.ALL_PLEDGES_ARE_APPROVED,
]
