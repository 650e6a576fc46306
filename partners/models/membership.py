"""Who belongs to which organisation, and in what role."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factory import clock
from partners.models.merging import points_at_nobody_merged


class MembershipQuerySet(models.QuerySet):
    """Memberships in the domain's words."""

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def asked(self):
        return self.filter(confirmed_at=None)

    def who_decide(self):
        """Owners and editors: they post, answer and note amounts."""
        return self.confirmed().filter(role__in=[Membership.Role.OWNER, Membership.Role.EDITOR])

    def who_write(self):
        """Those who decide, and those who write drafts of their own."""
        return self.confirmed().exclude(role=Membership.Role.VIEWER)

    def owners(self):
        return self.confirmed().filter(role=Membership.Role.OWNER)


class Membership(models.Model):
    """A person in an organisation. Without ``confirmed_at`` it is a request that waits for an owner."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        EDITOR = "editor", _("editor")
        WRITER = "writer", _("editor of own drafts")
        VIEWER = "viewer", _("viewer")

    organisation = models.ForeignKey(
        "partners.Organisation", models.CASCADE, related_name="memberships"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=6, choices=Role, default=Role.EDITOR)
    mandate_cents = models.BigIntegerField(
        _("may decide up to, in euro cents"), null=True, blank=True
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(_("let in"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        triggers = [points_at_nobody_merged()]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "editor", "writer", "viewer"]),
                name="membership_role_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(mandate_cents=None) | models.Q(mandate_cents__gt=0),
                name="membership_mandate_above_zero",
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.organisation}"

    def take_over(self, other):
        """Be the best of two memberships that turn out to be one; a request gives no role."""
        ranks = list(self.Role)
        if other.confirmed_at:
            mine = ranks.index(self.role) if self.confirmed_at else len(ranks)
            self.role = ranks[min(mine, ranks.index(other.role))]
        days = [day for day in (self.confirmed_at, other.confirmed_at) if day]
        self.confirmed_at = min(days, default=None)
        self.asked_at = min(self.asked_at, other.asked_at)
        mandates = [cents for cents in (self.mandate_cents, other.mandate_cents) if cents]
        self.mandate_cents = max(mandates, default=None)

    @property
    def admit_url(self):
        """The page on which this request to join is granted."""
        page = reverse("partners:move", args=[self.organisation.slug, "admit"])
        return f"{page}?membership={self.pk}"
