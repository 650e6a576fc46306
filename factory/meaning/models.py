"""The readings of texts, beside the texts themselves."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from factory.meaning.fields import HalfVectorField


class Reading(models.Model):
    """What one text says: its language, its telling words, and a vector by the model of that name."""

    thing = models.CharField(max_length=20)  # offer, need, organisation, call
    key = models.BigIntegerField()
    model = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    words = models.TextField()
    vector = HalfVectorField(null=True)
    fingerprint = models.CharField(max_length=32)
    chance = models.IntegerField()  # by which a fair sample is drawn
    read_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "thing", "key"], name="reading_once"),
            models.CheckConstraint(
                condition=Q(language__in=["nl", "en"]), name="reading_language_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["model", "thing", "language", "chance"], name="reading_sampled"),
        ]

    def __str__(self):
        return f"{self.thing} {self.key}"


class ReaderModel(models.Model):
    """A model that reads, and whether what it made is what is asked for; one at a time is."""

    name = models.CharField(max_length=40, primary_key=True)
    in_use = models.BooleanField(default=False)
    trouble = models.CharField(max_length=200, blank=True)
    behind = models.BooleanField(default=False, db_default=False)  # something may be unread by it
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["in_use"], condition=Q(in_use=True), name="reader_model_one_in_use"
            ),
        ]

    def __str__(self):
        return self.name
