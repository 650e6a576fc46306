"""Prices by a closing time: what is asked, what suppliers quote, and why one was chosen."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import MOST_CENTS
from factory.graph import REFUSE
from market.models.listing import Listing
from market.models.match import MET, Match

ONLY_LATER = f"""IF NEW.number IS DISTINCT FROM OLD.number THEN
    IF NEW.number <> OLD.number + 1 OR NEW.opened_at IS NOT NULL OR NEW.closes_at IS NULL
    OR NEW.closes_at <= OLD.closes_at OR OLD.closes_at > clock_timestamp() OR NOT EXISTS (
        SELECT 1 FROM market_earlierround e WHERE e.need_id = OLD.need_id AND e.number = OLD.number)
    THEN {REFUSE % "a new round of prices follows one that has closed and is kept"} END IF; RETURN NEW; END IF;
    IF OLD.closes_at IS NOT NULL AND NEW.closes_at IS DISTINCT FROM OLD.closes_at
    AND (NEW.closes_at IS NULL OR NEW.closes_at < OLD.closes_at OR OLD.closes_at <= clock_timestamp())
    THEN {REFUSE % "prices close once, and never earlier than was said"} END IF; RETURN NEW;"""
BEFORE_CLOSING = f"""SELECT p.closes_at, p.number INTO closes, current FROM market_prices p JOIN market_match m
    ON m.need_id = p.need_id WHERE m.id = NEW.match_id;
    IF closes IS NULL OR NEW.round <> current OR COALESCE(NEW.withdrawn_at, NEW.at) >= closes
    OR COALESCE(NEW.withdrawn_at, NEW.at) > clock_timestamp() + interval '1 minute'
    THEN {REFUSE % "a quote is given and taken back before the closing time"} END IF;
    IF TG_OP = 'UPDATE' AND (OLD.withdrawn_at IS NOT NULL OR
    (OLD.match_id, OLD.round, OLD.cents, OLD.text, OLD.valid_until, OLD.at, OLD.by_id) IS DISTINCT FROM
    (NEW.match_id, NEW.round, NEW.cents, NEW.text, NEW.valid_until, NEW.at, NEW.by_id))
    THEN {REFUSE % "a quote that was given stays as it was"} END IF; RETURN NEW;"""
# What is replayed for the demo may lie in the past; nothing else may pretend to have been on time.
WRITTEN_DOWN = f"""IF NOT EXISTS (SELECT 1 FROM journal_event e WHERE e.thing_type = 'market.match'
    AND e.thing_id = NEW.match_id AND e.xact = txid_current()
    AND e.verb IN ('match.quote', 'match.withdraw_quote') AND (e.replayed
    OR COALESCE(NEW.withdrawn_at, NEW.at) > clock_timestamp() - interval '1 minute'))
    THEN {REFUSE % "a quote was written without a journal entry"} END IF; RETURN NULL;"""


class Prices(models.Model):
    """The round in which a need asks for prices now. Nobody but who gave them reads them before ``closes_at``.

    Without ``closes_at`` it is a draft that will ask; ``opened_at``: the buyer was told that they can be read.
    A round that closed stays as an :class:`EarlierRound` once prices are asked again.
    """

    class Because(models.TextChoices):
        LIMIT = "limit", _("the estimate is above the buyer’s own limit")
        ASKED = "asked", _("the buyer asked for them")

    need = models.OneToOneField(Listing, models.PROTECT, related_name="prices")
    number = models.PositiveSmallIntegerField(default=1, db_default=1)
    because = models.CharField(max_length=5, choices=Because)
    closes_at = models.DateTimeField(_("prices by"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="closes_once",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("closes_at", "number"),
                func=ONLY_LATER,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(because__in=["limit", "asked"]), name="prices_because_is_known"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(closes_at__lte=F("opened_at")),
                name="prices_open_after_closing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"], condition=Q(opened_at=None), name="prices_to_be_opened"
            )
        ]

    def __str__(self):
        return f"{self.need} · {self.closes_at}"

    @property
    def are_open(self):
        """Whether the closing time has passed, by the database's clock."""
        return self.closes_at is not None and self.closes_at <= clock.now()


