"""Input about coaching: who coaches whom, until when, and how long it took."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.models import Coaching, Entry
from challenges.setup_forms.rows import MomentField
from factory import clock
from factory.forms import DateField
from partners.forms import Refused

QUARTERS = [(n, f"{n // 60}:{n % 60:02}") for n in range(15, 615, 15)]


def coach_fields(number=""):
    """A name and an address, for one finalist."""
    return {
        f"name{number}": forms.CharField(label=_("Name of the coach"), max_length=120),
        f"email{number}": forms.EmailField(label=_("E-mail address of the coach"), max_length=254),
    }


class StartCoachingForm(Refused):
    """A coach for each finalist, and until when they may change their plan."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = self.thing.entries.filter(state=Entry.State.SHORTLISTED).order_by("number")
        self.finalists = list(found.filter(coaching=None))
        for entry in self.finalists:
            self.fields |= coach_fields(f"_{entry.pk}")
        self.fields["until"] = MomentField(
            label=_("Changed plans until"),
            help_text=_(
                "The same for all finalists. It cannot change once the coaching has begun."
            ),
        )
        if self.thing.coaching_until and self.thing.coaching_until > clock.now():
            self.initial.setdefault("until", self.thing.coaching_until)

    @property
    def blocks(self):
        """Each finalist with the two fields of its coach."""
        return [
            (entry, [self[f"{name}_{entry.pk}"] for name in ("name", "email")])
            for entry in self.finalists
        ]

    def clean_until(self):
        until, pitch = self.cleaned_data["until"], self.thing.pitch_at
        if until <= clock.now():
            raise forms.ValidationError(gettext("This moment is over."))
        if pitch and until > pitch:
            raise forms.ValidationError(gettext("This is after the pitches."))
        return until

    def clean(self):
        data = super().clean()
        coaches = {
            entry: (data.get(f"name_{entry.pk}"), data.get(f"email_{entry.pk}", "").lower())
            for entry in self.finalists
        }
        return {"coaches": coaches, "until": data.get("until")}


class NameCoachForm(Refused):
    """Somebody else coaches a finalist."""

    coaching = forms.ModelChoiceField(
        Coaching.objects.none(), label=_("Which finalist?"), empty_label=None
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coaching"].queryset = self.thing.coachings.select_related("entry")
        self.fields |= coach_fields()

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NoteCoachingForm(Refused):
    """When somebody was coached, for how long, and about what."""

    coaching = forms.ModelChoiceField(
        Coaching.objects.none(), label=_("Which finalist?"), empty_label=None
    )
    held_date = DateField(label=_("On which day?"), latest=clock.today)
    minutes = forms.TypedChoiceField(
        label=_("How long?"),
        choices=QUARTERS,
        coerce=int,
        initial=60,
        help_text=_("In hours and minutes."),
    )
    is_less = forms.BooleanField(
        label=_("This much was noted too much"),
        help_text=_("Tick this to take it off again; what was noted stays readable."),
        required=False,
    )
    note = forms.CharField(label=_("About what?"), max_length=280, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.thing.coachings.visible_to(self.by).select_related("entry")
        self.fields["coaching"].queryset = rows
        self.initial.setdefault("held_date", clock.today())

    def clean(self):
        data = super().clean()
        if data.pop("is_less", False) and data.get("minutes"):
            data["minutes"] = -data["minutes"]
        return data
