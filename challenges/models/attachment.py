"""A file with an entry: in what is being written, in what was sent in last, or in an earlier sending alone."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models.entry import Entry
from challenges.models.instrument import Instrument
from challenges.models.sending import ATTACHED_WHILE_WRITTEN, FILES_OF_THE_RECEIPT
from factory.files.models import StoredFile


class AttachmentQuerySet(models.QuerySet):
    """Attachments in the domain's words."""

    def drafted(self):
        """Those that go along when it is sent in next."""
        return self.filter(drafted=True).select_related("file").order_by("pk")

    def sent(self):
        """Those of what was sent in last."""
        return self.filter(sent=True).select_related("file").order_by("pk")

    def send(self):
        """What is drafted now is what was sent in."""
        self.filter(drafted=True).update(was_sent=True)
        self.exclude(sent=F("drafted")).update(sent=F("drafted"))

    def as_sent(self):
        """What is drafted is what was sent in last."""
        self.exclude(drafted=F("sent")).update(drafted=F("sent"))

    def visible_to(self, person):
        """The entering organisation's all; of others who may read the entry, those that were sent in last.

        The jury opens none where it reads without names.
        """
        if not person.is_authenticated:
            return self.none()
        mine = Q()
        if not person.is_looked_as:
            mine = Q(entry__organisation__in=person.memberships.confirmed().values("organisation"))
        read = Entry.objects.visible_to(person).values("pk")
        judged = Entry.objects.read_by_jury(person).exclude(
            challenge__disclosure=Instrument.Disclosure.ANONYMOUS
        )
        theirs = Q(sent=True) & (Q(entry__in=read) | Q(entry__in=judged.values("pk")))
        return self.filter(mine | theirs if mine else theirs)


class Attachment(models.Model):
    """One file of one entry."""

    is_sealed = True

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="attachments")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    drafted = models.BooleanField(default=True)
    sent = models.BooleanField(default=False)
    was_sent = models.BooleanField(default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        triggers = [
            ATTACHED_WHILE_WRITTEN,
            FILES_OF_THE_RECEIPT,
            pgtrigger.Protect(
                name="was_sent_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__was_sent=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent=False) | Q(was_sent=True), name="attachment_sent_was_sent"
            ),
        ]

    def __str__(self):
        return self.file.name

    def get_absolute_url(self):
        return reverse("file", args=[self.file.key])
