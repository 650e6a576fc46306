"""What passes between an applicant and the coordinator who checks, and by when it is somebody's turn."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factory import clock, working_days
from factory.graph import Moving
from factory.knowledge.models import Norm

CHECK_DAYS = 3  # working days within which a coordinator answers an application
REMINDED_BEFORE = timedelta(days=2)


class Checked(Moving):
    """An application that a coordinator looks at. ``question`` stands until it is answered, then in ``answer``."""

    question = models.CharField(_("what we asked"), max_length=1000, blank=True, editable=False)
    answer = models.CharField(
        _("what we asked, and their answer"),
        max_length=3100,
        blank=True,
        editable=False,
        default="",
        db_default="",
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    asked_until = models.DateField(_("answer awaited until"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def is_asked(self, question):
        """A question waits for an answer, so many working days; after that it is the coordinator's turn again."""
        days = Norm.objects.value("application-answer-days")
        self.question, self.reminded_at = question, None
        self.asked_until = working_days.after(clock.today(), days)

    def answered(self, words):
        """The question is answered; the coordinator reads both together."""
        self.answer = "\n\n".join(filter(None, [self.question, words]))
        self.nothing_is_asked()
        self.answered_at = clock.now()

    def nothing_is_asked(self):
        """No question waits."""
        self.question, self.asked_until, self.reminded_at = "", None, None

    @property
    def answer_by(self):
        """The day by which a coordinator answers: counted from the application, or from the answer to a question."""
        return working_days.after(
            timezone.localdate(self.answered_at or self.created_at), CHECK_DAYS
        )
