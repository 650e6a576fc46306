"""Who is told. A notice is written in the transaction of the move it tells of: it is the outbox."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.journal.models import Event


class Urgency(models.TextChoices):
    """How soon somebody must know."""

    CLOCK = "clock", _("has a date or a legal term: always at once")
    ASK = "ask", _("waits for your answer")
    NEWS = "news", _("good to know")


class NoticeQuerySet(models.QuerySet):
    """Notices in the domain's words."""

    def inbox(self, person):
        return self.filter(recipient=person, channel=Notice.Channel.INBOX, shown_at__isnull=False)

    def mail(self):
        return self.filter(channel=Notice.Channel.MAIL)

    def unread(self):
        return self.filter(read_at=None)

    def waiting(self):
        return self.filter(status__in=[Notice.Status.WAITING, Notice.Status.SENDING])

    def of(self, event):
        return self.filter(event=event)

    def can_be_taken_back(self, thing, verb):
        """Whether no mail about the last ``verb`` has left yet and its time has not run out."""
        event = Event.objects.about(thing).filter(verb=verb).last()
        if event is None or clock.now() > event.at + timedelta(seconds=settings.TAKE_BACK_SECONDS):
            return False
        return not self.of(event).mail().exclude(status=Notice.Status.WAITING).exists()

    def take_back(self, thing, verb):
        """Stop what the last ``verb`` was going to tell: the mail is dropped, the inbox emptied."""
        event = Event.objects.about(thing).filter(verb=verb).last()
        self.of(event).drop()
        self.of(event).filter(channel=Notice.Channel.INBOX).update(shown_at=None)

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
    address = models.EmailField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    template = models.CharField(max_length=100)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NEWS)
    answers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    language = models.CharField(max_length=5, default="nl")
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    next_at = models.DateTimeField(null=True, blank=True)
    digest_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200, null=True, blank=True, unique=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient", "channel", "template"], name="notice_told_once"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=["inbox", "mail"]), name="notice_channel_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
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
                condition=models.Q(recipient__isnull=False) | ~models.Q(address=""),
                name="notice_has_somewhere_to_go",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(status__in=["waiting", "sending"]),
                name="notice_due",
            ),
            models.Index(fields=["recipient", "channel", "-created_at"], name="notice_inbox"),
        ]

    def __str__(self):
        return f"{self.template} → {self.recipient or self.address}"


class Preference(models.Model):
    """How much a person wants to hear, in words a person understands."""

    class Preset(models.TextChoices):
        EVERYTHING = "everything", _("Everything, at once")
        NEEDS_ME = "needs_me", _("What needs me at once, the rest once a week")
        WEEKLY = "weekly", _("Once a week; only what has a date at once")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference"
    )
    preset = models.CharField(max_length=12, choices=Preset, default=Preset.NEEDS_ME)
    muted = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(preset__in=["everything", "needs_me", "weekly"]),
                name="preference_preset_is_known",
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.preset}"
