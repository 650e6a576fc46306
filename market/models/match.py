"""A match joins a need and the organisation that can meet it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import MOST_CENTS
from factory.graph import Graph, Moving
from market.models.again import NOT_SUGGESTED_AGAIN
from market.models.held import AGREED_WAITS_FOR_A_SIDE, PRICES_DECIDE, REALISED_IS_NOTED
from market.models.listing import Listing
from market.models.reasons import Reason
from partners.models import Organisation, Person
from partners.models.merging import points_at_nobody_merged


class MatchState(models.TextChoices):
    SUGGESTED = "suggested", _("Suggested")
    DISMISSED = "dismissed", _("Dismissed")
    APPROVED = "approved", _("Asked")
    INTRODUCED = "introduced", _("Introduced")
    AGREED = "agreed", _("Agreed")
    COMPLETED = "completed", _("Completed")
    DISPUTED = "disputed", _("Amounts differ")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")
    CANCELLED = "cancelled", _("Cancelled")


S = MatchState
OPEN = (S.SUGGESTED, S.APPROVED, S.INTRODUCED, S.AGREED, S.DISPUTED)
ENDED = (S.DISMISSED, S.DECLINED, S.LAPSED, S.CANCELLED)
MET = (S.INTRODUCED, S.AGREED, S.DISPUTED, S.COMPLETED)
GRAPH = Graph(
    "market.match",
    first=(S.SUGGESTED,),
    edges={
        S.SUGGESTED: [S.APPROVED, S.DISMISSED, S.LAPSED],
        S.DISMISSED: [S.SUGGESTED],
        S.APPROVED: [S.INTRODUCED, S.DECLINED, S.LAPSED],
        S.INTRODUCED: [S.AGREED, S.COMPLETED, S.DISPUTED, S.DECLINED, S.LAPSED, S.CANCELLED],
        S.AGREED: [S.INTRODUCED, S.COMPLETED, S.DISPUTED, S.CANCELLED],
        S.DISPUTED: [S.COMPLETED, S.CANCELLED],
        S.DECLINED: [S.APPROVED, S.INTRODUCED],
        S.LAPSED: [S.APPROVED, S.INTRODUCED],
    },
    back={
        S.APPROVED: [S.SUGGESTED],
        S.LAPSED: [S.SUGGESTED],
        S.CANCELLED: [S.INTRODUCED, S.AGREED, S.DISPUTED],
    },
)


class MatchQuerySet(models.QuerySet):
    """Matches in the domain's words."""

    def open(self):
        return self.filter(state__in=OPEN)

    def completed(self):
        return self.filter(state=S.COMPLETED)

    def shown_to_suppliers(self):
        """What the supplier's side may know of: everything but suggestions and dismissals."""
        return self.exclude(state__in=[S.SUGGESTED, S.DISMISSED])

    def visible_to(self, person):
        """The two parties and the coordinators; a supplier only once it was approved."""
        if not person.is_authenticated:
            return self.none()
        if person.is_staff:
            return self
        mine = person.memberships.vouched().values("organisation")
        supplier = Q(organisation__in=mine) & ~Q(state__in=[S.SUGGESTED, S.DISMISSED])
        return self.filter(supplier | Q(buyer__in=mine) & ~Q(state=S.DISMISSED))

    def with_parties(self):
        return self.select_related(
            "need__region",
            "need__province",
            "organisation__region",
            "buyer__region",
            "buyer__province",
            "offer",
            "need__prices",
        )


