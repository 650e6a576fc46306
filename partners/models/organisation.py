"""Organisations: who they are, where they are, and how far the Factory knows them."""

import re
from urllib.parse import urlsplit

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField, TrigramSimilarity
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.meaning.language import before_it_says, language_of
from partners.models.as_listed import Listed
from partners.models.kvk_number import KEEPS_NUMBERS, KvkNumber
from partners.models.mail_domain import MailDomain
from partners.models.merging import leaves_nothing_behind
from partners.models.number_rules import RULES
from partners.models.region import Region
from partners.models.standing import GRAPH, PUBLIC, Form, Kind, OrganisationState, slug_for

ALIKE = 0.6  # trigram similarity (0 to 1) from which two names may be one organisation
S = OrganisationState


class OrganisationQuerySet(models.QuerySet):
    """Organisations in the domain's words."""

    def active(self):
        return self.filter(state=S.ACTIVE)

    def listed(self):
        return self.filter(state=S.LISTED)

    def only_listed(self):
        """Those of which everybody sees the name and nothing else: nobody has joined and been checked."""
        waits = Q(state__in=[S.APPLIED, S.IN_CHECK], listed_at__isnull=False)
        return self.filter(Q(state=S.LISTED) | waits)

    def visible_to(self, person):
        """The public sees who is active and who is listed; members also their own; coordinators all."""
        if person.is_authenticated and person.is_staff:
            return self
        if not person.is_authenticated:
            return self.filter(PUBLIC)
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(PUBLIC | Q(pk__in=mine))

    def of(self, person):
        """The organisations this person belongs to."""
        return self.filter(memberships__person=person, memberships__confirmed_at__isnull=False)

    def to_check(self):
        return self.filter(state__in=[S.APPLIED, S.IN_CHECK])

    def standing(self):
        """Whoever has not left, and is not here under another name."""
        return self.exclude(state__in=[S.LEFT, S.MERGED])

    def instead_of(self, slug):
        """Who is found now under an address that was of somebody else before they became one."""
        return self.filter(merged__slug=slug)

    def with_words(self, *kinds):
        """With ``sector_names``, ``theme_names``, ``goal_names`` or ``area_names`` in the reader's
        language, in the query that fetches: ``with_words("sector", "goal")``.
        """
        return self.annotate(**{f"{kind}_names": _names(kind) for kind in kinds})

    def for_page(self, person):
        """With the ``other_numbers``, ``fetched_at``, and whether this person ``has_mail_there`` and joins at once."""
        numbers = KvkNumber.objects.others().filter(organisation=OuterRef("pk"))
        told = {"other_numbers": ArraySubquery(numbers), "fetched_at": clock.THIS_INSTANT}
        found = self.annotate(**told)
        if not person.is_authenticated:
            return found
        domains = MailDomain.objects.of(person).filter(organisation=OuterRef("pk"))
        return found.annotate(has_mail_there=Exists(domains))

    def like(self, *, name="", kvk="", website=""):
        """Those that may be the same: by number, by web address, or by a name; most alike first."""
        same = Q(pk__in=KvkNumber.objects.filter(number=kvk).values("organisation"))
        if host := host_of(website):
            same |= Q(website__iregex=rf"^https?://(www\.)?{re.escape(host)}(/|$)")
        if name:
            same |= Q(upper_name__trigram_similar=name.upper(), likeness__gte=ALIKE)
        found = self.standing().alias(upper_name=Upper("name"))
        found = found.annotate(likeness=TrigramSimilarity("upper_name", name.upper())).filter(same)
        return found.order_by("-likeness", "pk")


