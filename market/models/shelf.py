"""What fits an organisation, put ready by the worker: so that no visit has to weigh the market anew."""

from django.db import models
from django.db.models import Q

from partners.models import Organisation
from partners.models.merging import points_at_nobody_merged


class Shelf(models.Model):
    """The listings of others that fit one organisation, each with its reasons as codes.

    ``answers``: ``{own offer: needs that fit it}``. ``shown``: ``{listing: {"at": …, "put": …}}``, what its people
    saw of it within a week; ``put`` where the site brought it up by itself.
    ``stamp`` says of which own listings and profile that holds; ``made_at`` of which moment of the market.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="shelf")
    stamp = models.CharField(max_length=32)
    fits = models.JSONField(default=list)
    answers = models.JSONField(default=dict, db_default={})
    shown = models.JSONField(default=dict, db_default={})
    made_at = models.DateTimeField()

    class Meta:
        triggers = [points_at_nobody_merged()]
        constraints = [
            models.CheckConstraint(condition=~Q(stamp=""), name="shelf_says_of_what_it_holds")
        ]
        indexes = [models.Index(fields=["made_at"], name="shelf_by_age")]

    def __str__(self):
        return f"{self.organisation} · {self.made_at:%Y-%m-%d %H:%M}"
