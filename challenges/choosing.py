"""Input that names some of the entries: who comes to pitch, who repairs. It stays short with a thousand of them."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.jury_forms import RepairForm
from challenges.models import Entry
from challenges.scoring import Standing
from partners.forms import Refused


class ChooseEntries(Refused):
    """Entries to choose from: boxes for the first of them, the others by their numbers."""

    boxes = 25
    others = forms.CharField(
        label=_("Others, by their numbers"),
        help_text=_("Such as: 12, 40. Above stand the first %(n)s."),
        max_length=2000,
        required=False,
    )

    def offer(self, queryset, order=None):
        """Boxes for these, in the order of ``order`` (keys) or of their numbers."""
        rows = queryset.order_by("number").values_list("pk", "number", "title")
        self.listed = {pk: (number, title) for pk, number, title in rows}
        place = {key: number for number, key in enumerate(order or self.listed)}
        keys = sorted(self.listed, key=lambda key: place.get(key, len(place)))
        field = self.fields["entries"]
        field.queryset = queryset.order_by("number")
        field.required = len(self.listed) <= self.boxes  # else a number will do
        field.choices = [(key, "{}. {}".format(*self.listed[key])) for key in keys[: self.boxes]]
        if len(self.listed) > self.boxes:
            self.fields["others"].help_text %= {"n": self.boxes}
        else:
            del self.fields["others"]

    def clean_others(self):
        """The keys of the entries of which the numbers were typed."""
        typed = self.cleaned_data["others"].replace(",", " ").replace(";", " ").split()
        by_number = {str(number): key for key, (number, _title) in self.listed.items()}
        if unknown := [word for word in typed if word not in by_number]:
            words = gettext("No entry to choose has this number: %(numbers)s.")
            raise forms.ValidationError(words % {"numbers": ", ".join(unknown[:10])})
        return [by_number[word] for word in typed]

    def clean(self):
        data = super().clean()
        chosen = {entry.pk for entry in data.get("entries", ())} | set(data.pop("others", ()))
        if not chosen and not self.errors:
            self.add_error("entries", self.fields["entries"].error_messages["required"])
        data["entries"] = list(self.fields["entries"].queryset.filter(pk__in=chosen))
        return data


class ShortlistForm(ChooseEntries):
    """Who comes to pitch, and how long each gets; who stands highest first where there are many."""

    field_order = ("entries", "others", "minutes")
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
        found = self.thing.entries.to_judge()
        many = found.count() > self.boxes
        order = [place.entry for place in Standing(self.thing).places] if many else None
        self.offer(found, order)


class AskRepairsForm(ChooseEntries, RepairForm):
    """Whom it is asked of: everybody who has not repaired yet."""

    entries = forms.ModelMultipleChoiceField(
        Entry.objects.none(), label=_("Of whom?"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("entries", "others", "reason", "until")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sent = self.thing.entries.filter(state=Entry.State.SUBMITTED, repairs=0)
        self.offer(sent)
        self.fields["reason"].help_text = gettext(
            "Everybody you tick gets these same words. It can be asked once."
        )
