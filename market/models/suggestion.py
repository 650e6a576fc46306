"""What was suggested to whom and what was decided: the log that a better ranking will learn from."""

from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from market.models.listing import Listing
from partners.models import Organisation, Person


class ImpressionQuerySet(models.QuerySet):
    """Impressions in the domain's words."""

    def of_shortlists(self):
        """What was suggested for a need, for a coordinator to decide about."""
        return self.filter(shown_for=None)

    def of_match(self):
        """For a subquery on matches: what was suggested as this one."""
        pair = {"need": OuterRef("need"), "organisation": OuterRef("organisation")}
        return self.of_shortlists().filter(**pair)

    def unseen(self):
        return self.filter(shown_at=None)


class Impression(models.Model):
    """A suggestion with its rank and its parts as they were when it was made; and who saw it first, and when.

    ``shown_for``: whose page of what fits them it stood on; empty for what stands on a shortlist.
    """

    need = models.ForeignKey(Listing, models.CASCADE, related_name="impressions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="impressions")
    offer = models.ForeignKey(Listing, models.SET_NULL, null=True, blank=True, related_name="shown")
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    features = models.JSONField(default=dict)
    shown_to = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    shown_for = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", null=True, db_index=False
    )
    made_at = models.DateTimeField(default=clock.now, null=True, editable=False)
    shown_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ImpressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("impression")
        verbose_name_plural = _("impressions")
        indexes = [
            models.Index(fields=["need", "organisation"], name="impression_of_pair"),
            models.Index(
                fields=["shown_for", "made_at"],
                condition=Q(shown_for__isnull=False),
                name="impression_of_a_reader",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_at__isnull=False) | Q(shown_to=None, shown_for=None),
                name="impression_is_seen_at_a_moment",
            )
        ]

    def __str__(self):
        return f"{self.need} · {self.organisation} · {self.rank}"
