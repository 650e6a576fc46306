"""The floor's own table: signs of life."""

from django.db import models
from django.db.models.functions import Now


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
