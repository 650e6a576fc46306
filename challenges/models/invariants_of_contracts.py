"""What PostgreSQL holds of contracts: within the award, in the ledger, and once signed as it was signed."""

import pgtrigger

from challenges.models.invariants import REFUSED

# What is paid in parts is never more than what was awarded.
WITHIN_THE_AWARD = pgtrigger.Trigger(
    name="within_the_award",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""PERFORM 1 FROM challenges_contract k WHERE k.id = NEW.contract_id FOR NO KEY UPDATE;
        IF (SELECT sum(m.cents) FROM challenges_milestone m WHERE m.contract_id = NEW.contract_id)
            > (SELECT a.cents FROM challenges_award a JOIN challenges_contract k ON k.award_id = a.id
                WHERE k.id = NEW.contract_id)
            THEN {REFUSED.format("milestone_within_the_award")} END IF; RETURN NULL;""",
)
# Nothing is agreed on about an award that does not stand, nor signed in a challenge that does not run.
OF_AN_AWARD_THAT_STANDS = pgtrigger.Trigger(
    name="of_an_award_that_stands",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "award_id"),
    func=f"""IF EXISTS (SELECT 1 FROM challenges_contract k JOIN challenges_award a ON a.id = k.award_id
            JOIN challenges_challenge c ON c.id = k.challenge_id WHERE k.id = NEW.id
            AND (k.state IN ('draft', 'signed') AND a.state <> 'final'
                OR k.state = 'draft' AND c.state NOT IN ('awarded', 'running')
                OR k.state = 'signed' AND c.state <> 'running'))
            THEN {REFUSED.format("contract_of_an_award_that_stands")} END IF; RETURN NULL;""",
)
# What was paid of a contract stands in the ledger, to the cent.
PAID_IS_IN_THE_LEDGER = pgtrigger.Trigger(
    name="paid_is_in_the_ledger",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("about", "bigint")],
    func=f"""SELECT k.award_id INTO about FROM challenges_contract k WHERE k.id = NEW.contract_id;
        IF (SELECT COALESCE(sum(m.cents), 0) FROM challenges_milestone m
                JOIN challenges_contract k ON k.id = m.contract_id
                WHERE k.award_id = about AND m.paid_date IS NOT NULL)
            <> (SELECT COALESCE(sum(l.cents), 0) FROM challenges_ledgerline l
                WHERE l.award_id = about AND l.kind = 'paid')
            THEN {REFUSED.format("milestone_paid_is_in_the_ledger")} END IF; RETURN NULL;""",
)

# What was signed stands as it was signed. Whose organisation it is may become another one's, when two merge.
CONTRACT_AS_SIGNED = pgtrigger.Trigger(
    name="as_it_was_signed",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""IF OLD.state <> 'draft'
            AND (NEW.award_id, NEW.challenge_id, NEW.number, NEW.starts_date, NEW.ends_date, NEW.terms,
                NEW.signed_date)
            IS DISTINCT FROM (OLD.award_id, OLD.challenge_id, OLD.number, OLD.starts_date, OLD.ends_date, OLD.terms,
                OLD.signed_date)
        THEN {REFUSED.format("contract_stands_as_it_was_signed")} END IF; RETURN NEW;""",
)


def as_signed(agreed, found_out, also, words):
    """Rows of a contract: once it is signed what was agreed on stands and no row goes; once it is over nothing changes.

    ``agreed`` and ``found_out`` are columns; ``also`` is when a row may come after the contract was signed.
    """
    new, old = (", ".join(f"{row}.{name}" for name in agreed) for row in ("NEW", "OLD"))
    later, before = (", ".join(f"{row}.{name}" for name in found_out) for row in ("NEW", "OLD"))
    return pgtrigger.Trigger(
        name="as_it_was_signed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found", "text"), ("about", "bigint")],
        func=f"""about := CASE WHEN TG_OP = 'INSERT' THEN NEW.contract_id ELSE OLD.contract_id END;
        SELECT k.state INTO found FROM challenges_contract k WHERE k.id = about FOR SHARE;
        IF found <> 'draft' AND (TG_OP = 'DELETE' OR TG_OP = 'INSERT' AND NOT ({also}))
            THEN {REFUSED.format(words)} END IF;
        IF TG_OP = 'UPDATE' THEN
            IF found <> 'draft' AND ROW({new}) IS DISTINCT FROM ROW({old})
                OR found NOT IN ('draft', 'signed') AND ROW({later}) IS DISTINCT FROM ROW({before})
                THEN {REFUSED.format(words)} END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;""",
    )


MILESTONE_AS_SIGNED = as_signed(
    ("contract_id", "title", "due_date", "cents"),
    ("delivered_at", "told", "accepted_at", "paid_date"),
    "false",
    "milestone_stands_as_it_was_signed",
)
# What is measured can be added while the contract runs.
INDICATOR_AS_SIGNED = as_signed(
    ("contract_id", "title", "unit", "baseline", "target"),
    ("actual", "measured_date", "source"),
    "found = 'signed'",
    "indicator_stands_as_it_was_signed",
)

# A step is reached after the signing, and goes on only: what was reached, accepted or paid is not taken back.
MILESTONE_GOES_ON = pgtrigger.Trigger(
    name="goes_on_only",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""IF (OLD.delivered_at IS NOT NULL AND NEW.delivered_at IS DISTINCT FROM OLD.delivered_at)
            OR (OLD.accepted_at IS NOT NULL AND ROW(NEW.accepted_at, NEW.told)
                IS DISTINCT FROM ROW(OLD.accepted_at, OLD.told))
            OR (OLD.paid_date IS NOT NULL AND NEW.paid_date IS DISTINCT FROM OLD.paid_date)
            OR (NEW.delivered_at IS NOT NULL AND OLD.delivered_at IS NULL AND EXISTS (
                SELECT 1 FROM challenges_contract k WHERE k.id = NEW.contract_id AND k.state = 'draft'))
        THEN {REFUSED.format("milestone_goes_on_only")} END IF; RETURN NEW;""",
)
