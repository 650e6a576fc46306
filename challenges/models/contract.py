"""What the owner and a winner agree on: milestones with payments, what is measured, and how it goes."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models import invariants_of_contracts as invariants
from challenges.models.award import Award
from challenges.models.challenge import Challenge
from challenges.models.entry import Entry
from challenges.models.states import CONTRACT, ContractState
from factory import clock
from factory.fields import MOST_CENTS
from factory.graph import Moving
from partners.models import Organisation, Person
from partners.models.merging import points_at_nobody_merged

S = ContractState
SIDES = ("owner", "winner")


class ContractQuerySet(models.QuerySet):
    """Contracts in the domain's words."""

    def open(self):
        return self.filter(state__in=[S.DRAFT, S.SIGNED])

    def visible_to(self, person):
        """The two sides and the coordinators."""
        if not person.is_authenticated:
            return self.none()
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(Q(organisation__in=mine) | Q(challenge__organisation__in=mine))


class Contract(Moving):
    """An award turned into work: who does what by when, for what, and what is measured."""

    State = ContractState

    graph = CONTRACT
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="contracts")
    award = models.ForeignKey(Award, models.PROTECT, related_name="contracts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contracts")
    number = models.CharField(_("reference"), max_length=60, blank=True)
    starts_date = models.DateField(_("starts"), null=True, blank=True)
    ends_date = models.DateField(_("ends"), null=True, blank=True)
    terms = models.TextField(_("what was agreed"), max_length=4000, blank=True)
    signed_date = models.DateField(_("signed"), null=True, blank=True)
    asked_month = models.DateField(null=True, editable=False)  # the last month that was asked after
    reason = models.TextField(max_length=2000, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        triggers = [
            *CONTRACT.triggers(),
            points_at_nobody_merged(),
            invariants.OF_AN_AWARD_THAT_STANDS,
            invariants.CONTRACT_AS_SIGNED,
        ]
        constraints = [
            CONTRACT.check(ContractState),
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(state__in=["draft", "signed", "completed"]),
                name="contract_one_an_award",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "ended"])
                | Q(signed_date__isnull=False, starts_date__isnull=False, ends_date__isnull=False),
                name="contract_signed_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(ends_date=None)
                | Q(starts_date=None)
                | Q(ends_date__gte=F("starts_date")),
                name="contract_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(reason=""), name="contract_ended_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_month"], name="contract_to_ask")]

    def __str__(self):
        return f"{self.challenge} · {self.organisation}"

    def get_absolute_url(self):
        return reverse("challenges:contract", args=[self.pk])

    @property
    def language(self):
        """The language of what was typed: that of the challenge."""
        return self.challenge.language

    def locks_first(self):
        return (
            Challenge.objects.filter(pk=self.challenge_id),
            Entry.objects.filter(awards=self.award_id),
            Award.objects.filter(pk=self.award_id),
        )

    def side_of(self, person):
        """``owner``, ``winner`` or ``""``: for whom this person decides here."""
        mine = person.decides_for()
        if self.challenge.organisation_id in mine:
            return "owner"
        return "winner" if self.organisation_id in mine else ""


class Milestone(models.Model):
    """A step of the work, with what is paid for it."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=140)
    due_date = models.DateField(_("due"))
    cents = models.BigIntegerField(_("payment"))
    delivered_at = models.DateTimeField(null=True, blank=True, editable=False)
    told = models.TextField(_("what was done"), max_length=2000, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+"
    )
    paid_date = models.DateField(_("paid on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_date", "pk"]
        triggers = [
            invariants.WITHIN_THE_AWARD,
            invariants.PAID_IS_IN_THE_LEDGER,
            invariants.MILESTONE_AS_SIGNED,
            invariants.MILESTONE_GOES_ON,
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cents__gte=0, cents__lte=MOST_CENTS), name="milestone_amount_in_range"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None)
                | Q(delivered_at__isnull=False, accepted_by__isnull=False),
                name="milestone_accepted_after_delivery",
            ),
            models.CheckConstraint(
                condition=Q(paid_date=None) | Q(accepted_at__isnull=False),
                name="milestone_paid_after_acceptance",
            ),
        ]

    def __str__(self):
        return self.title


class Indicator(models.Model):
    """What is measured: how it was, what is hoped for, and what came out."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="indicators")
    title = models.CharField(_("what is measured"), max_length=140)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(_("at the start"), max_digits=14, decimal_places=2)
    target = models.DecimalField(_("hoped for"), max_digits=14, decimal_places=2)
    actual = models.DecimalField(
        _("came out"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    measured_date = models.DateField(_("measured on"), null=True, blank=True)
    source = models.CharField(_("who measured"), max_length=140, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["pk"]
        triggers = [invariants.INDICATOR_AS_SIGNED]
        constraints = [
            models.CheckConstraint(
                condition=Q(actual=None) | Q(measured_date__isnull=False),
                name="indicator_measured_on_a_day",
            )
        ]

    def __str__(self):
        return self.title


class CheckIn(models.Model):
    """One side's minute of a month: how it goes, and whether both still mean the same."""

    class Going(models.TextChoices):
        WELL = "well", _("well")
        SLOWLY = "slowly", _("slowly")
        STUCK = "stuck", _("it is stuck")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="check_ins")
    month = models.DateField()  # its first day
    side = models.CharField(max_length=6)
    going = models.CharField(_("how does it go?"), max_length=6, choices=Going)
    same = models.BooleanField(_("we still mean the same"), default=True)
    told = models.CharField(_("in one line"), max_length=280, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-month", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "month", "side"], name="check_in_once_a_month"
            ),
            models.CheckConstraint(condition=Q(side__in=SIDES), name="check_in_side_is_known"),
            models.CheckConstraint(
                condition=Q(going__in=["well", "slowly", "stuck"]), name="check_in_going_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.side}"


class Issue(models.Model):
    """Something that stands in the way, until it is solved."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="issues")
    text = models.TextField(_("what stands in the way?"), max_length=2000)
    side = models.CharField(max_length=6)
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=clock.now)
    solved_at = models.DateTimeField(null=True, blank=True)
    solution = models.TextField(_("how it was solved"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["solved_at", "-raised_at"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=SIDES), name="issue_side_is_known"),
            models.CheckConstraint(
                condition=Q(solved_at=None) | ~Q(solution=""), name="issue_solved_says_how"
            ),
        ]

    def __str__(self):
        return self.text[:60]