def host_of(website):
    """``broodnodig.example`` of ``https://www.broodnodig.example/over-ons``."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def _names(kind):
    """The names behind a many-to-many of an organisation, in order, as an array."""
    if kind == "area":
        rows = Region.objects.filter(workers=OuterRef("pk")).order_by("name").values("name")
    else:
        field = f"name_{'en' if get_language() == 'en' else 'nl'}"
        model = Organisation._meta.get_field(f"{kind}s").related_model
        rows = model.objects.filter(organisations=OuterRef("pk")).values(field)
    return ArraySubquery(rows)


class Organisation(Listed):
    """A partner: social enterprise, business, government, funder, knowledge institution or network."""

    State = OrganisationState

    Kind = Kind

    Form = Form

    SHAPES = {
        Kind.ENTERPRISE: "sociaal",
        Kind.INITIATIVE: "buurt",
        Kind.BUSINESS: "bedrijf",
        Kind.MUNICIPALITY: "overheid",
        Kind.PROVINCE: "overheid",
        Kind.PUBLIC: "overheid",
        Kind.FUNDER: "fonds",
        Kind.KNOWLEDGE: "kennis",
        Kind.NETWORK: "kennis",
    }

    graph = GRAPH
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=12, choices=Form, blank=True)
    kvk = models.CharField(_("KvK number"), max_length=8, blank=True)
    rsin = models.CharField(_("RSIN"), max_length=9, blank=True)
    vat = models.CharField(_("VAT number"), max_length=14, blank=True)
    oin = models.CharField(_("OIN"), max_length=20, blank=True)
    mission = models.CharField(_("mission"), max_length=280, blank=True)
    description = models.TextField(_("what we do"), max_length=5000, blank=True)
    language = models.CharField(max_length=2, default="nl")
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("general e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    invoices = models.CharField(
        _("invoice address"), max_length=200, blank=True, db_default="", default=""
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="organisations", verbose_name=_("municipality")
    )
    province = models.ForeignKey(
        Region, models.PROTECT, related_name="+", editable=False, verbose_name=_("province")
    )
    works_in = models.ManyToManyField(
        Region, blank=True, related_name="workers", verbose_name=_("works in")
    )
    sectors = models.ManyToManyField(
        "partners.Sector", blank=True, related_name="organisations", verbose_name=_("sectors")
    )
    themes = models.ManyToManyField(
        "partners.Theme", blank=True, related_name="organisations", verbose_name=_("themes")
    )
    goals = models.ManyToManyField(
        "partners.Goal", blank=True, related_name="organisations", verbose_name=_("goals")
    )
    size = models.PositiveIntegerField(_("people at work"), null=True, blank=True)
    created_at = models.DateTimeField(_("applied"), default=clock.now, editable=False)
    active_since = models.DateField(_("partner since"), null=True, blank=True, editable=False)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        editable=False,
        db_index=False,  # found from the side of who was merged, by its address
    )
    search = models.GeneratedField(
        expression=SearchVector("name", weight="A", config="simple")
        + SearchVector("mission", "description", weight="B", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        triggers = [
            *GRAPH.triggers(),
            KEEPS_NUMBERS,
            leaves_nothing_behind(
                ("partners_membership", "organisation_id"),
                ("partners_purchaselimit", "organisation_id"),
            ),
        ]
        constraints = [
            GRAPH.check(OrganisationState),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in Kind]),
                name="organisation_kind_is_known",
            ),
            models.UniqueConstraint(
                fields=["kvk"],
                condition=~Q(kvk="") & ~Q(state="left"),
                name="organisation_kvk_once",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                & ~Q(merged_into=models.F("id"))
                | ~Q(state="merged") & Q(merged_into=None),
                name="organisation_merged_into_somebody",
            ),
            *RULES,
        ]
        indexes = [
            GinIndex(fields=["search"], name="organisation_search"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="organisation_name_trgm"),
            models.Index(fields=["state", "kind", "name"], name="organisation_listed"),
            models.Index(fields=["state", "province"], name="organisation_by_province"),
            models.Index(
                fields=["kind", "province", "id"],
                condition=Q(state="active"),
                name="organisation_facets",
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=["applied", "in_check"]),
                name="organisation_to_check",
            ),
            models.Index(
                fields=["id"],
                condition=Q(state="active", read_at=None),
                name="organisation_to_read",
            ),
            models.Index(
                fields=["active_since"], condition=Q(state="active"), name="organisation_new"
            ),
            models.Index(
                fields=["name", "id"], condition=Q(state="active"), name="organisation_by_name"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partners:organisation", args=[self.slug])

    def fill(self, **facts):
        """Take over what was said, and derive its language, the province and the address of the page."""
        many = {field.name for field in self._meta.many_to_many}
        for name, value in facts.items():
            if name not in many:
                setattr(self, name, value)
        said = f"{self.mission} {self.description}"
        self.language = language_of(said, before_it_says(self))
        self.read_at = None
        self.province = self.region.province or self.region
        self.slug = self.slug or slug_for(type(self), self.name)

    def relate(self, **facts):
        """Take over what points at other rows, once this row is there."""
        for field in self._meta.many_to_many:
            if field.name in facts:
                getattr(self, field.name).set(facts[field.name])

    @property
    def sector_shape(self):
        """The shape that stands for this kind of party (look: one shape a sector)."""
        return self.SHAPES[self.kind]

    @property
    def is_public_body(self):
        return self.sector_shape == "overheid"

    @property
    def is_only_listed(self):
        """Whether the public sees the name and nothing else: nobody has joined and been checked."""
        waits = self.state in (self.State.APPLIED, self.State.IN_CHECK)
        return self.state == self.State.LISTED or (waits and self.listed_at is not None)

    def purchase_limit(self, day=None):
        """The dated limit up to which this buyer may order one-to-one, or None."""
        day = day or clock.today()
        rows = self.purchase_limits.filter(Q(valid_to=None) | Q(valid_to__gte=day))
        return rows.filter(valid_from__lte=day).order_by("-valid_from").first()
