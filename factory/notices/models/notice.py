"""Who is told. A notice is written in the transaction of the move it tells of: it is the outbox."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.journal.models import Event
from factory.notices.models.preference import DIGEST, Urgency

LEASE = timedelta(seconds=40)  # longer than the mail server may take to accept a mail
AWAY = "away: mailed to "  # the answer beside a mail that went to a stand-in


class NoticeQuerySet(models.QuerySet):
    """Notices in the domain's words."""

    def inbox(self, person):
        """What this person was told; a coordinator's move shows once it can no longer be taken back."""
        return self.filter(recipient=person, channel=Notice.Channel.INBOX, shown_at__lte=Now())

    def mail(self):
        return self.filter(channel=Notice.Channel.MAIL)

    def unread(self):
        return self.filter(read_at=None)

    def waiting(self):
        return self.filter(status__in=[Notice.Status.WAITING, Notice.Status.SENDING])

    def of(self, event):
        return self.filter(event=event)

    def left(self):
        """Mail that does not wait any more."""
        away = Q(status=Notice.Status.DROPPED, answer__startswith=AWAY)  # their stand-in's waits
        return self.mail().exclude(away | Q(status=Notice.Status.WAITING))

    def all_wait(self, events):
        """Whether no mail about these events has left yet."""
        return not self.filter(event__in=events).left().exists()

    def stop_all(self, events):
        """Stop what these events were going to tell: the mail is dropped, the inbox emptied."""
        told = self.filter(event__in=events)
        told.drop()
        told.filter(channel=Notice.Channel.INBOX).update(shown_at=None)

    def take_back(self, thing, verb):
        """Stop what the last ``verb`` of the thing was going to tell."""
        self.stop_all(Event.objects.about(thing).filter(verb=verb).reverse()[:1])

    def no_longer(self, event):
        """What this event tells need not be said any more: what has not left or shown yet never will."""
        told = self.of(event)
        told.mail().drop()
        told.filter(channel=Notice.Channel.INBOX, shown_at__gt=Now()).update(shown_at=None)

    def due(self):
        """Mail whose time has come, or whose sender went silent; digests come after everything else."""
        return (
            self.mail()
            .filter(
                Q(status=Notice.Status.WAITING, next_at__lte=Now())
                | Q(status=Notice.Status.SENDING, leased_until__lte=Now())
            )
            .order_by(F("week").asc(nulls_first=True), "next_at", "pk")
        )

    @transaction.atomic
    def claim(self):
        """Lease the next due mail for :data:`LEASE`; None if nothing is due."""
        notice = self.due().select_for_update(skip_locked=True, of=("self",)).first()
        if notice is None:
            return None
        notice.lease, notice.attempts = uuid4(), notice.attempts + 1
        notice.status = Notice.Status.SENDING
        self.filter(pk=notice.pk).update(
            lease=notice.lease,
            attempts=notice.attempts,
            status=notice.status,
            leased_until=Now() + LEASE,
        )
        return notice

    def leased(self, notice):
        """The row of ``notice`` for as long as its lease is ours, else nothing."""
        return self.filter(pk=notice.pk, lease=notice.lease)

    def lines_due(self, friday):
        """Lines that belong in the digest of ``friday`` or before, and are in none yet."""
        return self.mail().filter(
            status=Notice.Status.WAITING, digest_at__lte=friday, digest=None, next_at=None
        )

    def of_digest(self, digest):
        """The lines of a digest, in the order they were written."""
        return (
            self.filter(digest=digest)
            .select_related("event__actor", "event__on_behalf_of")
            .order_by("pk")
        )

    def again(self):
        """Send these once more, to the address the person has now. Returns how many."""
        return sum(notice.again() for notice in self.mail().select_related("recipient"))

    def stuck(self):
        """What will not leave by itself."""
        return self.filter(status__in=[Notice.Status.FAILED, Notice.Status.QUARANTINED])

    def quarantine(self):
        """After a restore: hold what may have left already, until a coordinator releases it."""
        return (
            self.mail()
            .waiting()
            .update(status=Notice.Status.QUARANTINED, lease=None, leased_until=None)
        )

    def release(self):
        """Let held mail go after all. Returns how many."""
        return self.filter(status=Notice.Status.QUARANTINED).update(status=Notice.Status.WAITING)

    def stop(self, person, topic):
        """Nothing more about this topic by mail, nor the digest if it is that; what has a date still comes."""
        mail = self.mail().filter(recipient=person).exclude(urgency=Urgency.CLOCK)
        if topic == DIGEST:
            return mail.exclude(digest_at=None, week=None).drop()
        return mail.filter(event__thing_type=topic).drop()

    def drop(self):
        """Never send these after all; what has left stays as it is. Returns how many were stopped."""
        return self.filter(status=Notice.Status.WAITING).update(status=Notice.Status.DROPPED)


