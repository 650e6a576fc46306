"""What PostgreSQL holds of coaching: the same offer to every finalist, and no coach among those who judge."""

import pgtrigger

from challenges.models.fairness import COACHES, OF_THE_ENTRANT
from challenges.models.invariants import REFUSED

WHERE_ENTRIES_MAY_CHANGE = pgtrigger.Trigger(
    name="coached_where_entries_may_change",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("coaching_hours", "instrument_id"),
    func=f"""IF NEW.coaching_hours IS NOT NULL AND EXISTS (SELECT 1 FROM challenges_instrument i
            WHERE i.id = NEW.instrument_id AND NOT i.allows_changes)
            THEN {REFUSED.format("challenge_is_coached_where_entries_may_change")} END IF;
        RETURN NEW;""",
)

# Nobody is coached, and nothing is proposed after a pitch, unless every finalist got the offer; and it lasts as
# long as they were told.
OFFERED_TO_EVERY_FINALIST = pgtrigger.Trigger(
    name="offered_to_every_finalist",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF NEW.coaching_hours IS NULL AND NEW.state <> 'coaching' THEN RETURN NULL; END IF;
        IF (NEW.state = 'coaching' OR OLD.state = 'pitching' AND NEW.state = 'proposed')
            AND (NEW.coaching_hours IS NULL OR EXISTS (SELECT 1 FROM challenges_entry e
                LEFT JOIN challenges_coaching g ON g.entry_id = e.id
                WHERE e.challenge_id = NEW.id AND e.state = 'shortlisted' AND g.id IS NULL))
            THEN {REFUSED.format("coaching_is_offered_to_every_finalist")} END IF;
        RETURN NULL;""",
)
LASTS_AS_PROMISED = pgtrigger.Trigger(
    name="coaching_lasts_as_promised",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""IF OLD.state = 'coaching' AND (NEW.state = 'pitching' AND clock_timestamp() <= OLD.coaching_until
            OR NEW.state = 'coaching' AND NEW.coaching_until IS DISTINCT FROM OLD.coaching_until)
            THEN {REFUSED.format("coaching_lasts_as_promised")} END IF;
        RETURN NEW;""",
)
OF_A_CHALLENGE = [WHERE_ENTRIES_MAY_CHANGE, OFFERED_TO_EVERY_FINALIST, LASTS_AS_PROMISED]

# The offer is the one of the challenge, which stands once it is public.
OFFER_IS_EQUAL = pgtrigger.Trigger(
    name="offer_is_equal",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("about", "challenges_challenge%ROWTYPE")],
    func=f"""SELECT * INTO about FROM challenges_challenge c WHERE c.id = NEW.challenge_id;
        IF TG_OP = 'UPDATE' AND (NEW.challenge_id, NEW.entry_id, NEW.hours) IS DISTINCT FROM
            (OLD.challenge_id, OLD.entry_id, OLD.hours) OR NEW.hours IS DISTINCT FROM about.coaching_hours
            THEN {REFUSED.format("coaching_offer_is_equal")} END IF;
        IF TG_OP = 'INSERT' AND (about.state NOT IN ('pitching', 'coaching') OR NOT EXISTS (SELECT 1
            FROM challenges_entry e WHERE e.id = NEW.entry_id AND e.challenge_id = NEW.challenge_id
            AND e.state = 'shortlisted'))
            THEN {REFUSED.format("coaching_is_of_a_finalist")} END IF;
        RETURN NEW;""",
)
COACH_DOES_NOT_JUDGE = pgtrigger.Trigger(
    name="coach_does_not_judge",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("coach_id"),
    func=f"""IF EXISTS (SELECT 1 FROM challenges_juror j WHERE j.challenge_id = NEW.challenge_id
            AND j.person_id = NEW.coach_id AND j.said_no_at IS NULL)
            OR EXISTS (SELECT 1 FROM challenges_assessment a JOIN challenges_juror j ON j.id = a.juror_id
                WHERE a.challenge_id = NEW.challenge_id AND a.state <> 'void' AND j.person_id = NEW.coach_id)
            THEN {REFUSED.format("coach_does_not_judge")} END IF;
        IF EXISTS (SELECT 1 FROM challenges_entry ours WHERE ours.challenge_id = NEW.challenge_id
            AND {OF_THE_ENTRANT.format(person="NEW.coach_id", entry="ours.id")})
            THEN {REFUSED.format("coach_is_not_of_an_entrant")} END IF;
        RETURN NEW;""",
)
NO_COACH_IN_THE_JURY = pgtrigger.Trigger(
    name="coaches_nobody",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""IF NEW.said_no_at IS NULL
            AND {COACHES.format(challenge="NEW.challenge_id", person="NEW.person_id")}
            THEN {REFUSED.format("juror_coaches_nobody")} END IF;
        RETURN NEW;""",
)

# Never more than was offered, nor less than nothing; two who note at once wait for each other.
WITHIN_THE_OFFER = pgtrigger.Trigger(
    name="within_the_offer",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("held", "challenges_coaching%ROWTYPE"), ("used", "bigint")],
    func=f"""SELECT * INTO held FROM challenges_coaching g WHERE g.id = NEW.coaching_id FOR NO KEY UPDATE;
        SELECT COALESCE(sum(minutes), 0) + NEW.minutes INTO used FROM challenges_coachedtime
            WHERE coaching_id = NEW.coaching_id;
        IF used < 0 OR used > held.hours * 60
            THEN {REFUSED.format("coached_time_within_the_offer")} END IF;
        IF NOT EXISTS (SELECT 1 FROM partners_person p WHERE p.id = NEW.noted_by_id
            AND (p.id = held.coach_id OR p.is_staff))
            THEN {REFUSED.format("coached_time_is_noted_by_who_coaches")} END IF;
        IF NOT EXISTS (SELECT 1 FROM challenges_challenge c WHERE c.id = held.challenge_id
            AND c.state IN ('coaching', 'pitching'))
            THEN {REFUSED.format("coached_time_before_the_proposal")} END IF;
        RETURN NEW;""",
)
