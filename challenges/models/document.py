"""A file that somebody already had of the problem."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from factory.files.models import StoredFile


class DocumentQuerySet(models.QuerySet):
    """Such files in the domain's words."""

    def visible_to(self, person):
        """Whose challenge it is and the coordinators, also once the challenge is public."""
        if not person.is_authenticated:
            return self.none()
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(challenge__organisation__in=mine)


class Document(models.Model):
    """What came with a problem when it was brought; it never becomes public by itself."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="documents")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file with the problem")
        verbose_name_plural = _("files with the problem")

    def __str__(self):
        return self.file.name

    def get_absolute_url(self):
        return reverse("file", args=[self.file.key])
