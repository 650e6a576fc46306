"""Input of those who read along."""

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges import pasting
from challenges.models import Guest, Remark
from challenges.models.step import FIELDS
from partners.forms import Refused

TEXTS = [(name, name) for names in FIELDS.values() for name in names]


class RemarkForm(Refused):
    """What somebody says of a paragraph."""

    field = forms.ChoiceField(choices=TEXTS, widget=forms.HiddenInput)
    paragraph = forms.IntegerField(min_value=0, max_value=400, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_text(self):
        return pasting.tidy(self.cleaned_data["text"])


class ResolveForm(Refused):
    """Which remark is settled."""

    remark = forms.ModelChoiceField(Remark.objects.none(), label=_("Which remark?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remark"].queryset = self.thing.remarks.open().select_related("guest", "person")


class GuestForm(Refused):
    """Whom to let read along."""

    name = forms.CharField(label=_("Who reads along?"), max_length=120)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("The link goes there, for this person alone. It works for thirty days."),
        max_length=254,
    )
    works_for = forms.CharField(
        label=_("Whom do they work for?"),
        help_text=_("Whoever helps is noted, and named if they enter later."),
        max_length=120,
    )
    role = forms.ChoiceField(label=_("As what do they look?"), choices=Guest.Role)


class EndGuestForm(Refused):
    """Whose link ends."""

    guest = forms.ModelChoiceField(Guest.objects.none(), label=_("Whose link?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["guest"].queryset = self.thing.guests.filter(ended_at=None)