class Match(Moving):
    """A need, an organisation that can meet it, and how far they got."""

    State = MatchState
    Reason = Reason

    graph = GRAPH
    need = models.ForeignKey(
        Listing, models.PROTECT, related_name="matches", verbose_name=_("need")
    )
    buyer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="bought", editable=False, verbose_name=_("buyer")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="supplied", verbose_name=_("supplier")
    )
    offer = models.ForeignKey(
        Listing,
        models.PROTECT,
        related_name="answered",
        null=True,
        blank=True,
        verbose_name=_("offer"),
    )
    reasons = models.JSONField(default=list, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    buyer_agreed_at = models.DateTimeField(_("the buyer said yes"), null=True, blank=True)
    supplier_agreed_at = models.DateTimeField(_("the supplier said yes"), null=True, blank=True)
    introduced_at = models.DateTimeField(_("introduced on"), null=True, blank=True)
    agreed_cents = models.BigIntegerField(null=True, blank=True)
    agreed_waits_for = models.CharField(max_length=8, blank=True, default="", db_default="")
    buyer_cents = models.BigIntegerField(null=True, blank=True)
    supplier_cents = models.BigIntegerField(null=True, blank=True)
    # The coordinator who noted this side's amount by phone; empty where the side did so itself.
    buyer_phoned_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    supplier_phoned_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    realised_cents = models.BigIntegerField(null=True, blank=True)
    buyer_corrects_cents = models.BigIntegerField(null=True, blank=True)
    supplier_corrects_cents = models.BigIntegerField(null=True, blank=True)
    completed_at = models.DateTimeField(_("completed on"), null=True, blank=True)
    nudges = models.PositiveSmallIntegerField(default=0)
    nudge_at = models.DateTimeField(_("reminder on"), null=True, blank=True)
    second_nudge_at = models.DateTimeField(null=True, blank=True)
    call_at = models.DateTimeField(_("to be called on"), null=True, blank=True)
    lapse_at = models.DateTimeField(_("lapses on"), null=True, blank=True)
    created_at = models.DateTimeField(_("suggested on"), default=clock.now, editable=False)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        triggers = [
            *GRAPH.triggers(),
            REALISED_IS_NOTED,
            PRICES_DECIDE,
            NOT_SUGGESTED_AGAIN,
            points_at_nobody_merged(),
        ]
        constraints = [
            GRAPH.check(MatchState),
            models.UniqueConstraint(
                fields=["need", "organisation"],
                condition=Q(state__in=[str(s) for s in OPEN]),
                name="match_one_open_per_need_and_organisation",
            ),
            models.CheckConstraint(  # one that came to nothing may be between two that became one
                condition=~Q(buyer=F("organisation")) | Q(state__in=[str(s) for s in ENDED]),
                name="match_is_between_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed")
                | Q(
                    realised_cents__isnull=False,
                    buyer_cents=F("realised_cents"),
                    supplier_cents=F("realised_cents"),
                ),
                name="match_counts_only_equal_confirmed_values",
            ),
            models.CheckConstraint(
                condition=Q(state="completed") | Q(realised_cents=None),
                name="match_realised_only_when_completed",
            ),
            AGREED_WAITS_FOR_A_SIDE,
            models.CheckConstraint(
                condition=Q(buyer_phoned_by=None) | Q(supplier_phoned_by=None),
                name="match_one_amount_by_phone_at_most",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None})
                    | Q(**{f"{name}__gt": 0, f"{name}__lte": MOST_CENTS}),
                    name=f"match_{name}_in_range",
                )
                for name in (
                    "agreed_cents",
                    "buyer_cents",
                    "supplier_cents",
                    "realised_cents",
                    "buyer_corrects_cents",
                    "supplier_corrects_cents",
                )
            ),
            models.CheckConstraint(
                condition=Q(state="completed")
                | Q(buyer_corrects_cents=None, supplier_corrects_cents=None),
                name="match_corrected_only_when_completed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["introduced", "agreed", "disputed", "completed"])
                | Q(buyer_agreed_at__isnull=False, supplier_agreed_at__isnull=False),
                name="match_introduced_after_both_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dismissed", "declined", "lapsed", "cancelled"])
                | ~Q(reason=""),
                name="match_ends_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "created_at"], name="match_queue"),
            models.Index(fields=["organisation", "state"], name="match_of_supplier"),
            models.Index(fields=["buyer", "state"], name="match_of_buyer"),
            models.Index(fields=["lapse_at"], condition=Q(state="approved"), name="match_lapsing"),
            models.Index(fields=["call_at"], condition=Q(state="approved"), name="match_to_call"),
            models.Index(
                fields=["state", "introduced_at"],
                condition=Q(state__in=["introduced", "agreed", "disputed"]),
                name="match_under_way",
            ),
            models.Index(
                fields=["completed_at"], condition=Q(state="completed"), name="match_completed"
            ),
        ]

    def __str__(self):
        return f"{self.need} · {self.organisation}"

    def get_absolute_url(self):
        return reverse("market:match", args=[self.pk])

    def locks_first(self):
        return (Listing.objects.filter(pk=self.need_id),)

    @property
    def language(self):
        """The language of the words people typed: those of the need."""
        return self.need.language

    @property
    def both_agreed(self):
        return bool(self.buyer_agreed_at and self.supplier_agreed_at)

    @property
    def has_met(self):
        """Whether both sides know each other's names."""
        return self.state in MET

    @property
    def were_introduced(self):
        """Whether they ever heard each other's names, however it ended."""
        return self.has_met or self.introduced_at is not None

    @property
    def value_at_stake_cents(self):
        """What is agreed, else the higher of estimate and price; a price only once it may be read by the other side."""
        price = self.quotes.opened().first()
        return self.agreed_cents or max(price.cents if price else 0, self.need.value_cents or 0)

    def note_agreed(self, side, cents):
        """What a side says they agreed; the other says that it is right by noting the same."""
        known = cents == self.agreed_cents and self.agreed_waits_for in ("", side)
        self.agreed_cents = cents
        self.agreed_waits_for = "" if known else {"buyer": "supplier"}.get(side, "buyer")

    def note_amount(self, side, cents, *, phoned_by=None):
        """What a side says it was; ``phoned_by``: the coordinator whom it was told."""
        setattr(self, f"{side}_cents", cents)
        setattr(self, f"{side}_phoned_by", phoned_by)

    def side_of(self, person):
        """``buyer``, ``supplier`` or ``""``: for whom this person decides here."""
        mine = person.decides_for()
        buys = "buyer" if self.buyer_id in mine else ""
        return "supplier" if self.organisation_id in mine else buys
