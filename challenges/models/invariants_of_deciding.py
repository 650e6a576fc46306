"""What PostgreSQL holds of the jury's proposal and of the decision, whoever writes to it."""

import pgtrigger

from challenges.models.invariants import REFUSED

DECIDED = "('decided', 'notified', 'awarded', 'running', 'finished')"


def _while_the_jury_writes(name):
    """What the jury laid down changes only while it deliberates."""
    return pgtrigger.Trigger(
        name="stands_from_the_proposal_on",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found", "text"), ("about", "bigint")],
        func=f"""about := CASE WHEN TG_OP = 'DELETE' THEN OLD.challenge_id ELSE NEW.challenge_id END;
            SELECT c.state INTO found FROM challenges_challenge c WHERE c.id = about FOR KEY SHARE;
            IF found NOT IN ('consensus', 'pitching')
                THEN {REFUSED.format(name)} END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;""",
    )


FINDING_STANDS = _while_the_jury_writes("finding_stands_from_the_proposal_on")
PROPOSAL_STANDS = _while_the_jury_writes("proposal_stands_from_the_proposal_on")

# A decision is never rewritten: it is checked once, and it ends.
DECISION_STANDS = pgtrigger.Trigger(
    name="stands_as_it_was_noted",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""IF TG_OP = 'DELETE'
            OR (NEW.challenge_id, NEW.kind, NEW.noted_by_id, NEW.decided_by, NEW.number, NEW.decided_date,
                NEW.cents, NEW.paper_id) IS DISTINCT FROM
               (OLD.challenge_id, OLD.kind, OLD.noted_by_id, OLD.decided_by, OLD.number, OLD.decided_date,
                OLD.cents, OLD.paper_id)
            OR (OLD.checked_at IS NOT NULL AND NEW.checked_at IS DISTINCT FROM OLD.checked_at)
            OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
        THEN {REFUSED.format("decision_stands_as_it_was_noted")} END IF;
        RETURN NEW;""",
)

# Whatever is decided stands on a decision that was made under a mandate for as much, and that was checked
# if it is on paper. The award's own trigger touches the challenge, so every award comes by here.
DECIDED_UNDER_A_MANDATE = pgtrigger.Trigger(
    name="decided_under_a_mandate",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Update,
    declare=[("now_in", "text"), ("upto", "bigint"), ("total", "bigint")],
    func=f"""SELECT c.state INTO now_in FROM challenges_challenge c WHERE c.id = NEW.id;
        SELECT COALESCE(sum(a.cents), 0) INTO total FROM challenges_award a
            WHERE a.challenge_id = NEW.id AND a.state IN ('decided', 'final');
        IF now_in NOT IN {DECIDED} AND total = 0 THEN RETURN NULL; END IF;
        SELECT d.cents INTO upto FROM challenges_decision d WHERE d.challenge_id = NEW.id
            AND d.ended_at IS NULL AND (d.kind <> 'paper' OR d.checked_at IS NOT NULL);
        IF upto IS NULL OR upto < total
            THEN {REFUSED.format("challenge_decided_under_a_mandate")} END IF;
        RETURN NULL;""",
)

# Nobody is decided on without a reason that can be told.
EVERY_ENTRY_HAS_A_REASON = pgtrigger.Trigger(
    name="every_entry_has_a_reason",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF NOT EXISTS (SELECT 1 FROM challenges_challenge c WHERE c.id = NEW.id
            AND c.state IN ('decided', 'notified')) THEN RETURN NULL; END IF;
        IF EXISTS (SELECT 1 FROM challenges_entry e
            LEFT JOIN challenges_finding f ON f.entry_id = e.id
            WHERE e.challenge_id = NEW.id
            AND e.state IN ('admitted', 'shortlisted', 'awarded', 'reserve', 'not_awarded')
            AND (f.id IS NULL OR f.strong = '' OR f.weak = '' OR f.reason = ''))
        THEN {REFUSED.format("challenge_every_entry_has_a_reason")} END IF;
        RETURN NULL;""",
)

# The lowest marks were public before anybody entered. What the jury agreed on counts, else the average of its
# locked marks; a criterion without marks holds nobody back, and what was given at a pitch counts for finalists.
NOT_BELOW_A_MINIMUM = pgtrigger.Trigger(
    name="not_below_a_minimum",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("entry_id"),
    func=f"""IF EXISTS (SELECT 1 FROM challenges_entry e
            JOIN challenges_criterion k ON k.challenge_id = e.challenge_id AND k.minimum IS NOT NULL
            WHERE e.id = NEW.entry_id AND (k.scored_at = 'text' OR e.state <> 'admitted') AND COALESCE(
                (SELECT c.points < k.minimum FROM challenges_consensus c
                    WHERE c.entry_id = e.id AND c.criterion_id = k.id),
                (SELECT sum(s.points) < k.minimum * count(*) FROM challenges_score s
                    JOIN challenges_assessment a ON a.id = s.assessment_id AND a.state = 'locked'
                    WHERE a.entry_id = e.id AND s.criterion_id = k.id), false))
        THEN {REFUSED.format("award_is_not_below_a_minimum")} END IF;
        RETURN NEW;""",
)

OF_A_CHALLENGE = [DECIDED_UNDER_A_MANDATE, EVERY_ENTRY_HAS_A_REASON]
