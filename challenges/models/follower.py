"""Who wants to hear how a challenge goes on, or of every new one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from factory import clock
from partners.models import Person


class Follower(models.Model):
    """Somebody follows a challenge; without a challenge, every one that opens."""

    challenge = models.ForeignKey(
        Challenge, models.CASCADE, null=True, blank=True, related_name="followers"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="follows")
    since = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(fields=["challenge", "person"], name="follower_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(challenge=None), name="follower_of_all_once"
            ),
        ]

    def __str__(self):
        return str(self.person)


def forget(person):
    """Somebody closes their account: nobody needs to know what they followed."""
    person.follows.all().delete()
