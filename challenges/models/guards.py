"""What PostgreSQL holds of how a challenge is set up, whoever writes to it."""

import pgtrigger

from challenges.models.conditions import CALENDAR
from challenges.models.invariants import REFUSED

DRAWN_UP = "'draft', 'submitted', 'more', 'shaping'"
RECTIFYING = """EXISTS (SELECT 1 FROM challenges_rectification r WHERE r.challenge_id = about
            AND r.is_material AND r.xact = txid_current())"""


def kept_for_ever(*but):
    """A row that stands as it was written; ``but`` whom it names, who may become one with somebody else."""
    return [
        pgtrigger.ReadOnly(name="stands_as_written", exclude=list(but)),
        pgtrigger.Protect(name="kept_for_ever", operation=pgtrigger.Delete),
    ]


CO_OWNER_MERGES = """TG_OP = 'UPDATE' AND NEW.cents = OLD.cents AND NEW.leads = OLD.leads
            AND NEW.approved_date IS NOT DISTINCT FROM OLD.approved_date"""


def frozen(words, also="false"):
    """Rows of a challenge that stand from its approval on, but for ``also``."""
    return pgtrigger.Trigger(
        name="frozen_from_the_approval_on",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found", "text"), ("about", "bigint")],
        func=f"""about := CASE WHEN TG_OP = 'DELETE' THEN OLD.challenge_id ELSE NEW.challenge_id END;
        SELECT c.state INTO found FROM challenges_challenge c WHERE c.id = about FOR KEY SHARE;
        IF found NOT IN ({DRAWN_UP}) AND NOT ({also}) THEN {REFUSED.format(words)} END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;""",
    )


# The criteria stand from the approval on; once public, a rectification that gives entrants more time may change
# them.
CRITERIA_ARE_FROZEN = frozen(
    "criterion_is_frozen_from_the_approval_on", f"found IN ('open', 'paused') AND {RECTIFYING}"
)
CRITERIA_STILL_SUM_TO_100 = pgtrigger.Trigger(
    name="sum_to_100_once_approved",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("about", "bigint")],
    func=f"""about := CASE WHEN TG_OP = 'DELETE' THEN OLD.challenge_id ELSE NEW.challenge_id END;
        IF EXISTS (SELECT 1 FROM challenges_challenge c WHERE c.id = about AND c.state NOT IN ({DRAWN_UP}))
        AND (SELECT sum(weight) FROM challenges_criterion WHERE challenge_id = about) IS DISTINCT FROM 100
        THEN {REFUSED.format("challenge_criteria_sum_to_100")} END IF; RETURN NULL;""",
)

