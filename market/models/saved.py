"""Lists of listings and partners that somebody keeps: a person's own, or an organisation's."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory import clock
from market.models.listing import Listing
from partners.models import Organisation

DECIDE = ("owner", "editor")
MOST_LISTS, MOST_ITEMS = 50, 500


class SavedListQuerySet(models.QuerySet):
    """Lists in the domain's words."""

    def visible_to(self, person):
        """One's own, and those of one's organisations; nobody else's, coordinators neither."""
        if not person.is_authenticated:
            return self.none()
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(Q(person=person) | Q(organisation__in=mine))

    def kept_by(self, person):
        """Those that this person may change: one's own, and those of organisations one decides for."""
        if not person.is_authenticated:
            return self.none()
        decided = person.memberships.who_decide().values("organisation")
        return self.filter(Q(person=person) | Q(organisation__in=decided))


class SavedList(models.Model):
    """A list with a name. It belongs to a person, or to an organisation whose people all read it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_lists",
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="saved_lists"
    )
    name = models.CharField(gettext_lazy("name of the list"), max_length=80, blank=True)
    is_first = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SavedListQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("saved list")
        verbose_name_plural = gettext_lazy("saved lists")
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, organisation__isnull=False)
                | Q(person__isnull=False, organisation=None),
                name="saved_list_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(is_first=False) | Q(person__isnull=False),
                name="saved_list_first_is_a_persons",
            ),
            models.CheckConstraint(
                condition=Q(is_first=True) | ~Q(name=""), name="saved_list_has_a_name"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_first=True), name="saved_list_one_first"
            ),
        ]

    def __str__(self):
        return self.name or _("Kept")

    def get_absolute_url(self):
        return reverse("market:saved", args=[self.pk])


class SavedItem(models.Model):
    """A listing or a partner on a list, once, with a note."""

    list = models.ForeignKey(SavedList, models.CASCADE, related_name="items")
    listing = models.ForeignKey(Listing, models.CASCADE, null=True, related_name="saved_items")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="saved_items"
    )
    note = models.CharField(gettext_lazy("note"), max_length=500, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="saved_items"
    )
    kept_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = gettext_lazy("saved item")
        verbose_name_plural = gettext_lazy("saved items")
        constraints = [
            models.CheckConstraint(
                condition=Q(listing=None, organisation__isnull=False)
                | Q(listing__isnull=False, organisation=None),
                name="saved_item_is_one_thing",
            ),
            models.UniqueConstraint(fields=["list", "listing"], name="saved_item_listing_once"),
            models.UniqueConstraint(
                fields=["list", "organisation"], name="saved_item_organisation_once"
            ),
        ]

    def __str__(self):
        return str(self.listing or self.organisation)
