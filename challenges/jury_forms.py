"""Input of and around the jury, turned into clean data."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.models import Assessment, Challenge, Entry, Interest, Juror
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


def the_seat(form, challenge, by):
    """Whose interests a form is about: one's own, or of the juror for whom a clerk fills it in; or None."""
    own = sitting(challenge).filter(person=by).first()
    if own:
        return None if challenge.disclosure == Challenge.Disclosure.ANONYMOUS else own
    asked = str(form.data.get("juror") or form.initial.get("juror") or "")
    return sitting(challenge).filter(pk=asked).first() if asked.isdecimal() else None


class DeclareForm(Refused):
    """For every entry: tick where there is an interest, and say which; one tick that there is no other."""

    juror = forms.CharField(required=False, widget=forms.HiddenInput)
    none_else = forms.BooleanField(
        label=_(
            "With the others I have no interest: I am not in their team or on their board, and they did "
            "not pay me in the last three years"
        )
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seat = the_seat(self, self.thing, self.by)
        entries = self.thing.entries.to_judge().select_related("organisation")
        self.entries = list(entries.order_by("organisation__name", "pk"))
        said = Interest.objects.filter(juror=self.seat) if self.seat else ()
        self.said = {interest.entry_id: interest for interest in said}
        for entry in self.entries:
            self._ask(entry)
        self.order_fields(["juror", *[f for f in self.fields if f != "none_else"], "none_else"])

    def _ask(self, entry):
        known = self.said.get(entry.pk)
        standing = bool(known and known.conflicted)
        self.fields[f"has_{entry.pk}"] = forms.BooleanField(
            label=str(entry.organisation),
            required=False,
            initial=standing,
            disabled=standing,
        )
        self.fields[f"which_{entry.pk}"] = forms.CharField(
            label=gettext("Which interest in %(name)s?") % {"name": entry.organisation},
            required=False,
            max_length=500,
            initial=known.reason if standing else "",
            disabled=standing,
        )

    def rows(self):
        """The two fields of every entry, and whether it is new since the juror declared."""
        for entry in self.entries:
            known = self.said.get(entry.pk)
            yield {
                "has": self[f"has_{entry.pk}"],
                "which": self[f"which_{entry.pk}"],
                "standing": bool(known and known.conflicted),
                "organisation": entry.organisation,
            }

    def clean(self):
        data = super().clean()
        if self.seat is None:
            self.add_error(None, gettext("Choose for which juror you fill this in."))
        conflicts = {
            e: data.get(f"which_{e.pk}", "") for e in self.entries if data.get(f"has_{e.pk}")
        }
        for entry, reason in conflicts.items():
            if not reason.strip():
                self.add_error(f"which_{entry.pk}", gettext("Say which interest it is."))
        return {"juror": self.seat, "entries": self.entries, "conflicts": conflicts}


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


class ShortlistForm(Refused):
    """Who comes to pitch, and how long each gets."""

    entries = forms.ModelMultipleChoiceField(
        Entry.objects.none(), label=_("Who comes to pitch?"), widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.IntegerField(
        label=_("Minutes for each finalist"),
        help_text=_("The same for everybody, questions included."),
        min_value=5,
        max_value=240,
        widget=forms.NumberInput(attrs={"class": "is-short"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["minutes"].initial = self.thing.pitch_minutes
        field = self.fields["entries"]
        field.queryset = self.thing.entries.to_judge().order_by("number")
        field.label_from_instance = lambda entry: f"{entry.number}. {entry.title}"


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


class AskRepairsForm(RepairForm):
    """Whom it is asked of: everybody who has not repaired yet."""

    entries = forms.ModelMultipleChoiceField(
        Entry.objects.none(), label=_("Of whom?"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("entries", "reason", "until")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sent = self.thing.entries.filter(state=Entry.State.SUBMITTED, repairs=0)
        self.fields["entries"].queryset = sent.order_by("number")
        self.fields["entries"].label_from_instance = lambda entry: f"{entry.number}. {entry.title}"
        self.fields["reason"].help_text = gettext(
            "Everybody you tick gets these same words. It can be asked once."
        )
