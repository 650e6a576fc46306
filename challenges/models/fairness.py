"""What PostgreSQL holds of a fair jury: who may assess what, and when a mark may still change."""

import pgtrigger

from challenges.models.invariants import REFUSED

# Whether a person belongs to who enters, or to a partner of theirs.
OF_THE_ENTRANT = """EXISTS (SELECT 1 FROM partners_membership m
            JOIN challenges_entry e ON e.id = {entry} AND (e.organisation_id = m.organisation_id
                OR EXISTS (SELECT 1 FROM challenges_entrypartner p
                    WHERE p.entry_id = e.id AND p.organisation_id = m.organisation_id))
            WHERE m.person_id = {person} AND m.confirmed_at IS NOT NULL)"""

# Whether a person coaches somebody who enters this challenge.
COACHES = """EXISTS (SELECT 1 FROM challenges_coaching g
            WHERE g.challenge_id = {challenge} AND g.coach_id = {person})"""

# The interest is read FOR SHARE, so that whoever declares a conflict at this moment and whoever scores wait
# for each other. Words in capitals are filled in by each trigger.
NO_CONFLICT = f"""PERFORM 1 FROM challenges_interest i WHERE i.juror_id = THE_JUROR
            AND i.entry_id = THE_ENTRY AND NOT i.conflicted FOR SHARE;
        IF NOT FOUND THEN {REFUSED.format("juror_declared_to_have_no_conflict")} END IF;
        IF EXISTS (SELECT 1 FROM challenges_juror j WHERE j.id = THE_JUROR
            AND {OF_THE_ENTRANT.format(person="j.person_id", entry="THE_ENTRY")})
            THEN {REFUSED.format("juror_is_not_of_the_entrant")} END IF;
        IF EXISTS (SELECT 1 FROM challenges_juror j WHERE j.id = THE_JUROR
            AND {COACHES.format(challenge="j.challenge_id", person="j.person_id")})
            THEN {REFUSED.format("juror_coaches_nobody")} END IF;"""


def _no_conflict(juror, entry):
    return NO_CONFLICT.replace("THE_JUROR", juror).replace("THE_ENTRY", entry)


ONE_CHALLENGE = """IF NOT EXISTS (SELECT 1 FROM challenges_juror j
            JOIN challenges_entry e ON e.challenge_id = j.challenge_id
            WHERE j.id = NEW.juror_id AND e.id = NEW.entry_id {more}) THEN {refused} END IF;"""

