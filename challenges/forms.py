"""Input around a challenge, turned into clean data."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.forms import DateField
from factory.templatetags.words import moment
from partners.forms import Refused


class ReasonForm(Refused):
    """Why, in words that become public."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("These words stand on the page of the challenge."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ScheduleForm(Refused):
    """On which day it opens; at the hour of the calendar that was approved, else in the morning at nine."""

    publish_date = DateField(
        label=_("On which day does it open?"),
        help_text=_("It opens that day at nine in the morning."),
        earliest=lambda: clock.today() + timedelta(days=1),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        approved = self.thing.publish_at
        if approved is None:
            return
        local = timezone.localtime(approved)
        hour = {"hour": f"{local.hour}", "minute": f"{local.minute:02}"}
        said = {"moment": moment(approved), "hour": _("%(hour)s:%(minute)s") % hour}
        words = _("Approved was %(moment)s. On whichever day, it opens at %(hour)s.") % said
        self.fields["publish_date"].help_text = words
        if local.date() > clock.today():
            self.initial.setdefault("publish_date", local.date())


class QuestionForm(Refused):
    """What somebody wants to know."""

    text = forms.CharField(
        label=_("Your question"),
        help_text=_("Do not write who you are or what your plan is: everybody reads the question."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(Refused):
    """What everybody reads."""

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Everybody reads the same answer, with the question above it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class SetAsideForm(Refused):
    """Why it is not answered for everybody; only who asked it reads this."""

    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("Only who asked it reads this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