class Notice(models.Model):
    """One message to one person by one way: the inbox or the mail."""

    class Channel(models.TextChoices):
        INBOX = "inbox", _("inbox")
        MAIL = "mail", _("mail")

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("not sent")
        QUARANTINED = "quarantined", _("held after a restore")

    event = models.ForeignKey(Event, models.PROTECT, related_name="notices", null=True, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", null=True, blank=True
    )
    instead_of = models.ForeignKey(  # who is away, and would have got it
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("instead of"),
    )
    address = models.EmailField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    template = models.CharField(max_length=100)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.NEWS)
    answers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    language = models.CharField(max_length=5, default="nl")
    status = models.CharField(
        _("how it stands"), max_length=12, choices=Status, default=Status.WAITING
    )
    # That of the event where there is one: a history that is replayed reads as one.
    created_at = models.DateTimeField(
        _("written on"), default=timezone.now, db_default=Now(), editable=False
    )
    next_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    digest_at = models.DateTimeField(_("with the weekly mail of"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(
        _("message number"), max_length=200, null=True, blank=True, unique=True
    )
    # Whether the recipient could see the thing right after the move. Who could must still be able to
    # when the mail leaves; who could not was told just that, by a move that took the right away.
    must_see = models.BooleanField(default=False)
    week = models.DateField(null=True, blank=True)  # the Friday, if this is that week's digest
    digest = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="lines")
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    raw = models.TextField(blank=True)  # the whole mail as it goes out, the same at every attempt
    shown_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    answer = models.CharField(_("the server’s answer"), max_length=500, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient", "channel", "template"], name="notice_told_once"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["inbox", "mail"]), name="notice_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "waiting",
                        "sending",
                        "sent",
                        "failed",
                        "dropped",
                        "quarantined",
                    ]
                ),
                name="notice_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | ~Q(address=""),
                name="notice_has_somewhere_to_go",
            ),
            models.UniqueConstraint(
                fields=["recipient", "week"],
                condition=Q(week__isnull=False),
                name="notice_one_digest_a_week",
            ),
            models.CheckConstraint(
                condition=~Q(channel="mail", status="waiting")
                | Q(next_at__isnull=False)
                | Q(digest_at__isnull=False),
                name="notice_waits_for_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                F("week").asc(nulls_first=True),
                "next_at",
                "id",
                condition=Q(channel="mail", status__in=["waiting", "sending"]),
                name="notice_due",
            ),
            models.Index(
                fields=["digest_at"],
                condition=Q(status="waiting", digest=None, next_at=None),
                name="notice_digest_lines",
            ),
            models.Index(fields=["recipient", "channel", "-created_at"], name="notice_inbox"),
            models.Index(
                fields=["created_at"],
                condition=Q(channel="mail", status__in=["failed", "quarantined"]),
                name="notice_stuck",
            ),
        ]

    def __str__(self):
        return str(self.recipient or self.address)

    @property
    def is_digest(self):
        return self.week is not None

    @property
    def is_of_an_account(self):
        """Whether it is about signing in: such a mail holds a code that nobody else may read."""
        return self.event_id is None and not self.is_digest

    @property
    def can_go_again(self):
        """Whether sending it once more makes sense: it was tried, and it is not an old code."""
        tried = self.status in (self.Status.FAILED, self.Status.SENT)
        return tried and not self.is_of_an_account

    def again(self):
        """Send it once more. A mail that never arrived keeps its Message-ID; a copy gets a new one."""
        if not self.can_go_again:
            return False
        if self.status == self.Status.SENT:
            self.message_id = None
        self.status, self.attempts, self.raw, self.answer = self.Status.WAITING, 0, "", ""
        self.address, self.next_at = self.recipient.email, clock.now()
        self.save()
        person = type(self.recipient)
        person.objects.filter(pk=self.recipient_id).update(**person.MAIL_ARRIVES)
        return True
