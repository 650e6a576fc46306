"""Where a problem is: a municipality that exists today. One that was dissolved is answered with who came after it."""

from django import forms
from django.utils.translation import gettext as _

from factory.templatetags.words import day
from partners.forms import PlaceField
from partners.models import Region


def today_of(region):
    """The municipality itself, or the one that came after it, however often that happened."""
    seen = set()
    while region.successor_id and region.pk not in seen:
        seen.add(region.pk)
        region = region.successor
    return region


class PlaceNow(PlaceField):
    """As it is typed everywhere; of a municipality that is gone it asks for the successor."""

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError as error:
            gone = error.code == "unknown" and self._gone(str(value))
            if not gone:
                raise
        said = {"old": gone.name, "day": day(gone.valid_to), "new": today_of(gone).name}
        words = _(
            "%(old)s was a municipality until %(day)s. It is part of %(new)s now: write that."
        )
        raise forms.ValidationError(words % said, code="gone")

    def _gone(self, name):
        found = Region.objects.municipalities().named(name).filter(successor__isnull=False)
        return found.order_by("-valid_to").first()
