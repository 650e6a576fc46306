"""Input about saved lists, turned into clean data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from factory.forms import ChoicesWithHints, PlainTextMixin
from market.models import SavedItem, SavedList
from partners.models import Organisation

MINE = "mine"


class NewListForm(PlainTextMixin, forms.Form):
    """A name for another list."""

    name = forms.CharField(label=_("Name of the new list"), max_length=80)


class ListForm(PlainTextMixin, forms.Form):
    """The name of a list, and who reads it."""

    name = forms.CharField(label=_("Name of the list"), max_length=80)
    readers = forms.ChoiceField(label=_("Who reads it?"), widget=ChoicesWithHints)

    def __init__(self, *args, thing, by, **kwargs):
        kwargs.setdefault("initial", {"name": str(thing), "readers": thing.organisation_id or MINE})
        super().__init__(*args, **kwargs)
        decided = Organisation.objects.standing().filter(pk__in=by.decides_for()).order_by("name")
        self.organisations = {str(organisation.pk): organisation for organisation in decided}
        self.fields["readers"].choices = [
            (MINE, _("Only you")),
            *((pk, organisation.name) for pk, organisation in self.organisations.items()),
        ]
        self.fields["readers"].widget.hints = dict.fromkeys(
            self.organisations,
            _("Everybody of this organisation reads it. Owners and editors change it."),
        )

    @property
    def organisation(self):
        """The organisation that it is shared with, or None."""
        return self.organisations.get(self.cleaned_data["readers"])


class NoteForm(PlainTextMixin, forms.ModelForm):
    """A line of one's own beside a thing."""

    class Meta:
        model = SavedItem
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}


class MoveForm(forms.Form):
    """The list that an item goes to."""

    to = forms.ModelChoiceField(SavedList.objects.none(), label=_("Put on another list"))

    def __init__(self, *args, thing, by, **kwargs):
        super().__init__(*args, **kwargs)
        others = SavedList.objects.kept_by(by).exclude(pk=thing.list_id)
        self.fields["to"].queryset = others.order_by("-is_first", "name")
