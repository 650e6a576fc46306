"""Input around the decision and what comes of it, turned into clean data."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.outcome import proposed_cents
from factory import clock
from factory.fields import EuroField
from factory.files.fields import UploadField
from factory.files.kinds import PDF
from factory.forms import DateField
from factory.templatetags.words import euro
from partners.forms import Refused
from partners.models import Membership, Person


class PaperForm(Refused):
    """A decision that was made elsewhere: number, date, name, amount and the paper itself."""

    decided_by = forms.CharField(
        label=_("Who decided? Name and job"),
        help_text=_("Such as: the mayor and aldermen, or M. Holder, director."),
        max_length=120,
    )
    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_date = DateField(label=_("Decided on"), latest=clock.today)
    cents = EuroField(
        label=_("Up to which amount, without VAT"),
        help_text=_("The amount that the decision names, or the mandate it was made under."),
        required=False,
    )
    paper = UploadField(
        label=_("The decision as PDF"), help_text=_("A coordinator checks it."), kinds=(PDF,)
    )

    def clean_cents(self):
        cents, proposed = self.cleaned_data["cents"] or 0, proposed_cents(self.thing)
        if cents < proposed:
            words = _("The jury proposes %(sum)s together. The decision must cover that.")
            raise forms.ValidationError(words % {"sum": euro(proposed)})
        return cents


class SendBackForm(Refused):
    """Why a paper is not right."""

    because = forms.CharField(
        label=_("What is not right?"),
        help_text=_("The owner of the challenge reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReturnedForm(Refused):
    """How it is known that a letter came back."""

    note = forms.CharField(
        label=_("How do you know?"),
        help_text=_("Such as: the entrant rang, or a message came back. Coordinators read this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendAgainForm(Refused):
    """To whom a letter goes once more: the same person or a colleague who decides there too."""

    recipient = forms.ModelChoiceField(
        Person.objects.none(), label=_("To whom?"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Membership.objects.who_decide().filter(organisation=self.thing.entry.organisation_id)
        people = Person.objects.filter(pk__in=rows.values("person"), is_active=True)
        self.fields["recipient"].queryset = people.order_by("name", "pk")
        self.fields["recipient"].label_from_instance = lambda p: f"{p.name} ({p.email})"
        self.initial.setdefault("recipient", self.thing.recipient_id)


class HandOverForm(Refused):
    """On which day a letter was handed over on paper, and how."""

    handed_date = DateField(label=_("On which day?"), latest=clock.today)
    note = forms.CharField(
        label=_("To whom, and how?"),
        help_text=_("Such as: by registered mail, or in person at the town hall."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handed_date"].earliest = timezone.localdate(self.thing.written_at)
