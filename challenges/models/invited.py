"""Who was invited to the call of a challenge, and who said that it is not for them."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenge import Challenge
from factory import clock
from partners.models import Organisation, Person
from partners.models.merging import points_at_nobody_merged

# Only to a call that is open, only somebody else who is active, and nobody who said that it is not for them.
INVITED_IN_TIME = pgtrigger.Trigger(
    name="invited_in_time",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("call", "challenges_challenge%ROWTYPE")],
    func="""SELECT * INTO call FROM challenges_challenge WHERE id = NEW.challenge_id;
        IF call.state <> 'open' OR call.organisation_id = NEW.organisation_id
            OR NOT EXISTS (SELECT 1 FROM partners_organisation o
                WHERE o.id = NEW.organisation_id AND o.state = 'active')
            OR EXISTS (SELECT 1 FROM challenges_notforthem n
                WHERE n.challenge_id = NEW.challenge_id AND n.organisation_id = NEW.organisation_id)
        THEN RAISE EXCEPTION 'invited_who_can_still_answer' USING ERRCODE = 'check_violation'; END IF;
        RETURN NEW;""",
)


class Invited(models.Model):
    """An organisation that a coordinator invited to a call, once, with the reasons as they were."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="invited")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invited_to")
    reasons = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("invitation to a call")
        verbose_name_plural = _("invitations to a call")
        triggers = [INVITED_IN_TIME, points_at_nobody_merged()]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "organisation"], name="invited_once"),
        ]

    def __str__(self):
        return f"{self.challenge} · {self.organisation}"


class NotForThem(models.Model):
    """An organisation's word that a challenge is not for it; taken away when it says so."""

    class Reason(models.TextChoices):
        """Neutral codes."""

        NO_FIT = "no_fit", _("it is not what we do")
        CAPACITY = "capacity", _("no room at the moment")
        DISTANCE = "distance", _("too far away")
        TIMING = "timing", _("the dates do not work")
        EFFORT = "effort", _("it takes too much for what it may bring")
        RULE = "rule", _("we may not take part")

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="refused_by")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="calls_refused")
    reason = models.CharField(max_length=12, choices=Reason)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("challenge that is not for them")
        verbose_name_plural = _("challenges that are not for them")
        triggers = [points_at_nobody_merged()]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "organisation"], name="not_for_them_once"),
            models.CheckConstraint(
                condition=Q(
                    reason__in=["no_fit", "capacity", "distance", "timing", "effort", "rule"]
                ),
                name="not_for_them_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.challenge}"