INTEREST_STANDS = pgtrigger.Trigger(
    name="stands_once_declared",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""IF TG_OP = 'UPDATE' AND (OLD.juror_id, OLD.entry_id) IS DISTINCT FROM (NEW.juror_id, NEW.entry_id)
            THEN {REFUSED.format("interest_stays_of_one_juror_and_entry")} END IF;
        IF TG_OP = 'UPDATE' AND OLD.conflicted AND NOT NEW.conflicted
            THEN {REFUSED.format("interest_is_not_taken_back")} END IF;
        {ONE_CHALLENGE.format(more="", refused=REFUSED.format("interest_of_one_challenge"))}
        RETURN NEW;""",
)
CONFLICT_VOIDS = pgtrigger.Trigger(
    name="conflict_voids_the_assessment",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("conflicted"),
    func=f"""IF EXISTS (SELECT 1 FROM challenges_interest i JOIN challenges_assessment a
            ON a.juror_id = i.juror_id AND a.entry_id = i.entry_id AND a.state <> 'void'
            WHERE i.id = NEW.id AND i.conflicted)
            THEN {REFUSED.format("conflict_voids_the_assessment")} END IF;
        RETURN NULL;""",
)

SAME_CHALLENGE = ONE_CHALLENGE.format(
    more="AND e.challenge_id = NEW.challenge_id",
    refused=REFUSED.format("assessment_of_one_challenge"),
)
ASSESSED_FAIRLY = pgtrigger.Trigger(
    name="assessed_fairly",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""IF NEW.state = 'void' THEN RETURN NEW; END IF;
        {SAME_CHALLENGE}
        {_no_conflict("NEW.juror_id", "NEW.entry_id")}
        RETURN NEW;""",
)
COMPLETE_WHEN_LOCKED = pgtrigger.Trigger(
    name="complete_when_locked",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF NEW.state = 'locked' AND EXISTS (SELECT 1 FROM challenges_criterion c
            WHERE c.challenge_id = NEW.challenge_id AND c.scored_at = NEW.round
            AND NOT EXISTS (SELECT 1 FROM challenges_score s WHERE s.assessment_id = NEW.id
                AND s.criterion_id = c.id AND s.points IS NOT NULL AND s.motivation <> ''))
            THEN {REFUSED.format("assessment_is_complete_when_locked")} END IF;
        RETURN NEW;""",
)
SCORED_FAIRLY = pgtrigger.Trigger(
    name="scored_fairly",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("about", "bigint"), ("held", "record"), ("asked", "record"), ("at_work", "text")],
    func=f"""about := CASE WHEN TG_OP = 'DELETE' THEN OLD.assessment_id ELSE NEW.assessment_id END;
        SELECT * INTO held FROM challenges_assessment a WHERE a.id = about FOR SHARE;
        IF held.state <> 'open' THEN {REFUSED.format("score_of_an_open_assessment")} END IF;
        IF TG_OP = 'UPDATE' AND (OLD.assessment_id, OLD.criterion_id) IS DISTINCT FROM
            (NEW.assessment_id, NEW.criterion_id) THEN {REFUSED.format("score_stays_where_it_is")} END IF;
        SELECT c.state INTO at_work FROM challenges_challenge c WHERE c.id = held.challenge_id;
        IF at_work <> (CASE held.round WHEN 'text' THEN 'scoring' ELSE 'pitching' END)
            THEN {REFUSED.format("score_while_the_jury_scores")} END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        SELECT * INTO asked FROM challenges_criterion c WHERE c.id = NEW.criterion_id;
        IF asked.challenge_id <> held.challenge_id OR asked.scored_at <> held.round
            THEN {REFUSED.format("score_of_a_criterion_of_this_round")} END IF;
        {_no_conflict("held.juror_id", "held.entry_id")}
        IF held.round = 'pitch' AND EXISTS (SELECT 1 FROM challenges_challenge c WHERE c.id = held.challenge_id
            AND c.coaching_hours IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM challenges_coaching g WHERE g.entry_id = held.entry_id)
            THEN {REFUSED.format("score_at_the_pitch_after_the_coaching")} END IF;
        RETURN NEW;""",
)
# Two accounts became one: nothing of what was agreed changes.
ONLY_WHO_IS_MERGED = """IF TG_OP = 'UPDATE' THEN
            IF (NEW.entry_id, NEW.criterion_id, NEW.points, NEW.reason, NEW.noted_at)
                IS NOT DISTINCT FROM (OLD.entry_id, OLD.criterion_id, OLD.points, OLD.reason, OLD.noted_at)
                THEN RETURN NEW; END IF;
        END IF;"""
# Who notes what the jury agreed on leads it: its chair, free of a conflict about this entry; or somebody who
# does not sit in it. The interests are read FOR SHARE, as above.
NOTED_FAIRLY = f"""IF TG_OP <> 'DELETE' THEN
            PERFORM 1 FROM challenges_interest i JOIN challenges_juror j ON j.id = i.juror_id
                WHERE j.person_id = NEW.noted_by_id AND i.entry_id = NEW.entry_id FOR SHARE OF i;
            IF NEW.noted_by_id IS NULL OR EXISTS (
                SELECT 1 FROM challenges_interest i JOIN challenges_juror j ON j.id = i.juror_id
                WHERE j.person_id = NEW.noted_by_id AND i.entry_id = NEW.entry_id AND i.conflicted)
                OR {OF_THE_ENTRANT.format(person="NEW.noted_by_id", entry="NEW.entry_id")}
                THEN {REFUSED.format("consensus_is_noted_without_a_conflict")} END IF;
            IF EXISTS (SELECT 1 FROM challenges_juror j JOIN challenges_entry e USING (challenge_id)
                WHERE j.person_id = NEW.noted_by_id AND e.id = NEW.entry_id AND j.said_no_at IS NULL
                AND NOT (j.chairs AND j.said_yes_at IS NOT NULL))
                THEN {REFUSED.format("consensus_is_noted_by_who_leads")} END IF;
            IF EXISTS (SELECT 1 FROM challenges_entry e WHERE e.id = NEW.entry_id
                AND {COACHES.format(challenge="e.challenge_id", person="NEW.noted_by_id")})
                THEN {REFUSED.format("consensus_is_noted_by_no_coach")} END IF;
        END IF;"""
AGREED_TOGETHER = pgtrigger.Trigger(
    name="agreed_together",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("held", "record"), ("about", "record")],
    func=f"""about := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        {ONLY_WHO_IS_MERGED}
        SELECT c.state, k.scored_at INTO held FROM challenges_entry e
            JOIN challenges_challenge c ON c.id = e.challenge_id
            JOIN challenges_criterion k ON k.challenge_id = c.id
            WHERE e.id = about.entry_id AND k.id = about.criterion_id;
        IF NOT FOUND THEN {REFUSED.format("consensus_of_one_challenge")} END IF;
        IF held.state <> (CASE held.scored_at WHEN 'text' THEN 'consensus' ELSE 'pitching' END)
            THEN {REFUSED.format("consensus_while_the_jury_deliberates")} END IF;
        {NOTED_FAIRLY}
        RETURN about;""",
)
