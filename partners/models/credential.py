"""Proof of what an organisation is: a certificate, register or recognition, and the days it holds.

One row is one period of one certificate. A renewal is a row of its own, so what counted on a day stays
known when the next period begins.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.files.models import StoredFile
from factory.graph import Graph, Moving
from partners.models.organisation import Organisation
from partners.models.person import Person

FIRST_REMINDER, SECOND_REMINDER = timedelta(days=90), timedelta(days=30)


class CredentialState(models.TextChoices):
    CLAIMED = "claimed", _("Waits to be checked")
    VALID = "valid", _("Checked")
    RENEWING = "renewing", _("Renewal under way")
    EXPIRED = "expired", _("Expired")
    REFUSED = "refused", _("Not taken over")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = CredentialState
COUNTED = (S.VALID, S.RENEWING, S.EXPIRED)  # on the days between first and last
GRAPH = Graph(
    "partners.credential",
    first=(S.CLAIMED,),
    edges={
        S.CLAIMED: [S.VALID, S.REFUSED, S.WITHDRAWN],
        S.REFUSED: [S.CLAIMED, S.WITHDRAWN],
        S.VALID: [S.RENEWING, S.EXPIRED, S.REFUSED],
        S.RENEWING: [S.EXPIRED, S.REFUSED],
        S.EXPIRED: [S.RENEWING],
    },
    back={S.VALID: [S.CLAIMED], S.EXPIRED: [S.VALID]},
)


class Proof(models.TextChoices):
    """What there is to show. There is no one mark that says it all."""

    CODE = "code", _("Code Sociale Ondernemingen")
    PSO = "pso", _("PSO")
    PSO30 = "pso30", _("PSO 30+")
    BCORP = "bcorp", _("B Corp")
    ANBI = "anbi", _("ANBI")
    REGIONAL = "regional", _("Regional recognition")
    SHELTERED = "sw", _("Social work company")


class Level(models.TextChoices):
    """How far up, for kinds that have steps."""

    NONE = "", ""
    ASPIRANT = "aspirant", _("aspirant")
    BASIC = "basis", _("basic step")
    ONE = "1", _("step 1")
    TWO = "2", _("step 2")
    THREE = "3", _("step 3")
    FULL = "full", _("recognised")


LEVELS = {
    Proof.CODE: (Level.ASPIRANT, Level.FULL),
    Proof.PSO: (Level.ASPIRANT, Level.BASIC, Level.ONE, Level.TWO, Level.THREE),
    Proof.PSO30: (Level.ASPIRANT, Level.FULL),
    Proof.REGIONAL: (Level.ASPIRANT, Level.FULL),
}
ENDLESS = (Proof.ANBI, Proof.SHELTERED)  # hold until somebody ends them


class CredentialQuerySet(models.QuerySet):
    """Credentials in the domain's words."""

    def visible_to(self, person):
        """Everybody sees what was checked and is not over; insiders and coordinators see all."""
        if person.is_authenticated and person.is_staff:
            return self
        public = Q(state__in=[S.VALID, S.RENEWING], organisation__state="active")
        return self.filter(public | Q(organisation__in=_organisations_of(person)))

    def files_open_to(self, person):
        """The certificate itself is for the organisation and the coordinators alone."""
        if person.is_authenticated and person.is_staff:
            return self
        return self.filter(organisation__in=_organisations_of(person))

    def valid_on(self, day):
        """What counted on ``day``: checked, and within its days. A renewal under way adds no day."""
        held = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(held, state__in=COUNTED, valid_from__lte=day)

    def held_on(self, day):
        """What counted on ``day`` as the thing itself: an aspirant is on the way to it, and does not hold it."""
        return self.valid_on(day).exclude(level=Level.ASPIRANT)

    def to_check(self):
        return self.filter(state=S.CLAIMED)

    def renewed(self):
        """Those after which another period was checked."""
        return self.filter(renewals__state=S.VALID)


def _organisations_of(person):
    if not person.is_authenticated:
        return []
    return person.memberships.confirmed().values("organisation")


class Credential(Moving):
    """One period of one certificate of an organisation."""

    State, Proof, Level = CredentialState, Proof, Level

    graph = GRAPH
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="credentials", verbose_name=_("organisation")
    )
    proof = models.CharField(_("recognition"), max_length=10, choices=Proof)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    issuer = models.CharField(_("issuer"), max_length=120, blank=True)
    number = models.CharField(_("certificate number"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    evidence = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )
    register_url = models.URLField(_("in a public register"), blank=True)
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    renewal_since = models.DateField(null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    checked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("looked at on"), null=True, blank=True)
    created_at = models.DateTimeField(_("sent in"), default=clock.now)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        triggers = GRAPH.triggers()
        constraints = [
            GRAPH.check(CredentialState),
            models.CheckConstraint(
                condition=Q(proof__in=[str(proof) for proof in Proof]),
                name="credential_proof_is_known",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[str(level) for level in Level]),
                name="credential_level_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in COUNTED])
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="credential_counts_once_checked",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="credential_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False) | Q(proof__in=[str(p) for p in ENDLESS]),
                name="credential_has_a_last_day",
            ),
            models.UniqueConstraint(
                fields=["organisation", "proof"],
                condition=Q(state="claimed"),
                name="credential_claimed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="credential_of_organisation"),
            models.Index(fields=["state", "valid_until"], name="credential_running_out"),
            models.Index(
                fields=["remind_on"], condition=Q(state="valid"), name="credential_to_remind"
            ),
        ]

    def __str__(self):
        words = self.get_proof_display()
        return f"{words}, {self.get_level_display()}" if self.level else str(words)

    def get_absolute_url(self):
        return reverse("partners:credential", args=[self.pk])

    @property
    def is_endless(self):
        return self.valid_until is None

    def days_left(self, today):
        """How many days it still holds; None if it has no last day."""
        return None if self.is_endless else (self.valid_until - today).days

    def next_reminder(self):
        """The day of the next reminder after today, or None."""
        days = (self.valid_until - d for d in (FIRST_REMINDER, SECOND_REMINDER) if self.valid_until)
        return min((day for day in days if day > clock.today()), default=None)
