"""The form of an entry: what a challenge asks of those who enter."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.entry_form_fields import long_text
from challenges.entry_form_parts import Parts
from challenges.models import Instrument
from factory.fields import EuroField
from factory.forms import plain
from factory.templatetags.words import euro
from partners.forms import Refused


class BeginEntryForm(Refused):
    """For which organisation; a person of one organisation only presses."""

    organisation = forms.ModelChoiceField(
        None, label=_("For which organisation?"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args, places=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = places
        if len(places) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = places[0].pk


class EntryForm(Parts):
    """An entry that can be sent in."""

    title = forms.CharField(label=_("What is your plan called?"), max_length=120)
    summary = long_text(
        _("Your plan in short"),
        1000,
        5,
        _("For who does not know you yet. At most 1,000 characters."),
    )
    plan = long_text(
        _("Your plan"),
        20_000,
        14,
        _("What you do, for whom, with whom and when. At most 20,000 characters."),
    )
    amount_cents = EuroField(label=_("What do you ask for?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.most = self.thing.challenge.envelope_cents
        if self.most:
            words = _("In euros, without VAT. At most %(amount)s, all there is for this challenge.")
            self.fields["amount_cents"].help_text = words % {"amount": euro(self.most)}
        if self.thing.challenge.disclosure == Instrument.Disclosure.ANONYMOUS:
            self.fields["blind"] = long_text(
                _("Your plan without names"),
                20_000,
                14,
                _(
                    "The jury reads this text and the title, and nothing else. Leave out who you are: no names, "
                    "no addresses. At most 20,000 characters."
                ),
            )
            self.fields["blind"].validators.append(plain)

    def clean_amount_cents(self):
        """Never more than there is."""
        cents = self.cleaned_data["amount_cents"]
        if cents and self.most and cents > self.most:
            words = gettext("This is more than there is: at most %(amount)s.")
            raise forms.ValidationError(words % {"amount": euro(self.most)}, code="envelope")
        return cents

    def clean(self):
        """The parts together, and no name where the jury reads without."""
        data = super().clean()
        if "blind" in self.fields:
            names = [self.thing.organisation.name, *(one["name"] for one in data["partners"])]
            for field in ("title", "blind"):
                if told := [name for name in names if name.lower() in data.get(field, "").lower()]:
                    words = gettext("The jury reads this. Leave out the name “%(name)s”.")
                    self.add_error(field, words % {"name": told[0]})
        return data


class RepairEntryForm(EntryForm):
    """What was asked to be repaired; the amount stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["amount_cents"]
