"""What was sent in, word for word, each time it was: the receipt is of these words and never changes."""

import hashlib
import json

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.models import sending
from challenges.models.entry import Entry
from partners.models import Person


class SubmissionQuerySet(models.QuerySet):
    """Submissions in the domain's words."""

    def visible_to(self, person):
        """Whoever may read the entry."""
        return self.filter(entry__in=Entry.objects.visible_to(person).values("pk"))


class Submission(models.Model):
    """One time that an entry was sent in. ``said`` is the text of which ``sha256`` is the receipt."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(_("received"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said = models.TextField()
    sha256 = models.CharField(max_length=64)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["entry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="submission_number_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            sending.SUBMITTED_IN_TIME,
            sending.NOT_BACKDATED,
        ]

    def __str__(self):
        return f"{self.sha256[:12]}"

    def get_absolute_url(self):
        return reverse("challenges:receipt", args=[self.entry_id, self.number])

    @property
    def exact(self):
        """When it was received, to the microsecond, with the clock's distance from UTC."""
        return timezone.localtime(self.at).isoformat(sep=" ", timespec="microseconds")


def in_writing(facts):
    """The text of what is sent in: the same facts give the same bytes on every machine."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1)


def fingerprint(said):
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(said.encode()).hexdigest()
