"""What the two sides write to each other, and what readers report."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from market.models.listing import Listing
from market.models.match import Match
from partners.models import Person


class MessageQuerySet(models.QuerySet):
    """Messages in the domain's words."""

    def last_at(self):
        """When the last message of a match was written; to annotate matches with, as ``wrote_at``."""
        written = self.filter(match=OuterRef("pk")).order_by("-at")
        return Subquery(written.values("at")[:1])


class Message(models.Model):
    """A message between the two sides of a match, from introduced on."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=3000)
    at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.author} · {self.at:%Y-%m-%d %H:%M}"


class Report(models.Model):
    """Somebody says that a listing is not right."""

    class Why(models.TextChoices):
        MISLEADING = "misleading", _("it is not true or misleading")
        OFFENSIVE = "offensive", _("it is offensive")
        PERSONAL = "personal", _("it shows personal data")
        OTHER = "other", _("something else")

    listing = models.ForeignKey(
        Listing, models.CASCADE, related_name="reports", verbose_name=_("listing")
    )
    why = models.CharField(_("what is wrong"), max_length=10, choices=Why)
    text = models.TextField(_("in your words"), max_length=1000, blank=True)
    reporter = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported by"),
    )
    at = models.DateTimeField(_("reported on"))
    handled_at = models.DateTimeField(_("handled on"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=["misleading", "offensive", "personal", "other"]),
                name="report_why_is_known",
            )
        ]
        indexes = [
            models.Index(
                fields=["listing", "at"], condition=Q(handled_at=None), name="report_to_handle"
            )
        ]

    def __str__(self):
        return f"{self.listing}: {self.get_why_display()}"
