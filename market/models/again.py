"""What PostgreSQL holds about suggestions: none of what a side said is not for it."""

import pgtrigger

# Whoever suggests, the machine or a coordinator: what a side refused does not come back by itself.
NOT_SUGGESTED_AGAIN = pgtrigger.Trigger(
    name="not_what_was_refused",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
    func="""IF NEW.state = 'suggested' AND EXISTS (SELECT 1 FROM market_notforus r
        WHERE (r.organisation_id = NEW.organisation_id AND r.listing_id = NEW.need_id)
        OR (r.organisation_id = NEW.buyer_id AND r.listing_id = NEW.offer_id))
    THEN RAISE EXCEPTION 'they said that this is not for them' USING ERRCODE = 'check_violation';
    END IF; RETURN NEW;""",
)
