"""A ranking that was learnt from decisions: its weights, and what it was worth on decisions it had not seen."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.graph import Graph, Moving


class LearntState(models.TextChoices):
    MEASURED = "measured", _("Measured")
    IN_USE = "in_use", _("In use")
    PUT_AWAY = "put_away", _("Put away")


S = LearntState
GRAPH = Graph(
    "market.learnt",
    first=(S.MEASURED,),
    edges={S.MEASURED: [S.IN_USE], S.IN_USE: [S.PUT_AWAY], S.PUT_AWAY: [S.IN_USE]},
)


class LearntQuerySet(models.QuerySet):
    """Learnt rankings in the domain's words."""

    def visible_to(self, person):
        """Coordinators."""
        return self if person.is_authenticated and person.is_staff else self.none()

    def in_use(self):
        return self.filter(state=S.IN_USE)


class Learnt(Moving):
    """Weights fitted on decisions until a moment, compared with the formula on later ones. Never changed."""

    State = LearntState

    graph = GRAPH
    weights = models.JSONField(_("weights"))
    before = models.JSONField(default=dict, editable=False)  # what counted until it was switched on
    decisions = models.PositiveIntegerField(_("decisions it was fitted on"))
    needs = models.PositiveIntegerField(_("needs it was tried on"))
    formula = models.FloatField(_("the formula puts first what was chosen"))
    learnt = models.FloatField(_("the learnt one does"))
    better = models.FloatField(_("difference"))
    low = models.FloatField(_("difference, at least"))
    high = models.FloatField(_("difference, at most"))
    fitted_at = models.DateTimeField(_("fitted"), default=clock.now, editable=False)

    objects = LearntQuerySet.as_manager()

    class Meta:
        verbose_name = _("learnt ranking")
        verbose_name_plural = _("learnt rankings")
        triggers = [
            *GRAPH.triggers(),
            pgtrigger.Protect(
                name="never_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "weights", "decisions", "needs", "formula", "learnt", "better", "low", "high", "fitted_at"
                ),
            ),
        ]  # fmt: skip
        constraints = [
            GRAPH.check(LearntState),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="in_use"), name="learnt_one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(state="measured") | Q(low__gt=0), name="learnt_is_used_if_it_is_better"
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_better(self):
        """Whether the whole interval of the difference lies above zero."""
        return self.low > 0
