"""What a coordinator writes down about somebody they called: for coordinators alone."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.clock import THIS_DAY

KEPT = timedelta(days=2 * 365)


class NoteQuerySet(models.QuerySet):
    """Notes in the domain's words."""

    def about(self, thing):
        """Those about one thing, the newest first."""
        return self.filter(thing_type=thing.label(), thing_id=thing.pk).order_by("-at", "-pk")

    def to_call_back(self):
        """Those with a call that was promised and not made yet."""
        return self.filter(called_back_at=None, call_back_on__isnull=False)

    def outlived(self):
        """Those that have been kept long enough."""
        return self.filter(at__lt=clock.now() - KEPT)

    def last_about(self, things):
        """``{(type, id): the newest note}`` of these (type, id), in one query."""
        which = Q(pk__in=[])
        for label in {label for label, _pk in things}:
            which |= Q(thing_type=label, thing_id__in=[pk for of, pk in things if of == label])
        rows = self.filter(which).select_related("by").order_by("thing_type", "thing_id", "-at")
        return {
            (note.thing_type, note.thing_id): note
            for note in rows.distinct("thing_type", "thing_id")
        }


class Note(models.Model):
    """A private note about an organisation, a listing or a match; perhaps with a promise to call back."""

    thing_type = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=2000, blank=True)
    spoke = models.BooleanField(default=False)
    call_back_on = models.DateField(null=True, blank=True)
    called_back_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(spoke=True) | Q(call_back_on__isnull=False),
                name="note_says_something",
            ),
        ]
        indexes = [
            models.Index(fields=["thing_type", "thing_id", "-at"], name="note_about"),
            models.Index(
                fields=["thing_type", "thing_id", "call_back_on"],
                condition=Q(called_back_at=None, call_back_on__isnull=False),
                name="note_to_call_back",
            ),
            models.Index(fields=["at"], name="note_by_age"),
        ]

    def __str__(self):
        return f"{self.thing_type}:{self.thing_id}, {self.at:%Y-%m-%d}"


def promised(model):
    """A condition on rows of ``model``: a call back was promised for today or before."""
    return Exists(_open(model).filter(call_back_on__lte=THIS_DAY))


def to_call_back(model):
    """A condition on rows of ``model``: a call back was promised, whenever; they stand in that queue alone."""
    return Exists(_open(model))


def _open(model):
    return Note.objects.to_call_back().filter(thing_type=model.label(), thing_id=OuterRef("pk"))
