"""What PostgreSQL holds about matches beside the graph of their states."""

import pgtrigger
from django.db.models import CheckConstraint, Q

from factory.graph import REFUSE

# The side that has not said whether the agreed amount, noted by the other, is right.
AGREED_WAITS_FOR_A_SIDE = CheckConstraint(
    condition=Q(agreed_waits_for="")
    | Q(agreed_waits_for__in=["buyer", "supplier"], agreed_cents__isnull=False),
    name="match_agreed_waits_for_a_side",
)
# What counts is what was written down last, so that the figures of any day can be made again.
REALISED_IS_NOTED = pgtrigger.Trigger(
    name="realised_is_noted",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("realised_cents", "state"),
    func=f"""IF EXISTS (SELECT 1 FROM market_match m WHERE m.id = NEW.id AND m.realised_cents IS NOT NULL
        AND m.realised_cents IS DISTINCT FROM (SELECT cents FROM market_value
            WHERE match_id = m.id AND measure = 'realised' ORDER BY id DESC LIMIT 1))
        THEN {REFUSE % "market.match counts what nobody noted"} END IF; RETURN NULL;""",  # noqa: S608
)


# Where prices were given, the buyer chooses one, with a code; nobody agrees or counts an amount beside that.
PRICES_DECIDE = pgtrigger.Trigger(
    name="prices_decide",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("state"),
    func=f"""IF OLD.state = 'introduced' AND NEW.state IN ('agreed', 'disputed', 'completed')
    AND EXISTS (SELECT 1 FROM market_prices p WHERE p.need_id = NEW.need_id AND (p.closes_at > clock_timestamp()
        OR p.closes_at IS NOT NULL AND EXISTS (SELECT 1 FROM market_quote q JOIN market_match m ON m.id = q.match_id
            WHERE m.need_id = NEW.need_id AND q.withdrawn_at IS NULL AND q.round = p.number
            AND m.state IN ('approved', 'introduced', 'agreed', 'disputed', 'completed'))
        AND NOT EXISTS (SELECT 1 FROM market_choice c JOIN market_quote q ON q.match_id = c.match_id
            WHERE c.match_id = NEW.id AND c.chosen_for <> '' AND q.withdrawn_at IS NULL AND q.round = p.number)))
    THEN {REFUSE % "where prices were given the buyer chooses one"} END IF; RETURN NEW;""",  # noqa: S608
)
