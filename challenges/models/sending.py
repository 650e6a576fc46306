"""What PostgreSQL holds of sending in: in time by its own clock, never backdated, and of these very words."""

import pgtrigger

from challenges.models.invariants import IS_COACHED, REFUSED

# One clock: the database's. A repair that was asked for comes after the deadline, until the end of its own day.
SUBMITTED_IN_TIME = pgtrigger.Trigger(
    name="in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("until", "timestamptz"), ("found", "text"), ("day", "date")],
    func=f"""SELECT c.deadline_at, e.state, e.repair_by_date INTO until, found, day FROM challenges_entry e
            JOIN challenges_challenge c ON c.id = e.challenge_id WHERE e.id = NEW.entry_id;
        IF found = 'repair' AND (NEW.at AT TIME ZONE 'Europe/Amsterdam')::date > day
            THEN {REFUSED.format("submission_repair_is_in_time")} END IF;
        IF NEW.at > clock_timestamp() OR (NEW.at > until AND found <> 'repair'
            AND NOT (found = 'shortlisted' AND {IS_COACHED.format("NEW.entry_id")}))
            THEN {REFUSED.format("submission_is_sent_in_time")} END IF;
        IF NEW.sha256 <> encode(sha256(convert_to(NEW.said, 'UTF8')), 'hex')
            THEN {REFUSED.format("submission_receipt_is_of_its_words")} END IF;
        RETURN NEW;""",  # noqa: S608 - our own words
)

# The journal's event of this very transaction says the same moment, within seconds; history that is replayed
# is marked as such in the journal.
NOT_BACKDATED = pgtrigger.Trigger(
    name="not_backdated",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert,
    func=f"""IF NOT EXISTS (SELECT 1 FROM journal_event e WHERE e.thing_type = 'challenges.entry'
            AND e.thing_id = NEW.entry_id AND e.xact = txid_current()
            AND e.verb IN ('entry.submit', 'entry.repair', 'entry.change')
            AND abs(extract(epoch FROM e.at - NEW.at)) < 5)
        THEN {REFUSED.format("submission_is_not_backdated")} END IF; RETURN NULL;""",  # noqa: S608 - our own words
)

# What stands in the entry is what was sent in last, with that receipt. The row is read again: a deferred
# trigger holds what it was when the statement ran.
WORDS_OF_THE_RECEIPT = pgtrigger.Trigger(
    name="words_of_the_receipt",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf(
        "title",
        "summary",
        "plan",
        "amount_cents",
        "budget",
        "own_share",
        "partners",
        "answers",
        "blind",
        "submitted_at",
        "receipt",
        "state",
    ),
    declare=[("now_is", "challenges_entry%ROWTYPE"), ("last", "challenges_submission%ROWTYPE")],
    func=f"""SELECT * INTO now_is FROM challenges_entry WHERE id = NEW.id;
        IF now_is.submitted_at IS NULL AND now_is.receipt = '' THEN RETURN NULL; END IF;
        SELECT * INTO last FROM challenges_submission WHERE entry_id = NEW.id ORDER BY number DESC LIMIT 1;
        IF last.id IS NULL OR last.sha256 <> now_is.receipt
            OR last.said::jsonb ->> 'title' IS DISTINCT FROM now_is.title
            OR last.said::jsonb ->> 'summary' IS DISTINCT FROM now_is.summary
            OR last.said::jsonb ->> 'plan' IS DISTINCT FROM now_is.plan
            OR (last.said::jsonb ->> 'amount_cents')::bigint IS DISTINCT FROM now_is.amount_cents
            OR (last.said::jsonb ->> 'own_share')::int IS DISTINCT FROM now_is.own_share
            OR COALESCE(last.said::jsonb ->> 'blind', '') <> now_is.blind
            OR COALESCE(last.said::jsonb -> 'budget', '[]') <> now_is.budget
            OR COALESCE(last.said::jsonb -> 'partners', '[]') <> now_is.partners
            OR COALESCE(last.said::jsonb -> 'answers', '[]') <> now_is.answers
            OR NOT EXISTS (SELECT 1 FROM challenges_submission s
                WHERE s.entry_id = NEW.id AND s.at = now_is.submitted_at)
        THEN {REFUSED.format("entry_says_what_was_sent_in")} END IF; RETURN NULL;""",  # noqa: S608 - our own words
)

# A file comes to an entry while it can be written or must be repaired, and stays with it.
ATTACHED_WHILE_WRITTEN = pgtrigger.Trigger(
    name="while_written",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func=f"""IF TG_OP = 'UPDATE' AND (OLD.entry_id, OLD.file_id) IS DISTINCT FROM (NEW.entry_id, NEW.file_id)
            THEN {REFUSED.format("attachment_stays_where_it_is")} END IF;
        IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT 1 FROM challenges_entry e
            JOIN challenges_challenge c ON c.id = e.challenge_id
            JOIN files_storedfile f ON f.id = NEW.file_id AND f.put_at <= clock_timestamp()
            WHERE e.id = NEW.entry_id AND (e.state = 'repair' OR e.state IN ('draft', 'submitted')
                AND c.state IN ('open', 'paused') AND f.put_at <= c.deadline_at
                OR e.state = 'shortlisted' AND {IS_COACHED.format("e.id")}))
            THEN {REFUSED.format("attachment_while_it_is_written")} END IF;
        RETURN NEW;""",  # noqa: S608 - our own words
)

# The files that others open are those of the receipt that counts: the same bytes, in the same order.
FILES_OF_THE_RECEIPT = pgtrigger.Trigger(
    name="files_of_the_receipt",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("held", "jsonb"), ("told", "jsonb")],
    func=f"""SELECT COALESCE(jsonb_agg(f.sha256 ORDER BY a.id), '[]') INTO held
            FROM challenges_attachment a JOIN files_storedfile f ON f.id = a.file_id
            WHERE a.entry_id = NEW.entry_id AND a.sent;
        SELECT COALESCE(s.said::jsonb -> 'files', '[]') INTO told FROM challenges_submission s
            WHERE s.entry_id = NEW.entry_id ORDER BY s.number DESC LIMIT 1;
        IF held <> COALESCE(jsonb_path_query_array(told, '$[*].sha256'), '[]')
            THEN {REFUSED.format("attachment_is_what_was_sent_in")} END IF;
        RETURN NULL;""",  # noqa: S608 - our own words
)
