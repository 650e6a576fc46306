"""Needs and offers: equals on one board."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import MOST_CENTS
from factory.graph import Moving
from factory.meaning.language import before_it_says, language_of
from market.models.asking import asked_proofs, only_needs_ask_for_known_proofs
from market.models.listing_states import GRAPH, ListingState
from partners.models import Organisation, Person, Region, Sector, Theme
from partners.models.merging import points_at_nobody_merged
from partners.models.organisation import slug_for

NOT_YET = {"null": True, "blank": True, "editable": False}
REACH = ["organisation", "region", "nationwide", "reach_km"]

S = ListingState


class ListingQuerySet(models.QuerySet):
    """Listings in the domain's words."""

    def live(self):
        return self.filter(state=S.LIVE)

    def paused(self):
        return self.filter(state=S.PAUSED)

    def needs(self):
        return self.filter(kind=Listing.Kind.NEED)

    def offers(self):
        return self.filter(kind=Listing.Kind.OFFER)

    def to_search_for(self):
        """Live needs for which nobody has looked for suppliers yet, the longest waiting first."""
        return self.live().needs().filter(searched_at=None).order_by("live_at")

    def for_page(self):
        """With the ``theme_names`` in the reader's language, and the moment at which it was ``fetched_at``."""
        name = f"name_{'en' if get_language() == 'en' else 'nl'}"
        themes = Theme.objects.filter(listings=OuterRef("pk")).values(name)
        return self.annotate(theme_names=ArraySubquery(themes), fetched_at=clock.THIS_INSTANT)

    def public(self):
        """On the market, of an organisation in good standing."""
        return self.live().filter(organisation__state=Organisation.State.ACTIVE)

    def visible_to(self, person):
        """Everybody sees what is on the market; members also their own; parties what they share.

        Who only claims a name sees what they write themselves, and nothing of whoever had it before.
        """
        if not person.is_authenticated:
            return self.public()
        if person.is_staff:
            return self
        claimed = person.memberships.confirmed().values("organisation")
        mine = person.memberships.vouched().values("organisation")
        return self.filter(
            Q(state=S.LIVE, organisation__state=Organisation.State.ACTIVE)
            | Q(organisation__in=mine)
            | Q(organisation__in=claimed, state=S.DRAFT)
            | Q(pk__in=self._shared_with(mine))
        )

    def _shared_with(self, mine):
        matches = self.model._meta.get_field("matches").related_model
        return matches.objects.shown_to_suppliers().filter(organisation__in=mine).values("need")


