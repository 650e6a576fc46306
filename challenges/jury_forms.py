"""Input of and around the jury, turned into clean data."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.models import Assessment, Entry, Interest, Juror
from challenges.models.criterion import HIGHEST, LOWEST
from challenges.scoring import of_the_entrants, sitting
from factory import clock
from factory.forms import DateField
from partners.forms import Refused

LINES = {"rows": 3}


class TellJurorForm(Refused):
    """Why, in words that the juror reads."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The juror reads this."),
        max_length=2000,
        widget=forms.Textarea(attrs=LINES),
    )


class RecuseForm(Refused):
    """Which interest somebody turned out to have."""

    reason = forms.CharField(
        label=_("What is your interest?"),
        help_text=_("The coordinators read this, in the file of the challenge. Entrants do not."),
        max_length=500,
        widget=forms.Textarea(attrs=LINES),
    )


class AssignForm(Refused):
    """By how many every entry is read; or one juror for one entry."""

    each = forms.IntegerField(
        label=_("How many jurors read each entry?"),
        help_text=_(
            "Evenly over the jury, conflicts kept apart; who knows the subject goes first."
        ),
        min_value=1,
        max_value=50,
        required=False,
        widget=forms.NumberInput(attrs={"class": "is-short"}),
    )
    juror = forms.ModelChoiceField(Juror.objects.none(), required=False, widget=forms.HiddenInput)
    entry = forms.ModelChoiceField(Entry.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["juror"].queryset = sitting(self.thing)
        self.fields["entry"].queryset = self.thing.entries.to_judge()

    def clean(self):
        data = super().clean()
        juror, entry = data.get("juror"), data.get("entry")
        if bool(juror) != bool(entry) or not (juror or data.get("each")):
            self.add_error("each", gettext("Say by how many, or which juror for which entry."))
        elif juror:
            self._refuse_who_may_not(juror, entry)
        return data

    def _refuse_who_may_not(self, juror, entry):
        clear = Interest.objects.clear().filter(juror=juror, entry=entry)
        if not clear.exists() or of_the_entrants([juror], [entry]):
            self.add_error(
                None, gettext("This juror did not declare to be free of an interest in it.")
            )
        elif Assessment.objects.standing().filter(juror=juror, entry=entry, round="text").exists():
            self.add_error(None, gettext("This juror has it already."))


class ScoreForm(Refused):
    """The marks of one assessment and why: whatever is there is kept, complete or not."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = self.thing.criteria()
        self.initial.setdefault("seen", self.thing.version)
        for criterion, score in self.asked:
            self.fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
                label=gettext("Your mark"),
                choices=[(n, n) for n in range(LOWEST, HIGHEST + 1)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=score and score.points,
            )
            self.fields[f"why_{criterion.pk}"] = forms.CharField(
                label=gettext("Why this mark?"),
                help_text=gettext(
                    "Needed before you lock. The jury reads it when it deliberates; who entered reads what the "
                    "jury writes together."
                ),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs=LINES),
                initial=score.motivation if score else "",
            )

    def rows(self):
        """Each criterion with its two fields."""
        for criterion, _score in self.asked:
            yield criterion, self[f"points_{criterion.pk}"], self[f"why_{criterion.pk}"]

    def marks(self):
        """``[(criterion, mark or None, why)]`` as typed."""
        data = self.cleaned_data
        return [(c, data[f"points_{c.pk}"], data[f"why_{c.pk}"]) for c, _score in self.asked]


class RepairForm(Refused):
    """What must be repaired, and until when."""

    reason = forms.CharField(
        label=_("What must they repair?"),
        help_text=_("They read these words in a mail. It can be asked once."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    until = DateField(label=_("Until which day?"), earliest=clock.today)


class ExcludeForm(Refused):
    """Why an entry is not judged."""

    reason = forms.CharField(
        label=_("Which formal rule does it not meet?"),
        help_text=_(
            "Who entered reads these words, and reads them again in the letter about the outcome."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