def prices_of(need):
    """The prices a need asks for, or None."""
    found = getattr(need, "prices", None)
    return found if found and found.closes_at else None


def prices_decide(match):
    """Whether the prices of its need stand between two that met and an agreement: ``sealed``, ``choose`` or ``""``.

    As long as a price can be given; then, as long as the buyer can choose one that was given.
    """
    asked = prices_of(match.need) if match.state == Match.State.INTRODUCED else None
    if asked is None:
        return ""
    if not asked.are_open:
        return "sealed"
    met = [*MET, Match.State.APPROVED]
    given = Quote.objects.for_need(match.need).filter(match__state__in=met)
    return "choose" if given.exists() else ""


class QuoteQuerySet(models.QuerySet):
    """Quotes in the domain's words."""

    def standing(self):
        """Those that can be chosen: not taken back, and of the round in which prices are asked now."""
        return self.filter(withdrawn_at=None, round=F("match__need__prices__number"))

    def opened(self):
        """Those that can be chosen and may be read by now."""
        return self.standing().filter(match__need__prices__closes_at__lte=clock.now())

    def to_choose_from(self, need):
        """Those of a need whose supplier is still in the running."""
        running = [Match.State.APPROVED, Match.State.INTRODUCED]
        return self.for_need(need).filter(match__state__in=running)

    def for_need(self, need):
        return self.standing().filter(match__need=need)

    def visible_to(self, person):
        """Who gave it, always; the buyer and the coordinators once its round has closed."""
        if not person.is_authenticated:
            return self.none()
        mine = person.memberships.vouched().values("organisation")
        opened = Q(match__need__prices__closes_at__lte=clock.now())
        opened |= Q(round__lt=F("match__need__prices__number"))
        if not person.is_staff:
            opened &= Q(match__buyer__in=mine)
        return self.filter(opened | Q(match__organisation__in=mine))


class Quote(models.Model):
    """What a supplier asks for a need. A new one takes the place of the one before, until the closing time."""

    match = models.ForeignKey(Match, models.PROTECT, related_name="quotes")
    round = models.PositiveSmallIntegerField(default=1, db_default=1)
    cents = models.BigIntegerField(_("price, excluding VAT"))
    text = models.CharField(_("what is included"), max_length=1000, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="before_closing",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("closes", "timestamptz"), ("current", "integer")],
                func=BEFORE_CLOSING,
            ),
            pgtrigger.Trigger(
                name="quote_is_journalled",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=WRITTEN_DOWN,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["match", "round"],
                condition=Q(withdrawn_at=None),
                name="quote_stands_once_a_round",
            ),
            models.CheckConstraint(
                condition=Q(cents__gt=0, cents__lte=MOST_CENTS), name="quote_in_range"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("at")),
                name="quote_withdrawn_after_it_was_given",
            ),
        ]

    def __str__(self):
        return f"{self.match}: {self.cents}"


class Choice(models.Model):
    """Why the buyer chose this one: a neutral code where prices were compared, and words that may
    become public.
    """

    class For(models.TextChoices):
        PRICE = "price", _("the price")
        FIT = "fit", _("it fits best what is asked")
        IMPACT = "impact", _("what it does for people")
        NEAR = "near", _("it is near by")
        TIMING = "timing", _("it can be there in time")
        PROOF = "proof", _("its certificates or experience")
        ONLY = "only", _("nobody else gave a price")

    match = models.OneToOneField(Match, models.PROTECT, related_name="choice")
    chosen_for = models.CharField(max_length=6, choices=For, blank=True)
    text = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    chosen_for__in=["", "price", "fit", "impact", "near", "timing", "proof", "only"]
                ),
                name="choice_code_is_known",
            )
        ]

    def __str__(self):
        return f"{self.match}: {self.chosen_for}"
