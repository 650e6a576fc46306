"""What PostgreSQL holds of questions: asked in time, and not changed afterwards."""

import pgtrigger

from challenges.models.invariants import REFUSED

ASKED_IN_TIME = pgtrigger.Trigger(
    name="asked_in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("found", "text"), ("until", "timestamptz")],
    func=f"""SELECT c.state, COALESCE(c.questions_until, c.deadline_at) INTO found, until
            FROM challenges_challenge c WHERE c.id = NEW.challenge_id FOR KEY SHARE;
        IF found <> 'open' OR until IS NULL OR NEW.asked_at > until OR NEW.asked_at > clock_timestamp()
            THEN {REFUSED.format("question_is_asked_in_time")} END IF;
        RETURN NEW;""",
)
STANDS_AS_ASKED = pgtrigger.Trigger(
    name="stands_as_asked",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""IF NEW.text IS DISTINCT FROM OLD.text OR NEW.challenge_id <> OLD.challenge_id
            OR NEW.asked_at <> OLD.asked_at
            THEN {REFUSED.format("question_stands_as_asked")} END IF;
        RETURN NEW;""",
)