# Whoever could not enter before, or could and cannot now, gets more time.
MATERIAL_CHANGES_GIVE_TIME = pgtrigger.Trigger(
    name="material_changes_give_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""IF OLD.published_at IS NOT NULL
        AND (OLD.who_may_enter IS DISTINCT FROM NEW.who_may_enter OR OLD.bounds IS DISTINCT FROM NEW.bounds)
        AND NEW.deadline_at <= OLD.deadline_at
        THEN {REFUSED.format("challenge_material_change_gives_time")} END IF; RETURN NEW;""",
)
DEADLINE_ONLY_LATER = pgtrigger.Trigger(
    name="deadline_only_later",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("deadline_at"),
    func=f"""IF OLD.published_at IS NOT NULL AND NEW.deadline_at IS DISTINCT FROM OLD.deadline_at
        AND (NEW.deadline_at IS NULL OR NEW.deadline_at < OLD.deadline_at
             OR OLD.state NOT IN ('open', 'paused'))
        THEN {REFUSED.format("challenge_deadline_only_gets_later")} END IF; RETURN NEW;""",
)

# Published means: with the rules of law of that day beside it.
RULES_ARE_KEPT = pgtrigger.Trigger(
    name="rules_are_kept",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.UpdateOf("published_at"),
    func=f"""IF NEW.published_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM challenges_ruleset r WHERE r.challenge_id = NEW.id)
        THEN {REFUSED.format("challenge_keeps_its_rules")} END IF; RETURN NULL;""",
)

# A shared envelope is what was approved, and nothing else; the share of whose challenge it is needs no approval of
# its own, as the challenge itself is approved.
SHARED = "SELECT 1 FROM challenges_coowner o WHERE o.challenge_id = NEW.id"
ENVELOPE_IS_WHAT_WAS_PLEDGED = pgtrigger.Trigger(
    name="envelope_is_what_was_pledged",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__published_at__isnull=True),
    func=f"""IF EXISTS ({SHARED}) THEN
            NEW.envelope_cents := (SELECT sum(cents) FROM challenges_coowner o
                WHERE o.challenge_id = NEW.id AND (o.leads OR o.approved_date IS NOT NULL));
        END IF;
        RETURN NEW;""",
)
ALL_PLEDGES_ARE_APPROVED = pgtrigger.Trigger(
    name="all_pledges_are_approved",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF NEW.state = 'approved' AND OLD.state = 'shaping'
        AND EXISTS ({SHARED} AND NOT o.leads AND o.approved_date IS NULL)
        THEN {REFUSED.format("challenge_all_pledges_are_approved")} END IF; RETURN NEW;""",
)
KEEPS_THE_ENVELOPE = pgtrigger.Trigger(
    name="keeps_the_envelope",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""UPDATE challenges_challenge SET committed_cents = 0
            WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.challenge_id ELSE NEW.challenge_id END;
        RETURN NULL;""",
)

# No step of the ledger without the one before it: reserved up to what was pledged, awarded up to what was
# reserved, paid up to what was awarded. The challenge's row is locked, so two at once wait for each other.
LEDGER_IN_ORDER = pgtrigger.Trigger(
    name="ledger_in_order",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[(step, "bigint") for step in ("pledged", "reserved", "awarded", "paid")],
    func=f"""PERFORM 1 FROM challenges_challenge c WHERE c.id = NEW.challenge_id FOR NO KEY UPDATE;
        SELECT COALESCE(sum(cents) FILTER (WHERE kind = 'pledged'), 0),
            COALESCE(sum(cents) FILTER (WHERE kind = 'reserved'), 0),
            COALESCE(sum(cents) FILTER (WHERE kind = 'awarded'), 0),
            COALESCE(sum(cents) FILTER (WHERE kind = 'paid'), 0) INTO pledged, reserved, awarded, paid
        FROM (SELECT kind, cents FROM challenges_ledgerline WHERE challenge_id = NEW.challenge_id
            UNION ALL SELECT NEW.kind, NEW.cents) lines;
        IF paid < 0 OR paid > awarded OR awarded > reserved OR reserved > pledged
            THEN {REFUSED.format("ledger_never_more_than_there_is")} END IF;
        RETURN NEW;""",
)

# A day after the deadline that is in a rectification was still to come, and is now what it says. To the minute.
LATER_DAYS = ", ".join(f"'{name}'" for name in CALENDAR[CALENDAR.index("deadline_at") + 1 :])
DAYS_ARE_AS_SAID = f"""NOT EXISTS (SELECT 1 FROM jsonb_array_elements(NEW.changes) one, challenges_challenge d
            WHERE d.id = NEW.challenge_id AND one ->> 'name' IN ({LATER_DAYS})
            AND ((one ->> 'old')::timestamptz < date_trunc('minute', NEW.at)
                OR date_trunc('minute', (to_jsonb(d) ->> (one ->> 'name'))::timestamptz)
                    IS DISTINCT FROM (one ->> 'new')::timestamptz))"""

# What a rectification says of the deadline is so, and it is the version that it says.
RECTIFICATION_IS_TRUE = pgtrigger.Trigger(
    name="rectification_is_true",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert,
    func=f"""IF NOT EXISTS (SELECT 1 FROM challenges_challenge c WHERE c.id = NEW.challenge_id
            AND c.version >= NEW.version AND c.deadline_at >= NEW.new_deadline_at)
            OR NEW.xact <> txid_current() OR NOT ({DAYS_ARE_AS_SAID})
        THEN {REFUSED.format("rectification_is_true")} END IF; RETURN NULL;""",
)
