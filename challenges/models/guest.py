"""Colleagues who read and comment by a personal link, without an account; and what they remark."""

import hashlib
import secrets
from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from factory import clock
from partners.models import Person

DAYS = 30
MOST_GUESTS = 12  # open links of one challenge


def digest_of(key):
    """What is kept of a key: who reads the table cannot use it."""
    return hashlib.sha256(key.encode()).hexdigest()


class GuestQuerySet(models.QuerySet):
    """Guests in the domain's words."""

    def open(self):
        """Not ended by the owner and not too old."""
        return self.filter(ended_at=None, expires_at__gt=clock.now())

    def with_key(self, key):
        """The open guest to whom this key belongs."""
        return self.open().filter(digest=digest_of(key))


class Guest(models.Model):
    """Somebody with a link: for a month, or until the owner ends it."""

    class Role(models.TextChoices):
        LAWYER = "lawyer", _("Lawyer")
        BUYER = "buyer", _("Buyer")
        FINANCE = "finance", _("Finance")
        EXPERT = "expert", _("Knows the problem")
        OTHER = "other", _("Somebody else")

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="guests")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    works_for = models.CharField(_("works for"), max_length=120)
    role = models.CharField(_("looks as"), max_length=8, choices=Role)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["lawyer", "buyer", "finance", "expert", "other"]),
                name="guest_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("invited_at")), name="guest_link_ends"
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.works_for})"

    @classmethod
    def to(cls, challenge, by, **facts):
        """An unsaved guest and the key for the link."""
        key = secrets.token_urlsafe(32)
        until = clock.now() + timedelta(days=DAYS)
        facts |= {"challenge": challenge, "invited_by": by, "expires_at": until}
        return cls(digest=digest_of(key), **facts), key

    @property
    def is_open(self):
        return self.ended_at is None and self.expires_at > clock.now()


class RemarkQuerySet(models.QuerySet):
    """Remarks in the domain's words."""

    def open(self):
        return self.filter(resolved_at=None)


# A guest whose link was ended, or is too old, remarks nothing any more; and only on their own challenge.
OF_AN_OPEN_GUEST = """IF NEW.guest_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM challenges_guest g
    WHERE g.id = NEW.guest_id AND g.challenge_id = NEW.challenge_id AND g.ended_at IS NULL
    AND g.expires_at > clock_timestamp()) THEN
    RAISE EXCEPTION 'remark_of_an_open_guest' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"""


class Remark(models.Model):
    """What somebody says of one paragraph; the owner settles it."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="remarks")
    field = models.CharField(max_length=20)
    paragraph = models.PositiveSmallIntegerField()
    quoted = models.CharField(max_length=120, blank=True)
    text = models.TextField(_("remark"), max_length=2000)
    guest = models.ForeignKey(Guest, models.PROTECT, null=True, related_name="remarks")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]
        triggers = [
            pgtrigger.Trigger(
                name="of_an_open_guest",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=OF_AN_OPEN_GUEST,
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(guest__isnull=False, person=None) | Q(guest=None, person__isnull=False),
                name="remark_of_one_somebody",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="remark_resolved_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.who}: {self.text}"

    @property
    def who(self):
        """The name of whoever said it."""
        return str(self.guest or self.person)
