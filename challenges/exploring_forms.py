"""Input about paid exploration: which teams, what came of it, and that the fee was paid."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.models import Entry, Exploration
from challenges.models.challenge import LONGEST
from factory import clock
from factory.forms import DateField
from partners.forms import Refused


class NameTeamsForm(Refused):
    """Which finalists explore: as many as was said at publication."""

    entries = forms.ModelMultipleChoiceField(
        Entry.objects.none(),
        label=_("Which teams explore further?"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = self.thing.entries.filter(state=Entry.State.SHORTLISTED).order_by("number")
        field = self.fields["entries"]
        field.queryset = found
        field.label_from_instance = lambda entry: f"{entry.number}. {entry.title}"
        self.many = min(self.thing.explore_teams or 0, found.count())
        field.help_text = gettext("Choose %(n)s.") % {"n": self.many}

    def clean_entries(self):
        chosen = list(self.cleaned_data["entries"])
        if len(chosen) != self.many:
            raise forms.ValidationError(gettext("Choose %(n)s.") % {"n": self.many})
        return chosen


class OfATeam(Refused):
    """About one of the teams that explore."""

    row = forms.ModelChoiceField(
        Exploration.objects.none(), label=_("Which team?"), empty_label=None
    )
    wanted = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.thing.explorations.filter(**self.wanted)
        self.fields["row"].queryset = rows.select_related("entry")


class ResultForm(OfATeam):
    """What a team found."""

    wanted = {"result": ""}
    result = forms.CharField(
        label=_("What came of it?"),
        help_text=_(
            "What they did, what they found, and what that changes. It stands as you write it."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class PayFeeForm(OfATeam):
    """That a team got its fee."""

    wanted = {"paid_date": None}
    paid_date = DateField(label=_("Paid on"), latest=clock.today)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("paid_date", clock.today())
