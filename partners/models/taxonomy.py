"""What things are about: plain product categories, themes of impact, and the 17 goals."""

from difflib import get_close_matches

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CLOSE = 0.8  # share of letters in common, of difflib's ratio
SHORTEST_PART = (
    5  # of a compound: "catering" is meant by "bedrijfscatering", "app" is not by "happen"
)


class Named(models.Model):
    """A word of ours in two languages."""

    slug = models.SlugField(_("address"), unique=True)
    name_nl = models.CharField(_("name in Dutch"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "slug"]

    def __str__(self):
        return self.name_en if get_language() == "en" else self.name_nl


class SectorQuerySet(models.QuerySet):
    """Sectors in the domain's words."""

    def resembling(self, words):
        """The keys of sectors one of whose words is nearly one of these, or a part of one."""
        return resembling(self.values_list("pk", "keywords"), words)


def resembling(sectors, words):
    """The keys among ``(key, keywords)`` of sectors one of whose words is nearly one of these, or a part of one."""
    for key, known in sectors:
        if any(map(_nearly_in(known), words)):
            yield key


def _nearly_in(known):
    """Whether a word is a typing error away from one of these, or a compound that holds one."""
    parts = [word for word in known if len(word) >= SHORTEST_PART]
    return lambda word: (
        any(part in word for part in parts) or get_close_matches(word, known, n=1, cutoff=CLOSE)
    )


class Sector(Named):
    """A kind of product or service, such as catering; with the words people use for it."""

    keywords = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    objects = SectorQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Theme(Named):
    """A kind of impact, such as work participation; with the words people use for it."""

    keywords = ArrayField(
        models.CharField(max_length=60), default=list, db_default=Value([]), blank=True
    )

    class Meta(Named.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Goal(Named):
    """One of the 17 Sustainable Development Goals; ``order`` is its number."""

    keywords = ArrayField(
        models.CharField(max_length=60), default=list, db_default=Value([]), blank=True
    )

    class Meta(Named.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