class Listing(Moving):
    """A need or an offer on the Social Impact Market."""

    State = ListingState

    class Kind(models.TextChoices):
        NEED = "need", _("Need")
        OFFER = "offer", _("Offer")

    class Unit(models.TextChoices):
        ONCE = "once", _("once")
        WEEK = "week", _("a week")
        MONTH = "month", _("a month")
        YEAR = "year", _("a year")

    graph = GRAPH
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="listings", verbose_name=_("organisation")
    )
    contact = models.ForeignKey(
        Person, models.PROTECT, related_name="listings", verbose_name=_("contact person")
    )
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    text = models.TextField(_("description"), max_length=5000, blank=True)
    language = models.CharField(max_length=2, default="nl")
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="listings", verbose_name=_("sector")
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="listings", verbose_name=_("themes")
    )
    asked_proofs = asked_proofs()
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="listings", verbose_name=_("municipality")
    )
    province = models.ForeignKey(
        Region, models.PROTECT, related_name="+", editable=False, verbose_name=_("province")
    )
    nationwide = models.BooleanField(_("anywhere in the Netherlands"), default=False)
    reach_km = models.PositiveSmallIntegerField(_("delivers within (km)"), null=True, blank=True)
    value_cents = models.BigIntegerField(_("about how much, excluding VAT"), null=True, blank=True)
    unit = models.CharField(_("how often"), max_length=5, choices=Unit, default=Unit.ONCE)
    needed_by_date = models.DateField(_("needed on"), null=True, blank=True)
    ask_me_first = models.BooleanField(_("ask me before you share my name"), default=False)
    # Who wants to be asked first keeps the name back too, so that one column says it all.
    hides_name = models.BooleanField(
        _("hide who we are until the introduction"), default=False, db_default=False
    )
    several = models.BooleanField(_("more than one supplier is welcome"), default=False)
    repeats = models.ForeignKey(
        "market.Match",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,  # nobody asks which listings repeat a match
    )
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    taken_down_because = models.CharField(
        _("taken down because"), max_length=1000, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("written down"), default=clock.now, editable=False)
    live_at = models.DateTimeField(_("on the market since"), **NOT_YET)
    expires_at = models.DateTimeField(_("on the market until"), **NOT_YET)
    reminded_at = models.DateTimeField(**NOT_YET)
    paused_at = models.DateTimeField(**NOT_YET)
    paused_until = models.DateField(_("paused until"), **NOT_YET)
    searched_at = models.DateTimeField(_("suppliers looked for"), **NOT_YET)
    searched_version = models.PositiveIntegerField(**NOT_YET)
    read_at = models.DateTimeField(**NOT_YET)
    chosen_anew = False  # while its shortlist is weighed beside the others
    search_nl = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="dutch")
        + SearchVector("text", weight="B", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    search_en = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("text", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        triggers = [*GRAPH.triggers(), points_at_nobody_merged()]
        constraints = [
            GRAPH.check(ListingState),
            models.CheckConstraint(
                condition=Q(kind__in=["need", "offer"]), name="listing_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(value_cents=None) | Q(value_cents__gt=0, value_cents__lte=MOST_CENTS),
                name="listing_value_in_range",
            ),
            models.CheckConstraint(
                condition=~Q(state="live") | Q(expires_at__isnull=False),
                name="listing_live_expires",
            ),
            models.CheckConstraint(
                condition=~Q(state="paused")
                | Q(paused_at__isnull=False, paused_until__isnull=False, expires_at__isnull=False),
                name="listing_paused_returns",
            ),
            models.CheckConstraint(
                condition=Q(ask_me_first=False) | Q(hides_name=True),
                name="listing_asked_first_is_hidden",
            ),
            only_needs_ask_for_known_proofs(),
            models.UniqueConstraint(
                fields=["id", "organisation"], name="listing_belongs_to_organisation"
            ),
        ]
        indexes = [
            GinIndex(fields=["search_nl"], name="listing_search_nl"),
            GinIndex(fields=["search_en"], name="listing_search_en"),
            GinIndex(OpClass(Upper("title"), "gin_trgm_ops"), name="listing_title_trgm"),
            models.Index(
                F("live_at").desc(),
                F("id").desc(),
                condition=Q(state="live"),
                name="listing_newest",
            ),
            models.Index(
                fields=["kind", "sector", "province"],
                # The board counts from this index alone, also round a place.
                include=["organisation", "region", "hides_name", "nationwide", "reach_km"],
                condition=Q(state="live"),
                name="listing_counted",
            ),
            models.Index(
                fields=["sector", "-live_at"],
                # Who can answer a need is found in this index alone.
                include=["id", "province", "value_cents", *REACH],
                condition=Q(state="live", kind="offer"),
                name="listing_answering",
            ),
            models.Index(
                fields=["live_at"],
                condition=Q(state="live", kind="need", searched_at=None),
                name="listing_to_search_for",
            ),
            models.Index(
                fields=["kind", "id"],
                condition=Q(state="live", read_at=None),
                name="listing_to_read",
            ),
            models.Index(fields=["expires_at"], condition=Q(state="live"), name="listing_expiring"),
            models.Index(
                fields=["needed_by_date"],
                condition=Q(state="live", kind="need", needed_by_date__isnull=False),
                name="listing_due",
            ),
            models.Index(
                fields=["paused_until"], condition=Q(state="paused"), name="listing_returning"
            ),
            models.Index(fields=["organisation", "state"], name="listing_of_organisation"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("market:listing", args=[self.slug])

    def fill(self, **facts):
        """Take over what was said, and derive its language, the province and the address of the page.

        Who hides their name later gets a new address, as the old one may have led to it.
        """
        was_hidden = self.hides_name
        self.version, self.read_at = self.version + 1, None
        for name, value in facts.items():
            if name != "themes":
                setattr(self, name, value)
        self.language = language_of(f"{self.title}. {self.text}", before_it_says(self))
        self.province = self.region.province or self.region
        self.hides_name = self.hides_name or self.ask_me_first
        if not self.slug or self.hides_name > was_hidden:
            self.slug = slug_for(type(self), self.title)

    def relate(self, *, themes=(), **_rest):
        """Take over the themes, once this row is there."""
        self.themes.set(themes)

    @property
    def is_need(self):
        return self.kind == self.Kind.NEED

    @property
    def days_until_needed(self):
        """Days until it is needed, or None."""
        return (self.needed_by_date - clock.today()).days if self.needed_by_date else None
