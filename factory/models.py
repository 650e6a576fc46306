"""The floor's own tables: signs of life, and what can be taken back."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from factory import clock


class HeartbeatQuerySet(models.QuerySet):
    """Signs of life in the domain's words."""

    def beat(self, name):
        """Note that ``name`` is alive at this moment, by the database's clock."""
        self.update_or_create(name=name, defaults={"at": Now()})


class Heartbeat(models.Model):
    """When a worker or the clock was last alive."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self):
        return f"{self.name} {self.at}"


def time_to_think():
    """How long a coordinator's move can be taken back."""
    return timedelta(seconds=settings.TAKE_BACK_SECONDS)


def still_to_take_back():
    """The moment after which a move can still be taken back now."""
    return clock.now() - time_to_think()


class UndoableQuerySet(models.QuerySet):
    """What can be taken back, in the domain's words."""

    def together(self, event):
        """What ``event`` and all that followed it changed, the last first; nothing once its time has run out."""
        if event.at < still_to_take_back():
            return []
        return list(self.filter(root=event).select_related("event").order_by("-event"))

    def made_by(self, person):
        """What this person did, and can still take back as far as the time goes; the last first."""
        own = self.filter(event=models.F("root"), event__actor=person)
        return own.filter(event__at__gte=still_to_take_back()).order_by("-event")

    def forget(self):
        """Let go of what cannot be taken back any more. Returns how many."""
        return self.filter(root__at__lt=still_to_take_back()).delete()[0]


class Undoable(models.Model):
    """How the rows of a move were, kept only while it can be taken back: it may hold words people typed."""

    event = models.OneToOneField("journal.Event", models.PROTECT, related_name="undoable")
    root = models.ForeignKey("journal.Event", models.PROTECT, related_name="undone_together")
    rows = models.JSONField()

    objects = UndoableQuerySet.as_manager()

    def __str__(self):
        return f"before {self.event}"
