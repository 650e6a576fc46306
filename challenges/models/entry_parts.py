"""What PostgreSQL holds of the parts of an entry: shares, partners, budget, answers and the copy without names."""

import pgtrigger

from challenges.models.invariants import REFUSED

# A partner without a whole share, or more than a hundred percent together, is no division.
SHARES_WITHIN_100 = pgtrigger.Trigger(
    name="shares_within_100",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("partners", "own_share"),
    declare=[("together", "numeric"), ("least", "numeric")],
    func=f"""SELECT COALESCE(sum((p ->> 'share')::numeric), 0), COALESCE(min((p ->> 'share')::numeric), 1)
            INTO together, least FROM jsonb_array_elements(NEW.partners) p;
        IF together + COALESCE(NEW.own_share, 0) > 100 OR least < 1
            THEN {REFUSED.format("entry_shares_within_100")} END IF;
        RETURN NEW;""",  # noqa: S608 - our own words
)

# Partners that are organisations of ours stand in a table too, by which the jury is kept apart from them.
PARTNERS_ARE_KNOWN = pgtrigger.Trigger(
    name="partners_are_known",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("partners"),
    func="""IF TG_OP = 'UPDATE' AND OLD.partners = NEW.partners THEN RETURN NULL; END IF;
        DELETE FROM challenges_entrypartner WHERE entry_id = NEW.id;
        INSERT INTO challenges_entrypartner (entry_id, organisation_id)
            SELECT DISTINCT NEW.id, COALESCE(o.merged_into_id, o.id)
            FROM jsonb_array_elements(NEW.partners) p
            JOIN partners_organisation o ON o.id = (p ->> 'organisation')::bigint;
        RETURN NULL;""",
)
PARTNER_FOLLOWS_THE_ENTRY = pgtrigger.Trigger(
    name="follows_the_entry",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""IF TG_OP = 'UPDATE' AND OLD.entry_id = NEW.entry_id AND EXISTS (SELECT 1 FROM partners_organisation o
            WHERE o.id = OLD.organisation_id AND o.merged_into_id = NEW.organisation_id) THEN RETURN NEW; END IF;
        IF TG_OP = 'UPDATE' OR pg_trigger_depth() < 2 THEN {REFUSED.format("partner_follows_the_entry")} END IF;
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;""",  # noqa: S608 - our own words
)

# Each time it is sent in: no more than there is, the lines make the amount, every answer is there within its words,
# and where the jury reads without names there is something to read.
WORDS_OF = "array_length(regexp_split_to_array(btrim({}, E' \\t\\r\\n'), E'\\\\s+'), 1)"
COMPLETE_WHEN_SENT = pgtrigger.Trigger(
    name="complete_when_sent",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("submitted_at"),
    declare=[("held", "record")],
    func=f"""IF NEW.submitted_at IS NULL
            OR (TG_OP = 'UPDATE' AND OLD.submitted_at IS NOT DISTINCT FROM NEW.submitted_at)
            THEN RETURN NEW; END IF;
        SELECT c.envelope_cents, c.disclosure INTO held FROM challenges_challenge c WHERE c.id = NEW.challenge_id;
        IF NEW.amount_cents > held.envelope_cents THEN {REFUSED.format("entry_within_the_envelope")} END IF;
        IF NEW.budget <> '[]' AND NEW.amount_cents IS DISTINCT FROM
            (SELECT sum((b ->> 'cents')::numeric) FROM jsonb_array_elements(NEW.budget) b)
            THEN {REFUSED.format("entry_budget_is_what_is_asked")} END IF;
        IF held.disclosure = 'anonymous' AND NEW.blind = ''
            THEN {REFUSED.format("entry_has_a_copy_without_names")} END IF;
        IF EXISTS (SELECT 1 FROM challenges_formquestion q
            LEFT JOIN jsonb_array_elements(NEW.answers) a ON (a ->> 'question')::bigint = q.id
            WHERE q.challenge_id = NEW.challenge_id AND (
                q.is_required AND COALESCE(a ->> 'answer', '') = ''
                OR {WORDS_OF.format("a ->> 'answer'")} > q.most_words))
            THEN {REFUSED.format("entry_answers_within_their_words")} END IF;
        RETURN NEW;""",  # noqa: S608 - our own words
)
