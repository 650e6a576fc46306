"""Who belongs to which organisation, and in what role."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factory import clock
from partners.models.merging import points_at_nobody_merged

# Two owners may go at the same moment: the organisation's row makes the second wait and look again.
KEEPS_AN_OWNER = """
    IF OLD.role <> 'owner' OR OLD.confirmed_at IS NULL THEN RETURN NULL; END IF;
    PERFORM 1 FROM partners_organisation WHERE id = OLD.organisation_id
        AND state NOT IN ('listed', 'left', 'merged') FOR NO KEY UPDATE;
    IF FOUND AND NOT EXISTS (SELECT 1 FROM partners_membership WHERE role = 'owner'
        AND organisation_id = OLD.organisation_id AND confirmed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'membership_keeps_an_owner' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
REPLACED_BY_A_COLLEAGUE = """
    IF TG_OP = 'UPDATE' AND NEW.organisation_id <> OLD.organisation_id THEN
        NEW.replacement_id := NULL;
    END IF;
    IF NEW.replacement_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM partners_membership
        WHERE id = NEW.replacement_id AND id <> NEW.id AND confirmed_at IS NOT NULL
        AND organisation_id = NEW.organisation_id) THEN
        RAISE EXCEPTION 'membership_replaced_by_a_colleague' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class MembershipQuerySet(models.QuerySet):
    """Memberships in the domain's words."""

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def vouched(self):
        """Those of organisations that may be what they say: not of a listed name that somebody only claims."""
        return self.confirmed().exclude(
            organisation__listed_at__isnull=False, organisation__state__in=["applied", "in_check"]
        )

    def asked(self):
        return self.filter(confirmed_at=None)

    def who_decide(self):
        """Owners and editors: they post, answer and note amounts."""
        return self.confirmed().filter(role__in=[Membership.Role.OWNER, Membership.Role.EDITOR])

    def who_write(self):
        """Those who decide, and those who write drafts of their own."""
        return self.confirmed().exclude(role=Membership.Role.VIEWER)

    def away(self, day):
        """Those who are away that day and named a colleague who gets their mail meanwhile."""
        there = self.confirmed().filter(away_from__lte=day, away_until__gte=day)
        return there.exclude(replacement=None)

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
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=6, choices=Role, default=Role.EDITOR)
    mandate_cents = models.BigIntegerField(
        _("may decide up to, in euro cents"), null=True, blank=True
    )
    mandate_until = models.DateField(_("until"), null=True, blank=True)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    replacement = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="stands_in_for"
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(_("let in"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
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
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None)
                | Q(away_from__isnull=False, away_until__isnull=False)
                & Q(away_until__gte=F("away_from")),
                name="membership_away_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(mandate_until=None) | Q(mandate_cents__isnull=False),
                name="membership_mandate_until_of_an_amount",
            ),
        ]
        triggers = [
            points_at_nobody_merged(),
            pgtrigger.Trigger(
                name="keeps_an_owner",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=KEEPS_AN_OWNER,
            ),
            pgtrigger.Trigger(
                name="replaced_by_a_colleague",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=REPLACED_BY_A_COLLEAGUE,
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.organisation}"

    TAKEN_OVER = (
        "role", "mandate_cents", "mandate_until", "away_from", "away_until", "replacement",
        "asked_at", "confirmed_at",
    )  # fmt: skip

    def take_over(self, other):
        """Be the best of two memberships that turn out to be one; a request gives no role."""
        ranks = list(self.Role)
        if other.confirmed_at:
            mine = ranks.index(self.role) if self.confirmed_at else len(ranks)
            self.role = ranks[min(mine, ranks.index(other.role))]
        days = [day for day in (self.confirmed_at, other.confirmed_at) if day]
        self.confirmed_at = min(days, default=None)
        self.asked_at = min(self.asked_at, other.asked_at)
        if (other.mandate_cents or 0) > (self.mandate_cents or 0):
            self.mandate_cents, self.mandate_until = other.mandate_cents, other.mandate_until
        if other.away_until and not self.away_until:
            self.away_from, self.away_until = other.away_from, other.away_until
            reads = other.replacement if other.organisation_id == self.organisation_id else None
            self.replacement = None if reads == self else reads

    @property
    def decides(self):
        """Whether this person posts, answers and notes amounts here."""
        return self.role in (self.Role.OWNER, self.Role.EDITOR)

    @property
    def admit_url(self):
        """The page on which this request to join is granted."""
        return self._page_of("admit")

    @property
    def change_url(self):
        """The page on which an owner gives another role or mandate."""
        return self._page_of("change_role")

    @property
    def end_url(self):
        """The page on which an owner ends it."""
        return self._page_of("end_membership")

    def _page_of(self, move):
        page = reverse("partners:move", args=[self.organisation.slug, move])
        return f"{page}?membership={self.pk}"

    @property
    def is_away(self):
        return bool(self.away_from) and self.away_from <= clock.today() <= self.away_until

    @property
    def will_be_away(self):
        """Whether an absence is noted that is not over."""
        return bool(self.away_until) and self.away_until >= clock.today()

    @property
    def has_mandate(self):
        """Whether an amount is noted that still holds."""
        until = self.mandate_until
        return self.mandate_cents is not None and (until is None or until >= clock.today())
