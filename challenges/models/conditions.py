"""What PostgreSQL checks of every row of a challenge."""

import itertools
import operator
from functools import reduce

from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce

from challenges.models.states import CHALLENGE, ChallengeState
from factory.fields import MOST_CENTS

S = ChallengeState
LAID_DOWN = [str(s) for s in (S.APPROVED, S.SCHEDULED, S.OPEN, S.PAUSED)]

MOST_HOURS = 80  # of coaching for one finalist
CALENDAR = (
    "publish_at", "questions_until", "answers_by", "deadline_at", "check_by", "scores_by", "shortlist_by",
    "coaching_from", "coaching_until", "pitch_at", "explored_by", "decision_by",
)  # fmt: skip


def in_order():
    """No moment of the calendar comes before an earlier one; those not set are skipped."""
    pairs = itertools.combinations(CALENDAR, 2)
    holds = (Q(**{a: None}) | Q(**{b: None}) | Q(**{f"{b}__gte": F(a)}) for a, b in pairs)
    return reduce(operator.and_, holds)


# What is for the teams that explore, together; nothing where nobody does.
FEES = Coalesce(
    ExpressionWrapper(F("explore_teams") * F("explore_cents"), models.BigIntegerField()), 0
)

CONDITIONS = [
    CHALLENGE.check(ChallengeState),
    models.CheckConstraint(
        condition=Q(envelope_cents=None) | Q(envelope_cents__gt=0, envelope_cents__lte=MOST_CENTS),
        name="challenge_envelope_in_range",
    ),
    models.CheckConstraint(
        condition=Q(committed_cents=0)
        | Q(
            envelope_cents__isnull=False,
            committed_cents__gt=0,
            committed_cents__lte=F("envelope_cents") - FEES,
        ),
        name="challenge_awards_within_the_envelope",
    ),
    models.CheckConstraint(
        condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")),
        name="challenge_approver_is_not_submitter",
    ),
    models.CheckConstraint(
        condition=~Q(state__in=LAID_DOWN)
        | Q(
            approved_by__isnull=False,
            approved_date__isnull=False,
            envelope_cents__isnull=False,
            instrument__isnull=False,
            deadline_at__isnull=False,
        )
        & ~Q(approver="")
        & ~Q(approval_number=""),
        name="challenge_approved_by_somebody_with_a_mandate",
    ),
    models.CheckConstraint(
        condition=~Q(state__in=LAID_DOWN)
        | Q(explores_only=True)
        | Q(adoption_due_date__isnull=False, deputy__isnull=False)
        & ~Q(budget_holder="")
        & ~Q(mandate="")
        & ~Q(adoption_by=""),
        name="challenge_has_a_route_to_adoption",
    ),
    models.CheckConstraint(
        condition=Q(deputy=None) | ~Q(deputy=F("owner")), name="challenge_deputy_is_another"
    ),
    models.CheckConstraint(
        condition=Q(asked_more__lte=3), name="challenge_asked_for_more_three_times"
    ),
    models.CheckConstraint(
        condition=Q(opened_by=None)
        | Q(asked_to_open_by__isnull=False) & ~Q(opened_by=F("asked_to_open_by")),
        name="challenge_opened_by_two",
    ),
    models.CheckConstraint(
        condition=~Q(
            state__in=[
                "declined",
                "redirected",
                "to_change",
                "unsuccessful",
                "withdrawn",
                "cancelled",
            ]
        )
        | ~Q(reason=""),
        name="challenge_ends_with_a_reason",
    ),
    models.CheckConstraint(condition=in_order(), name="challenge_calendar_in_order"),
    models.CheckConstraint(
        condition=Q(explore_teams=None, explore_cents=None, explore_scope="")
        | Q(explore_teams__gte=2, explore_teams__lte=3, explore_cents__gt=0) & ~Q(explore_scope=""),
        name="challenge_exploring_is_whole",
    ),
    models.CheckConstraint(
        condition=Q(explore_teams=None) | Q(envelope_cents=None) | Q(envelope_cents__gte=FEES),
        name="challenge_fees_within_the_envelope",
    ),
    models.CheckConstraint(
        condition=Q(coaching_hours=None) | Q(coaching_hours__gte=1, coaching_hours__lte=MOST_HOURS),
        name="challenge_coaching_hours_in_range",
    ),
    models.CheckConstraint(
        condition=~Q(state__in=LAID_DOWN)
        | Q(coaching_hours=None, coaching_from=None, coaching_until=None)
        | Q(
            coaching_hours__isnull=False,
            coaching_from__isnull=False,
            coaching_until__isnull=False,
        ),
        name="challenge_coaching_has_a_window",
    ),
    models.UniqueConstraint(
        fields=["id", "organisation"], name="challenge_belongs_to_organisation"
    ),
]
