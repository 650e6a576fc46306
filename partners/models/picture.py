"""The logo and the photos on an organisation's page."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.files.models import StoredFile
from partners.models.organisation import Organisation

MOST_PHOTOS = 6


class PictureQuerySet(models.QuerySet):
    """Pictures in the domain's words."""

    def visible_to(self, person):
        """Who sees the organisation sees its pictures."""
        seen = Organisation.objects.visible_to(person)
        return self.filter(organisation__in=seen.values("pk"))

    def photos(self):
        return self.filter(place=Picture.Place.PHOTO)


def with_pictures(organisations):
    """With ``shown_pictures``, the logo first, in the query that fetches: ``{place, alt, key, width, height}``."""
    names = {"place": "place", "alt": "alt", "key": "file__key"}
    names |= {"width": "file__width", "height": "file__height"}
    rows = Picture.objects.filter(organisation=OuterRef("pk")).order_by("place", "pk")
    return organisations.annotate(
        shown_pictures=ArraySubquery(rows.values(json=JSONObject(**names)))
    )


class Picture(models.Model):
    """One picture, with words for who cannot see it."""

    class Place(models.TextChoices):
        LOGO = "logo", _("Logo")
        PHOTO = "photo", _("Photo")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="pictures")
    place = models.CharField(max_length=5, choices=Place)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    alt = models.CharField(_("what is on it"), max_length=160)
    put_at = models.DateTimeField(default=clock.now)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(place="logo"), name="picture_one_logo"
            ),
            models.CheckConstraint(
                condition=Q(place__in=["logo", "photo"]), name="picture_place_is_known"
            ),
            models.CheckConstraint(condition=~Q(alt=""), name="picture_has_words"),
        ]

    def __str__(self):
        return self.alt

    def take_away(self):
        """The picture goes, and its file with it."""
        file = self.file
        self.delete()
        file.discard()


def logo_among(shown_pictures):
    """The logo, or None."""
    return next((row for row in shown_pictures if row["place"] == Picture.Place.LOGO), None)
