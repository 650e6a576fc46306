"""Who was invited to the call of a challenge."""

import pgtrigger
from django.db import models
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


class InvitedQuerySet(models.QuerySet):
    """Invitations in the domain's words."""

    def visible_to(self, person):
        """For who may read the file: the organisation whose challenge it is, and the staff."""
        if not person.is_authenticated:
            return self.none()
        if person.is_staff:
            return self
        mine = person.memberships.confirmed().values("organisation")
        return self.filter(challenge__organisation__in=mine)


class Invited(models.Model):
    """An organisation that a coordinator invited to a call, once, with the reasons as they were."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="invited")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invited_to")
    reasons = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = InvitedQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a call")
        verbose_name_plural = _("invitations to a call")
        triggers = [INVITED_IN_TIME, points_at_nobody_merged()]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "organisation"], name="invited_once"),
        ]

    def __str__(self):
        return f"{self.challenge} · {self.organisation}"
