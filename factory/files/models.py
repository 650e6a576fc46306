"""A file that somebody sent: where it lies, what it is, and what it belongs to."""

import uuid

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.files.kinds import KEPT


class StoredFileQuerySet(models.QuerySet):
    """Files in the domain's words."""

    def about(self, thing):
        return self.filter(thing_type=thing._meta.label_lower, thing_id=thing.pk)

    def held_by(self, holder):
        """What counts for this holder, such as an organisation."""
        return self.filter(holder_type=holder._meta.label_lower, holder_id=holder.pk)

    def loose(self, before):
        """What belongs to nothing since then: the form that brought it did not go through."""
        return self.filter(thing_id=None, put_at__lt=before)

    def taken(self):
        """``(number, bytes)``."""
        sums = self.aggregate(number=models.Count("pk"), size=Sum("size"))
        return sums["number"], sums["size"] or 0


class StoredFile(models.Model):
    """One file. ``thing`` is what it belongs to and through which it is seen; ``holder`` has the room.

    Until :meth:`attach` nobody sees it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    put_at = models.DateTimeField(default=clock.now)
    thing_type = models.CharField(max_length=60, blank=True)
    thing_id = models.BigIntegerField(null=True, blank=True)
    holder_type = models.CharField(max_length=60)
    holder_id = models.BigIntegerField()

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(
                condition=Q(content_type__in=list(KEPT)), name="file_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(thing_type="", thing_id=None)
                | (~Q(thing_type="") & Q(thing_id__isnull=False)),
                name="file_belongs_to_a_thing_or_to_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["thing_type", "thing_id"], name="file_of_thing"),
            models.Index(fields=["holder_type", "holder_id"], name="file_of_holder"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("file", args=[self.key])

    @property
    def kind(self):
        return KEPT[self.content_type]

    @property
    def path(self):
        """Where it lies in the storage."""
        return path_of(self.key)

    def attach(self, thing):
        """From now on it belongs to this thing; whoever sees the thing may open it."""
        self.thing_type, self.thing_id = thing._meta.label_lower, thing.pk
        self.save(update_fields=["thing_type", "thing_id"])

    def is_open_to(self, person):
        """Whether this person may open it: through the gate of what it belongs to."""
        if self.thing_id is None:
            return False
        things = apps.get_model(self.thing_type).objects.all()
        gate = getattr(things, "files_open_to", things.visible_to)
        return gate(person).filter(pk=self.thing_id).exists()

    def let_go(self):
        """It belongs to nothing any more; who sweeps removes it."""
        self.thing_type, self.thing_id = "", None
        self.save(update_fields=["thing_type", "thing_id"])

    def discard(self):
        """Gone; from the disk too, once the transaction is through."""
        path = self.path
        self.delete()
        transaction.on_commit(lambda: default_storage.delete(path))


def path_of(key):
    """In folders of a few hundred, without an ending that means anything to anybody."""
    return f"files/{key.hex[:2]}/{key.hex}"
