"""What PostgreSQL holds of paid exploration: so many teams, the same fee for each, and results before a proposal."""

import pgtrigger

from challenges.models.invariants import REFUSED

# So many teams as was said at publication, or all finalists where there are fewer; what each found is told.
EXPLORED_BEFORE_THE_PROPOSAL = pgtrigger.Trigger(
    name="explored_before_the_proposal",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.UpdateOf("state"),
    declare=[("finalists", "bigint"), ("teams", "bigint")],
    func=f"""IF OLD.state <> 'pitching' OR NEW.state <> 'proposed' OR NEW.explore_teams IS NULL
            THEN RETURN NULL; END IF;
        SELECT count(*) INTO finalists FROM challenges_entry e
            WHERE e.challenge_id = NEW.id AND e.state = 'shortlisted';
        SELECT count(*) INTO teams FROM challenges_exploration x
            WHERE x.challenge_id = NEW.id AND x.result <> '';
        IF teams < least(finalists, NEW.explore_teams) OR EXISTS (SELECT 1 FROM challenges_exploration x
            WHERE x.challenge_id = NEW.id AND x.result = '')
            THEN {REFUSED.format("challenge_explored_before_the_proposal")} END IF;
        RETURN NULL;""",
)
OF_A_CHALLENGE = [EXPLORED_BEFORE_THE_PROPOSAL]

# The challenge's row is locked, so that two who name a team at once wait for each other.
FEE_IS_THE_SAME = pgtrigger.Trigger(
    name="fee_is_the_same",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("about", "challenges_challenge%ROWTYPE"), ("there", "bigint")],
    func=f"""IF TG_OP = 'UPDATE' THEN
            IF (NEW.challenge_id, NEW.entry_id, NEW.cents) IS DISTINCT FROM
                (OLD.challenge_id, OLD.entry_id, OLD.cents) OR OLD.result <> '' AND NEW.result <> OLD.result
                OR OLD.paid_date IS NOT NULL AND NEW.paid_date IS DISTINCT FROM OLD.paid_date
                THEN {REFUSED.format("exploration_stands_as_it_was_noted")} END IF;
            RETURN NEW;
        END IF;
        SELECT * INTO about FROM challenges_challenge c WHERE c.id = NEW.challenge_id FOR NO KEY UPDATE;
        SELECT count(*) INTO there FROM challenges_exploration x WHERE x.challenge_id = NEW.challenge_id;
        IF NEW.cents IS DISTINCT FROM about.explore_cents
            THEN {REFUSED.format("exploration_fee_is_the_same")} END IF;
        IF there >= about.explore_teams THEN {REFUSED.format("exploration_of_so_many_teams")} END IF;
        IF about.state <> 'pitching' OR NOT EXISTS (SELECT 1 FROM challenges_entry e
            WHERE e.id = NEW.entry_id AND e.challenge_id = NEW.challenge_id AND e.state = 'shortlisted')
            THEN {REFUSED.format("exploration_is_of_a_finalist")} END IF;
        RETURN NEW;""",
)

# The fee stands in the ledger as awarded from the day a team is named, and as paid once it is.
FEE_IS_IN_THE_LEDGER = pgtrigger.Trigger(
    name="fee_is_in_the_ledger",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("paid_date"),
    declare=[("given", "bigint"), ("paid", "bigint"), ("now_is", "challenges_exploration%ROWTYPE")],
    func=f"""SELECT * INTO now_is FROM challenges_exploration x WHERE x.id = NEW.id;
        SELECT COALESCE(sum(cents) FILTER (WHERE kind = 'awarded'), 0),
            COALESCE(sum(cents) FILTER (WHERE kind = 'paid'), 0) INTO given, paid
            FROM challenges_ledgerline l WHERE l.exploration_id = NEW.id;
        IF given <> now_is.cents
            OR paid <> (CASE WHEN now_is.paid_date IS NULL THEN 0 ELSE now_is.cents END)
            THEN {REFUSED.format("exploration_fee_is_in_the_ledger")} END IF;
        RETURN NULL;""",
)
