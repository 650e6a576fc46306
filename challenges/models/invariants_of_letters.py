"""What PostgreSQL holds of the letters to entrants and of the term after them, whoever writes."""

import pgtrigger

from challenges.models.invariants import REFUSED

BEFORE_THE_LETTERS = (
    "('checking', 'scoring', 'consensus', 'coaching', 'pitching', 'proposed', 'decided')"
)
TODAY = "(clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date"

# The letters about one decision go at one moment.
ALL_AT_ONCE = pgtrigger.Trigger(
    name="all_at_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""IF EXISTS (SELECT 1 FROM challenges_letter l WHERE l.decision_id = NEW.decision_id
            AND l.written_at <> NEW.written_at)
        THEN {REFUSED.format("letter_all_at_once")} END IF;
        RETURN NEW;""",
)

# What a letter says stands as it was sent; only one that is sent anew may say another last day.
STANDS_AS_IT_WAS_SENT = pgtrigger.Trigger(
    name="stands_as_it_was_sent",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""IF (NEW.challenge_id, NEW.decision_id, NEW.entry_id, NEW.outcome, NEW.cents, NEW.written_at)
                IS DISTINCT FROM
               (OLD.challenge_id, OLD.decision_id, OLD.entry_id, OLD.outcome, OLD.cents, OLD.written_at)
            OR ((NEW.said, NEW.last_date, NEW.sent_at) IS DISTINCT FROM
               (OLD.said, OLD.last_date, OLD.sent_at) AND NEW.state <> 'waiting')
        THEN {REFUSED.format("letter_stands_as_it_was_sent")} END IF;
        RETURN NEW;""",
)


def _term_waits(challenge, **rest):
    """The term runs only while every letter of the decision arrived."""
    return pgtrigger.Trigger(
        name="term_waits_for_all_letters",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func=f"""IF EXISTS (SELECT 1 FROM challenges_challenge c
                JOIN challenges_decision d ON d.challenge_id = c.id AND d.ended_at IS NULL
                JOIN challenges_letter l ON l.decision_id = d.id
                WHERE c.id = {challenge} AND c.state = 'notified' AND c.term_ends_date IS NOT NULL
                AND l.state <> 'counting')
            THEN {REFUSED.format("challenge_term_waits_for_all_letters")} END IF;
            RETURN NULL;""",
        **rest,
    )


TERM_WAITS_FOR_LETTERS = _term_waits(
    "NEW.challenge_id", operation=pgtrigger.Insert | pgtrigger.Update
)

# Who is told, is told together with everybody else.
EVERYBODY_HAS_A_LETTER = pgtrigger.Trigger(
    name="everybody_has_a_letter",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF NOT EXISTS (SELECT 1 FROM challenges_challenge c WHERE c.id = NEW.id
            AND c.state = 'notified') THEN RETURN NULL; END IF;
        IF EXISTS (SELECT 1 FROM challenges_entry e WHERE e.challenge_id = NEW.id
            AND e.state IN ('admitted', 'shortlisted', 'awarded', 'reserve', 'not_awarded', 'excluded')
            AND NOT EXISTS (SELECT 1 FROM challenges_letter l
                JOIN challenges_decision d ON d.id = l.decision_id AND d.ended_at IS NULL
                WHERE l.entry_id = e.id))
        THEN {REFUSED.format("challenge_everybody_has_a_letter")} END IF;
        RETURN NULL;""",
)

# Nothing is final before the term is over.
FINAL_AFTER_THE_TERM = pgtrigger.Trigger(
    name="final_after_the_term",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF OLD.state = 'notified' AND NEW.state IN ('awarded', 'unsuccessful')
            AND (OLD.term_ends_date IS NULL OR OLD.term_ends_date >= {TODAY})
        THEN {REFUSED.format("challenge_final_after_the_term")} END IF;
        RETURN NEW;""",
)

# Nor while somebody's objection is open, or was found right and not mended by a new decision; of who was
# excluded, by the entry that comes back.
NO_OBJECTION_IN_THE_WAY = pgtrigger.Trigger(
    name="no_objection_in_the_way",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF OLD.state = 'notified' AND NEW.state IN ('awarded', 'unsuccessful')
            AND EXISTS (SELECT 1 FROM challenges_objection o
                JOIN challenges_entry e ON e.id = o.entry_id
                LEFT JOIN challenges_decision d ON d.id = o.decision_id AND d.ended_at IS NULL
                WHERE o.challenge_id = NEW.id AND o.state IN ('open', 'upheld')
                AND (d.id IS NOT NULL OR e.state = 'excluded'))
        THEN {REFUSED.format("challenge_no_objection_in_the_way")} END IF;
        RETURN NEW;""",
)

# Who objects while the term ends is either first, or hears that it is over: the shared lock waits for who
# makes it final. Who was excluded need not wait for the letter.
OBJECTION_IN_TIME = pgtrigger.Trigger(
    name="objection_in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("found", "text")],
    func=f"""SELECT c.state INTO found FROM challenges_challenge c WHERE c.id = NEW.challenge_id FOR SHARE;
        IF found <> 'notified' AND NOT (found IN {BEFORE_THE_LETTERS} AND EXISTS (SELECT 1
            FROM challenges_entry e WHERE e.id = NEW.entry_id AND e.state = 'excluded'))
            THEN {REFUSED.format("objection_in_time")} END IF;
        RETURN NEW;""",
)

# Who was excluded comes back because an objection was right, and for no other reason.
BACK_WHEN_RIGHT = pgtrigger.Trigger(
    name="back_when_right",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF OLD.state = 'excluded' AND NEW.state <> 'excluded' AND NOT EXISTS (SELECT 1
            FROM challenges_objection o WHERE o.entry_id = NEW.id AND o.state = 'upheld')
        THEN {REFUSED.format("entry_comes_back_when_right")} END IF;
        RETURN NEW;""",
)
# And for no other reason does a jury that was done with scoring score again.
SCORES_AGAIN_FOR_WHO_CAME_BACK = pgtrigger.Trigger(
    name="scores_again_for_who_came_back",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF OLD.state IN {BEFORE_THE_LETTERS} AND OLD.state NOT IN ('checking', 'scoring')
            AND NEW.state = 'scoring' AND NOT EXISTS (SELECT 1 FROM challenges_objection o
                JOIN challenges_entry e ON e.id = o.entry_id AND e.state = 'admitted'
                WHERE o.challenge_id = NEW.id AND o.state = 'upheld')
        THEN {REFUSED.format("challenge_scores_again_for_who_came_back")} END IF;
        RETURN NEW;""",
)

OF_A_CHALLENGE = [
    _term_waits("NEW.id", operation=pgtrigger.UpdateOf("state", "term_ends_date")),
    EVERYBODY_HAS_A_LETTER,
    FINAL_AFTER_THE_TERM,
    NO_OBJECTION_IN_THE_WAY,
    SCORES_AGAIN_FOR_WHO_CAME_BACK,
]
