"""Input around a challenge, turned into clean data."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.forms import DateField
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
    """On which day it opens; in the morning, at nine."""

    publish_date = DateField(
        label=_("On which day does it open?"),
        help_text=_("It opens that day at nine in the morning."),
        earliest=lambda: clock.today() + timedelta(days=1),
    )


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
