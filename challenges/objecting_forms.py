"""Input of an entrant after the letter: an objection, a talk; and of who answers it."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.models import Objection
from challenges.models.objection import LONGEST
from challenges.rules import enters_it
from factory import clock
from factory.fields import EuroField
from factory.files.fields import UploadField
from factory.files.kinds import PDF
from factory.forms import DateField
from factory.templatetags.words import euro
from partners.forms import Refused


class LodgeForm(Refused):
    """An objection in words or as a paper; who notes it for an entrant says when it came in."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Objection.Kind,
        widget=forms.RadioSelect,
        initial="objection",
    )
    received_date = DateField(label=_("When did it come in?"), latest=clock.today)
    text = forms.CharField(
        label=_("Why do you object?"),
        help_text=_(
            "Write it here, or add your letter below. The organisation that decided and the coordinators read it."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    paper = UploadField(
        label=_("Your letter as PDF"),
        help_text=_("Signed, if the law asks for that."),
        kinds=(PDF,),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if enters_it.test(self.by, self.thing):
            del self.fields["received_date"]

    def clean(self):
        data = super().clean()
        if not data.get("text") and not data.get("paper") and "paper" not in self.errors:
            self.add_error("text", _("Write why you object, or add your letter."))
        return data


class SettleForm(Refused):
    """How an objection was decided, in words that the entrant reads."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The entrant and the coordinators read these words."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AskForm(Refused):
    """What an entrant wants to talk about."""

    question = forms.CharField(
        label=_("What do you want to know?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlanForm(Refused):
    """When a talk is, and where or how."""

    day = DateField(label=_("On which day?"), earliest=clock.today)
    hour = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Write a time such as 14:30.")},
    )
    place = forms.CharField(
        label=_("Where, or how?"),
        help_text=_("Such as: at the town hall, by phone, or a link to a video call."),
        max_length=200,
    )

    def clean(self):
        data = super().clean()
        day, hour = data.pop("day", None), data.pop("hour", None)
        if day and hour:
            data["planned_at"] = timezone.make_aware(datetime.combine(day, hour))
            if data["planned_at"] < clock.now():
                self.add_error("hour", _("This moment is over."))
        return data


class NextForm(Refused):
    """How much the next of the reserve gets, within what is left of the envelope and the decision."""

    cents = EuroField(label=_("Award, without VAT"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cents"].help_text = _("At most %(left)s.") % {
            "left": euro(self.thing.left_cents)
        }
