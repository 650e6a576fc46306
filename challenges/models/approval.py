"""How who holds the budget said yes: with a mailed code, or by a decision of which the document was sent in."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from challenges.models.co_owner import CoOwner
from factory import clock
from factory.files.models import StoredFile
from partners.models import Person

MOST_TRIES = 5


class ApprovalQuerySet(models.QuerySet):
    """Approvals in the domain's words."""

    def open(self):
        """Asked for, and still to be answered."""
        return self.filter(answer="", ended_at=None, expires_at__gt=clock.now())

    def files_open_to(self, person):
        """Decisions are for the organisation and the coordinators."""
        return self.filter(challenge__in=Challenge.objects.in_the_house_of(person))

    visible_to = files_open_to


class Approval(models.Model):
    """One budget holder who is asked to approve a challenge, or a part of its envelope."""

    class Answer(models.TextChoices):
        NONE = "", _("not answered yet")
        YES = "yes", _("approved")
        NO = "no", _("not approved")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="approvals")
    co_owner = models.ForeignKey(
        CoOwner, models.CASCADE, null=True, blank=True, related_name="approvals"
    )
    name = models.CharField(_("name"), max_length=120)
    job = models.CharField(_("job"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)  # empty: by document
    digest = models.CharField(max_length=64, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    cents = models.BigIntegerField()  # what is asked for
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    number = models.CharField(_("decision number"), max_length=60, blank=True)
    decided_date = models.DateField(_("decided on"), null=True, blank=True)
    reason = models.TextField(max_length=1000, blank=True)
    document = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)  # asked anew, or something changed

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES), name="approval_tries_are_limited"
            ),
            models.CheckConstraint(
                condition=Q(email="")
                | Q(expires_at__isnull=False) & ~Q(digest="") & Q(expires_at__gt=F("asked_at")),
                name="approval_by_mail_has_a_code_that_ends",
            ),
            models.CheckConstraint(
                condition=~Q(answer="yes")
                | Q(answered_at__isnull=False, decided_date__isnull=False) & ~Q(number=""),
                name="approval_has_date_and_number",
            ),
            models.UniqueConstraint(
                "challenge",
                Lower("email"),
                condition=Q(answer="", ended_at=None) & ~Q(email=""),
                name="approval_asked_once_of_an_address",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def tries_left(self):
        return MOST_TRIES - self.tries

    @property
    def is_open(self):
        waits = self.answer == "" and self.ended_at is None
        return waits and self.expires_at is not None and self.expires_at > clock.now()

    def say(self, answer, **facts):
        """Write down what was answered."""
        for name, value in facts.items():
            setattr(self, name, value)
        self.answer, self.answered_at = answer, clock.now()
        self.save()

    def stand_on(self, thing):
        """Name, date and number on what was approved: a challenge, or a part of its envelope."""
        job = f", {self.job}" if self.job else ""
        thing.approver = f"{self.name}{job}"[:120]
        thing.approval_number, thing.approved_date = self.number, self.decided_date
