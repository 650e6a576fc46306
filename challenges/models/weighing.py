"""What counts for how much when partners are proposed for a call, and calls for a partner."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from partners.models import Person

MOST = 100
WRITTEN_DOWN = pgtrigger.Trigger(
    name="written_down",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert,
    func="""IF NOT EXISTS (SELECT 1 FROM journal_event e WHERE e.thing_type = 'challenges.callweighing'
            AND e.thing_id = NEW.id AND e.xact = txid_current())
        THEN RAISE EXCEPTION 'challenges.callweighing was chosen without a journal entry'
            USING ERRCODE = 'check_violation'; END IF; RETURN NULL;""",
)


class CallWeighing(models.Model):
    """What each part counts for, from a moment on. Rows are added and never changed."""

    PARTS = ("text", "themes", "near", "goals")

    text = models.PositiveSmallIntegerField(_("what the texts say"), default=40)
    themes = models.PositiveSmallIntegerField(_("the same themes"), default=25)
    near = models.PositiveSmallIntegerField(_("being near"), default=20)
    goals = models.PositiveSmallIntegerField(_("the same goals"), default=15)
    because = models.CharField(_("why"), max_length=200)
    made_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("since"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("weighing of invitations")
        verbose_name_plural = _("weighings of invitations")
        get_latest_by = "pk"
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            WRITTEN_DOWN,
            pgtrigger.Protect(
                name="never_changed",
                operation=pgtrigger.UpdateOf(
                    "text", "themes", "near", "goals", "because", "made_at"
                ),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(text__lte=MOST, themes__lte=MOST, near__lte=MOST, goals__lte=MOST),
                name="call_weighing_in_range",
            ),
            models.CheckConstraint(
                condition=Q(text__gt=-F("themes") - F("near") - F("goals")),
                name="call_weighing_weighs_something",
            ),
        ]

    def __str__(self):
        return " · ".join(f"{name} {getattr(self, name)}" for name in self.PARTS)

    @classmethod
    def label(cls):
        """Its name in the journal."""
        return cls._meta.label_lower

    @property
    def weights(self):
        """As :func:`partners.scoring.score` takes them."""
        return {name: float(getattr(self, name)) for name in self.PARTS}
