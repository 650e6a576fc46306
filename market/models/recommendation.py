"""The sentence that a buyer leaves about a supplier, and lets be shown."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from market.models.match import Match
from partners.models import Organisation, Person

LONGEST = 240


class RecommendationQuerySet(models.QuerySet):
    """Sentences in the domain's words."""

    def standing(self):
        """Those that the buyer still lets be shown and no coordinator took down."""
        return self.filter(withdrawn_at=None, taken_down_because="")

    def shown(self):
        """What everybody may read: said after a delivery, by a buyer in good standing."""
        return self.standing().filter(
            match__state=Match.State.COMPLETED, match__buyer__state=Organisation.State.ACTIVE
        )


class Recommendation(models.Model):
    """One sentence a match, said with the consent to show it; only moves of the match change it."""

    match = models.OneToOneField(Match, models.PROTECT, related_name="recommendation")
    text = models.CharField(_("sentence"), max_length=LONGEST)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    taken_down_because = models.CharField(max_length=1000, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("sentence of a buyer")
        verbose_name_plural = _("sentences of buyers")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_says_something")
        ]

    def __str__(self):
        return self.text

    @property
    def is_shown(self):
        return self.withdrawn_at is None and not self.taken_down_because
