"""Rounds of prices that came to nothing: kept as they were, once prices are asked again."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from factory.graph import REFUSE
from market.models.listing import Listing
from market.models.prices import Prices

AS_IT_WAS = f"""IF NOT EXISTS (SELECT 1 FROM market_prices p WHERE p.need_id = NEW.need_id
    AND p.closes_at <= clock_timestamp() AND p.opened_at IS NOT DISTINCT FROM NEW.opened_at
    AND (p.number, p.because, p.closes_at) = (NEW.number, NEW.because, NEW.closes_at))
    THEN {REFUSE % "a round is kept as it was, once it has closed"} END IF; RETURN NEW;"""
FOLLOWED = f"""IF NOT EXISTS (SELECT 1 FROM market_prices p WHERE p.need_id = NEW.need_id
    AND p.number > NEW.number) OR NOT EXISTS (SELECT 1 FROM journal_event e
    WHERE e.thing_type = 'market.listing' AND e.thing_id = NEW.need_id AND e.xact = txid_current()
    AND e.verb = 'listing.ask_prices_again' AND (e.replayed
    OR NEW.again_at > clock_timestamp() - interval '1 minute'))
    THEN {REFUSE % "a round ends as prices are asked again, and the journal says so"} END IF; RETURN NULL;"""


class EarlierRound(models.Model):
    """A round of prices as it was when prices were asked again, at ``again_at``."""

    need = models.ForeignKey(Listing, models.PROTECT, related_name="earlier_rounds")
    number = models.PositiveSmallIntegerField()
    because = models.CharField(max_length=5, choices=Prices.Because)
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="stays_as_it_was", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="kept_as_it_was",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=AS_IT_WAS,
            ),
            pgtrigger.Trigger(
                name="followed_by_another",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert,
                func=FOLLOWED,
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["need", "number"], name="earlier_round_once"),
            models.CheckConstraint(
                condition=Q(again_at__gte=F("closes_at")), name="earlier_round_closed_first"
            ),
        ]

    def __str__(self):
        return f"{self.need} · {self.number} · {self.closes_at}"
