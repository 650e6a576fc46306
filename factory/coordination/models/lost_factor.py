"""That somebody lost phone and spare codes: who asked for a new start, who decided, and until when it waits."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factory import clock
from factory.graph import REFUSE, Graph, Moving

ASKED_AGAIN_AFTER = timedelta(days=1)


class LostFactorState(models.TextChoices):
    ASKED = "asked", gettext_lazy("Asked")
    WAITING = "waiting", gettext_lazy("Granted, waits")
    DONE = "done", gettext_lazy("Old second step taken away")
    REFUSED = "refused", gettext_lazy("Refused")
    STOPPED = "stopped", gettext_lazy("Stopped by the person")


S = LostFactorState
GRAPH = Graph(
    "coordination.lostfactor",
    first=(S.ASKED,),
    edges={S.ASKED: [S.WAITING, S.REFUSED, S.STOPPED], S.WAITING: [S.DONE, S.REFUSED, S.STOPPED]},
)
OPEN = Q(state__in=[S.ASKED, S.WAITING])


class LostFactorQuerySet(models.QuerySet):
    """Lost second factors in the domain's words."""

    def visible_to(self, person):
        """Whose it is, and who decides: coordinators, about a colleague only administrators."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self
        mine = Q(person=person)
        return self.filter(mine | Q(person__is_staff=False) if person.is_staff else mine)

    def under_way(self):
        return self.filter(OPEN, person__is_active=True)

    def to_decide(self, person):
        """Those that wait for a decision that this person may take."""
        waiting = self.visible_to(person).filter(state=S.ASKED, person__is_active=True)
        return waiting.exclude(person=person)

    def asked_lately(self):
        """Those after which asking once more makes no new one."""
        return self.filter(OPEN | Q(asked_at__gt=clock.now() - ASKED_AGAIN_AFTER))

    def ready(self, now):
        """Those whose time to stop it has passed; of a coordinator only what an administrator decided."""
        due = self.filter(state=S.WAITING, ready_at__lte=now, person__is_active=True)
        due = due.filter(decided_by__is_staff=True)
        return due.exclude(person__is_staff=True, decided_by__is_superuser=False)


class LostFactor(Moving):
    """Somebody who got past their password asks to sign in without the second factor they lost."""

    State = LostFactorState

    graph = GRAPH
    guards_an_account = True  # told at once, and stopped from the mail by whoever cannot sign in
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("whose account"),
    )
    asked_at = models.DateTimeField(gettext_lazy("asked at"), default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("who decided"),
    )
    ready_at = models.DateTimeField(gettext_lazy("can be stopped until"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    language = ""  # its words are ours

    objects = LostFactorQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("lost second step")
        verbose_name_plural = gettext_lazy("lost second steps")
        triggers = [
            *GRAPH.triggers(),
            pgtrigger.Trigger(
                name="of_staff_by_an_administrator",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                func="IF NEW.state IN ('waiting', 'done') AND NOT EXISTS (SELECT 1 FROM "
                "partners_person whose, partners_person decider WHERE whose.id = NEW.person_id AND "
                "decider.id = NEW.decided_by_id AND decider.is_staff AND (decider.is_superuser OR NOT "
                f"whose.is_staff)) THEN {REFUSE % 'decided by somebody who may not'} END IF; "
                "RETURN NEW;",
            ),
        ]
        constraints = [
            GRAPH.check(LostFactorState),
            models.UniqueConstraint(fields=["person"], condition=OPEN, name="lost_factor_once"),
            models.CheckConstraint(
                condition=~Q(decided_by=F("person")), name="lost_factor_decided_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "done"])
                | Q(decided_by__isnull=False, ready_at__gt=F("asked_at")),
                name="lost_factor_waits_after_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) & ~Q(state="done")
                | Q(state="done", done_at__gte=F("ready_at")),
                name="lost_factor_done_after_waiting",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ready_at"], condition=Q(state="waiting"), name="lost_factor_ready"
            ),
            models.Index(fields=["asked_at"], condition=Q(state="asked"), name="lost_factor_asked"),
        ]

    def __str__(self):
        return _("Lost second step of %(name)s") % {"name": self.person}

    def get_absolute_url(self):
        return reverse("lost_factor", args=[self.pk])
