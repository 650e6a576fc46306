"""What somebody is still typing: kept apart from listings, as it has no state and nobody else sees it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory import clock
from factory.meaning.language import language_of, of_the_page
from market.models.listing import Listing
from partners.models import Organisation, Person


class DraftQuerySet(models.QuerySet):
    """Drafts in the domain's words."""

    def visible_to(self, person):
        """Whoever may post for the organisation, and who wrote it; coordinators read no half-written words."""
        if not person.is_authenticated:
            return self.none()
        decides, writes = person.memberships.who_decide(), person.memberships.who_write()
        mine = Q(author=person, organisation__in=writes.values("organisation"))
        return self.filter(mine | Q(organisation__in=decides.values("organisation")))

    def left_alone(self, moment):
        """Not saved since, and nobody was told yet that they go."""
        return self.filter(saved_at__lte=moment, goes_at=None)

    def outlived(self):
        """Those of whose going somebody was told in time."""
        return self.filter(goes_at__lte=clock.now())


class Draft(models.Model):
    """The form of a need or an offer as it was typed, until it is posted.

    ``token`` is that of the form, so that one form is one draft; ``version`` goes up with every save, and
    ``page`` is the opened page that saved last, so that nobody overwrites what they have not seen.
    """

    token = models.CharField(max_length=64)
    kind = models.CharField(max_length=5, choices=Listing.Kind)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="drafts")
    author = models.ForeignKey(Person, models.PROTECT, related_name="drafts")
    typed = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    page = models.CharField(max_length=32, blank=True, default="", db_default="")
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    goes_at = models.DateTimeField(
        null=True, blank=True
    )  # told to whose it is; a save takes it back
    repeats = models.ForeignKey(
        "market.Match", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("draft")
        verbose_name_plural = gettext_lazy("drafts")
        constraints = [
            models.UniqueConstraint(fields=["author", "token"], name="draft_one_per_form"),
            models.CheckConstraint(
                condition=Q(kind__in=["need", "offer"]), name="draft_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(token=""), name="draft_has_a_token"),
            models.CheckConstraint(
                condition=Q(goes_at=None) | Q(goes_at__gt=F("saved_at")), name="draft_goes_later"
            ),
        ]
        indexes = [
            models.Index(fields=["saved_at"], condition=Q(goes_at=None), name="draft_left_alone"),
            models.Index(
                fields=["goes_at"], condition=Q(goes_at__isnull=False), name="draft_outlived"
            ),
        ]

    def __str__(self):
        return self.title or _("Without a title yet")

    def get_absolute_url(self):
        return reverse("market:draft", args=[self.pk])

    @property
    def title(self):
        """The first line, as far as it is there."""
        return self.typed.get("title", "")[:120]

    @property
    def language(self):
        """The language of the words in it, that of the page while they do not say."""
        return language_of(f"{self.title}. {self.typed.get('text', '')}", of_the_page())
