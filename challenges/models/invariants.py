"""What PostgreSQL holds of a challenge across tables, whoever writes to it."""

import pgtrigger

REFUSED = "RAISE EXCEPTION '{}' USING ERRCODE = 'check_violation';"

# From its approval on a challenge has criteria, and their weights make 100.
CRITERIA_SUM_TO_100 = pgtrigger.Trigger(
    name="criteria_sum_to_100",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
    func=f"""IF EXISTS (SELECT 1 FROM challenges_challenge c WHERE c.id = NEW.id
        AND c.state IN ('approved', 'scheduled', 'open', 'paused'))
        AND COALESCE((SELECT sum(weight) FROM challenges_criterion WHERE challenge_id = NEW.id), 0) <> 100
        THEN {REFUSED.format("challenge_criteria_sum_to_100")} END IF; RETURN NULL;""",
)

# What entrants were promised does not change: only a rectification (which adds to ``version``) may touch it,
# and money and instrument never.
FROZEN = (
    "instrument_id", "disclosure", "envelope_cents", "organisation_id", "jury_decides", "explores_only",
    "adoption_due_date", "coaching_hours", "explore_teams", "explore_cents", "explore_scope",
)  # fmt: skip
RECTIFIED = (
    "title", "problem", "sentence", "sufferers", "success", "bounds", "who_may_enter", "property_terms",
    "confidentiality", "costs_cents", "complaints", "effort_hours", "questions_until", "answers_by",
    "deadline_at",
)  # fmt: skip


def _changed(columns):
    return " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)


FROZEN_ONCE_PUBLIC = pgtrigger.Trigger(
    name="frozen_once_public",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""IF OLD.published_at IS NULL THEN RETURN NEW; END IF;
        IF NEW.published_at IS DISTINCT FROM OLD.published_at OR {_changed(FROZEN)}
            THEN {REFUSED.format("challenge_is_frozen_once_public")} END IF;
        IF ({_changed(RECTIFIED)}) AND NEW.version <= OLD.version
            THEN {REFUSED.format("challenge_changes_by_rectification_alone")} END IF;
        RETURN NEW;""",
)

# Whether a finalist may hand in a changed plan at this moment: it is coached, and the time is not over.
IS_COACHED = """EXISTS (SELECT 1 FROM challenges_coaching g JOIN challenges_challenge c ON c.id = g.challenge_id
            WHERE g.entry_id = {} AND c.state = 'coaching' AND clock_timestamp() <= c.coaching_until)"""

# What was sent in stands as it was sent from the deadline on; only a repair that was asked for, or a finalist's
# changed plan while all finalists are coached, may touch it.
# What is being sent in is judged by its own moment, which is never backdated (sending.NOT_BACKDATED).
WORDS = (
    "title", "summary", "plan", "amount_cents", "budget", "own_share", "partners", "answers", "blind", "typed",
    "changed_at", "challenge_id",
)  # fmt: skip
SENT = [name for name in WORDS if name != "typed"]
ENTRY_STANDS = pgtrigger.Trigger(
    name="stands_from_the_deadline_on",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("found", "text"), ("until", "timestamptz"), ("moment", "timestamptz")],
    func=f"""IF OLD.organisation_id <> NEW.organisation_id AND NOT EXISTS (SELECT 1 FROM partners_organisation o
            WHERE o.id = OLD.organisation_id AND o.merged_into_id = NEW.organisation_id)
            THEN {REFUSED.format("entry_stays_with_its_organisation")} END IF;
        IF NOT ({_changed(WORDS)}) THEN RETURN NEW; END IF;
        IF OLD.state = 'submitted' AND NEW.state = 'repair' AND NEW.typed = '{{}}'
            AND NOT ({_changed(SENT)}) THEN RETURN NEW; END IF;
        IF OLD.state = 'repair' AND NOT ({_changed(("challenge_id", "amount_cents"))})
            THEN RETURN NEW; END IF;
        IF OLD.state = 'shortlisted' AND NEW.state = 'shortlisted'
            AND NOT ({_changed(("challenge_id", "amount_cents"))}) AND {IS_COACHED.format("NEW.id")}
            THEN RETURN NEW; END IF;
        SELECT c.state, c.deadline_at INTO found, until FROM challenges_challenge c
            WHERE c.id = NEW.challenge_id;
        moment := clock_timestamp();
        IF {_changed(("submitted_at",))} THEN moment := NEW.submitted_at; END IF;
        IF found NOT IN ('open', 'paused') OR moment IS NULL OR moment > until
            THEN {REFUSED.format("entry_stands_from_the_deadline_on")} END IF;
        RETURN NEW;""",
)

# One clock: this one. Replayed history says by its event that it was made up afterwards.
SENT_IN_TIME = pgtrigger.Trigger(
    name="sent_in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("submitted_at"),
    declare=[("until", "timestamptz")],
    func=f"""IF NEW.submitted_at IS NULL THEN RETURN NEW; END IF;
        SELECT c.deadline_at INTO until FROM challenges_challenge c WHERE c.id = NEW.challenge_id;
        IF NEW.submitted_at > until OR NEW.submitted_at > clock_timestamp()
            THEN {REFUSED.format("entry_is_sent_in_time")} END IF;
        RETURN NEW;""",
)

# The sum of what is proposed, decided and final stands on the challenge, under its CHECK. It is reckoned anew
# whenever the row is written, so no writer can bring an old sum back; the row's lock makes two who award at
# once wait for each other.
COMMITTED_IS_THE_SUM = pgtrigger.Trigger(
    name="committed_is_the_sum",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""NEW.committed_cents := COALESCE((SELECT sum(cents) FROM challenges_award
            WHERE challenge_id = NEW.id AND state IN ('proposed', 'decided', 'final')), 0);
        RETURN NEW;""",
)
KEEPS_THE_SUM = pgtrigger.Trigger(
    name="keeps_the_sum",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""UPDATE challenges_challenge SET committed_cents = 0 WHERE id = NEW.challenge_id;
        RETURN NULL;""",
)
