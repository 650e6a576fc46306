"""Sheets of partners that a coordinator brings: the file, its lines, and what was found of each."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from factory import clock
from partners.models.organisation import Organisation


class ImportQuerySet(models.QuerySet):
    """Imports in the domain's words."""

    def visible_to(self, person):
        """Coordinators see them all; nobody else sees any."""
        return self if person.is_authenticated and person.is_staff else self.none()

    def at_work(self):
        """Those with lines that a worker still has to look at or to enter."""
        return self.filter(status__in=[Import.Status.READING, Import.Status.ENTERING])


class Import(models.Model):
    """A sheet that a coordinator brought. How far it is, is no lifecycle: a worker writes it down."""

    class Status(models.TextChoices):
        READING = "reading", _("being looked at")
        UNREADABLE = "unreadable", _("cannot be read")
        CHECKED = "checked", _("looked at")
        ENTERING = "entering", _("being brought in")
        DONE = "done", _("brought in")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), default=clock.now)
    file_name = models.CharField(_("file"), max_length=200)
    language = models.CharField(max_length=2, default="nl")
    content = models.BinaryField(null=True)  # until its lines are in the database
    head = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    status = models.CharField(_("how far"), max_length=10, choices=Status, default=Status.READING)
    trouble = models.CharField(max_length=500, blank=True)
    total = models.PositiveIntegerField(_("lines"), default=0)
    done = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    doubtful_too = models.BooleanField(default=False)
    worked_at = models.DateTimeField(default=clock.now)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["reading", "unreadable", "checked", "entering", "done"]),
                name="import_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")), name="import_done_within_total"
            ),
        ]

    def __str__(self):
        return self.file_name

    @staticmethod
    def label():
        """The thing's name in the journal."""
        return "partners.import"

    @property
    def works(self):
        """Whether a worker is busy with it."""
        return self.status in (self.Status.READING, self.Status.ENTERING)

    @property
    def percent(self):
        return self.done * 100 // self.total if self.total else 0

    def counts(self):
        """``{verdict: how many lines}``, every verdict named."""
        rows = self.lines.order_by().values("verdict").annotate(n=Count("pk"))
        found = {row["verdict"]: row["n"] for row in rows}
        return {str(verdict): found.get(verdict, 0) for verdict in ImportLine.Verdict}


class ImportLineQuerySet(models.QuerySet):
    """Lines in the domain's words."""

    def rewrite(self, lines, names):
        """Write these fields of many lines in one statement; much cheaper than ``bulk_update``."""
        self.bulk_create(lines, update_conflicts=True, unique_fields=["id"], update_fields=names)


class ImportLine(models.Model):
    """One line of a sheet: what stands in it, what is wrong with it, and whom it became."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("not looked at yet")
        NEW = "new", _("new")
        DOUBTFUL = "doubtful", _("looks like somebody who is here")
        HERE = "here", _("is here already")
        WRONG = "wrong", _("has an error")
        ENTERED = "entered", _("brought in")

    batch = models.ForeignKey(Import, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    cells = ArrayField(models.TextField(), default=list)
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.WAITING)
    remarks = models.JSONField(
        default=list
    )  # {"column", "words"} and, of who is here, "pk" and "called"
    facts = models.JSONField(default=dict)
    keys = ArrayField(models.CharField(max_length=300), default=list)
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="import_line", null=True, blank=True
    )

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_line_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=["waiting", "new", "doubtful", "here", "wrong", "entered"]),
                name="import_line_verdict_is_known",
            ),
            models.CheckConstraint(
                condition=Q(verdict="entered") ^ Q(organisation=None),
                name="import_line_entered_is_somebody",
            ),
        ]
        indexes = [models.Index(fields=["batch", "verdict", "number"], name="import_line_verdicts")]

    def __str__(self):
        return f"{self.batch} · {self.number}"
