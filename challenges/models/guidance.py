"""What a buyer answered to the guide of instruments, and what it proposed; and limits of their own house."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models import guards
from challenges.models.challenge import Challenge
from challenges.models.instrument import Instrument
from factory import clock
from factory.fields import MOST_CENTS
from partners.models import Organisation, Person
from partners.models.merging import points_at_nobody_merged


class GuidanceQuerySet(models.QuerySet):
    """Walks through the guide in the domain's words."""

    def visible_to(self, person):
        """For the organisations whose challenge it is, and the coordinators."""
        return self.filter(challenge__in=Challenge.objects.in_the_house_of(person))

    def last_of(self, challenge):
        """The latest walk for this challenge, with its names; or None."""
        found = self.select_related("by", "proposal").filter(challenge=challenge).first()
        if found:
            found.challenge = challenge
        return found


class Guidance(models.Model):
    """One walk through the guide: answers, proposal and the norms used. For the file, so it stays as it was."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="guidances")
    answers = models.JSONField()  # {question: answer}, codes and amounts in cents
    norms = models.JSONField()  # {code: {"value", "unit", "from", "to", "source", "url"}}
    reasons = models.JSONField()  # codes, in the order in which they were reached
    lawyer = models.JSONField()  # codes of what a lawyer must look at
    proposal = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("advice on the instrument")
        verbose_name_plural = _("advice on the instrument")
        ordering = ["-at", "-pk"]
        triggers = guards.kept_for_ever("by")

    def __str__(self):
        return f"{self.challenge}: {self.proposal_id}"


class LocalLimitQuerySet(models.QuerySet):
    """Limits in the domain's words."""

    def on(self, day):
        """The one that holds on a day; None if none does."""
        held = self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
        return held.order_by("-valid_from").first()


class LocalLimit(models.Model):
    """Up to what amount an organisation may ask a few suppliers for a quote, by its own policy."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="quote_limits")
    cents = models.BigIntegerField(_("amount in euro cents"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    policy_url = models.URLField(_("link to the policy"))

    objects = LocalLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit for several quotes")
        verbose_name_plural = _("limits for several quotes")
        triggers = [points_at_nobody_merged()]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_from"], name="local_limit_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(cents__gt=0, cents__lte=MOST_CENTS), name="local_limit_in_range"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="local_limit_days_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.cents}"
