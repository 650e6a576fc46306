"""What was suggested to whom and what was decided: the log that a better ranking will learn from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from market.models.listing import Listing
from partners.models import Organisation, Person


class Impression(models.Model):
    """A suggestion as somebody saw it: its rank and its parts as they were then."""

    need = models.ForeignKey(Listing, models.CASCADE, related_name="impressions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="impressions")
    offer = models.ForeignKey(Listing, models.SET_NULL, null=True, blank=True, related_name="shown")
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    features = models.JSONField(default=dict)
    shown_to = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    shown_at = models.DateTimeField()
    decision = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("impression")
        verbose_name_plural = _("impressions")
        indexes = [models.Index(fields=["need", "organisation"], name="impression_of_pair")]

    def __str__(self):
        return f"{self.need} · {self.organisation} · {self.rank}"
