"""An owner asks somebody by mail to work for the organisation here."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factory import clock
from partners.models.membership import Membership
from partners.models.standing import OrganisationState as S

DAYS = 14


class InvitationQuerySet(models.QuerySet):
    """Invitations in the domain's words."""

    def unused(self):
        """Not used and not withdrawn, but perhaps too old."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self):
        """Not used, not withdrawn and not too old."""
        return self.unused().filter(expires_at__gt=clock.now())

    def that_count(self):
        """The open ones of a coordinator, or of an organisation whose own people may let others in now."""
        own = Q(organisation__state=S.ACTIVE)
        own |= Q(organisation__state__in=[S.APPLIED, S.IN_CHECK], organisation__listed_at=None)
        return self.open().filter(own | Q(invited_by__is_staff=True))

    def with_key(self, key):
        """The open invitation that counts to which this key belongs."""
        return self.that_count().filter(digest=digest_of(key))


def fresh_key():
    """What stands in the link of the mail, and nowhere else."""
    return secrets.token_urlsafe(32)


def digest_of(key):
    """What is kept of a key: who reads the table cannot use it."""
    return hashlib.sha256(key.encode()).hexdigest()


class Invitation(models.Model):
    """To an address, for a role, for two weeks, and for one person once."""

    organisation = models.ForeignKey(
        "partners.Organisation", models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=6, choices=Membership.Role)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"), default=clock.now)
    expires_at = models.DateTimeField(_("open until"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_used_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "editor", "writer", "viewer"]),
                name="invitation_role_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.email} · {self.organisation}"

    @classmethod
    def to(cls, organisation, email, role, by):
        """An unsaved invitation and the key for its link."""
        key = fresh_key()
        facts = {"organisation": organisation, "email": email.lower(), "role": role}
        until = clock.now() + timedelta(days=DAYS)
        return cls(**facts, invited_by=by, digest=digest_of(key), expires_at=until), key

    @property
    def is_open(self):
        waits = self.accepted_at is None and self.withdrawn_at is None
        return waits and self.expires_at > clock.now()

    @property
    def withdraw_url(self):
        """The page on which an owner withdraws it."""
        page = reverse("partners:move", args=[self.organisation.slug, "withdraw_invitation"])
        return f"{page}?invitation={self.pk}"
