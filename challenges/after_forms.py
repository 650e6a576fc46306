"""Input after the award: contracts, milestones, check-ins and the adoption decision."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import Adoption, CheckIn
from factory import clock
from factory.fields import EuroField
from factory.forms import DateField
from partners.forms import Refused
from partners.models import Person

LONGEST_PUT_OFF = timedelta(days=366)


def lines(rows):
    """A box of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


class ContractForm(Refused):
    """The days of the work, the reference and what was agreed."""

    number = forms.CharField(label=_("Your reference"), max_length=60, required=False)
    starts_date = DateField(label=_("When does the pilot start?"))
    ends_date = DateField(label=_("When does it end?"))
    terms = forms.CharField(
        label=_("What did you agree?"),
        help_text=_("Whose the result and the data are, what may be public, when you stop early."),
        max_length=4000,
        required=False,
        widget=lines(6),
    )

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_date"), data.get("ends_date")
        if first and last and last < first:
            self.add_error("ends_date", _("The end is before the start."))
        return data


class SignForm(Refused):
    """When both signed."""

    signed_date = DateField(label=_("On which day did both of you sign?"), latest=clock.today)


class MilestoneForm(Refused):
    """A step of the work and what is paid for it."""

    title = forms.CharField(label=_("What is done then?"), max_length=140)
    due_date = DateField(label=_("By which day?"))
    cents = EuroField(label=_("What is paid for it, without VAT?"))


class IndicatorForm(Refused):
    """What is measured: one line of the one page for a pilot."""

    title = forms.CharField(label=_("What do you measure?"), max_length=140)
    unit = forms.CharField(
        label=_("In what?"), help_text=_("Such as: people, rides, percent."), max_length=40
    )
    baseline = forms.DecimalField(
        label=_("How much is it now?"), max_digits=14, decimal_places=2, localize=True
    )
    target = forms.DecimalField(
        label=_("How much do you hope for?"), max_digits=14, decimal_places=2, localize=True
    )


class OneOf(Refused):
    """A form about one row of the thing: ``rows`` gives those that can be chosen."""

    row = forms.ModelChoiceField(CheckIn.objects.none(), label=_("Which one?"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["row"].queryset = self.rows()


class ChangeOne(OneOf):
    """Another text for one of the rows: with ``?row=`` the form begins with what stands there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        key = str(self.initial.get("row", ""))
        row = self.rows().filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        if row:
            self.fields["row"].widget = forms.HiddenInput()
            self.initial |= {name: getattr(row, name) for name in self.fields if name != "row"}


class ChangeMilestoneForm(ChangeOne, MilestoneForm):
    """A milestone that is planned otherwise."""

    def rows(self):
        return self.thing.milestones.all()


class DropMilestoneForm(OneOf):
    """A milestone that is not planned any more."""

    def rows(self):
        return self.thing.milestones.all()


class ChangeIndicatorForm(ChangeOne, IndicatorForm):
    """Something that is measured otherwise."""

    def rows(self):
        return self.thing.indicators.all()


class DropIndicatorForm(OneOf):
    """Something that is not measured after all."""

    def rows(self):
        return self.thing.indicators.all()


class DeliverForm(OneOf):
    """Which milestone was reached, and how one sees it."""

    told = forms.CharField(
        label=_("What was done?"),
        help_text=_("How can the other side see it?"),
        max_length=2000,
        widget=lines(4),
    )

    def rows(self):
        return self.thing.milestones.filter(delivered_at=None)


class AcceptForm(OneOf):
    """Which milestone is right."""

    def rows(self):
        return self.thing.milestones.filter(delivered_at__isnull=False, accepted_at=None)


class PayForm(OneOf):
    """Which milestone was paid, and when."""

    paid_date = DateField(label=_("Paid on"), latest=clock.today)

    def rows(self):
        return self.thing.milestones.filter(accepted_at__isnull=False, paid_date=None)


class MeasureForm(OneOf):
    """What came out."""

    actual = forms.DecimalField(
        label=_("How much is it now?"), max_digits=14, decimal_places=2, localize=True
    )
    measured_date = DateField(label=_("Measured on"), latest=clock.today)
    source = forms.CharField(label=_("Who measured it?"), max_length=140)

    def rows(self):
        return self.thing.indicators.all()


class CheckInForm(Refused):
    """One minute a month."""

    going = forms.ChoiceField(
        label=_("How does it go?"), choices=CheckIn.Going, widget=forms.RadioSelect
    )
    same = forms.TypedChoiceField(
        label=_("Do you still mean the same, the two of you?"),
        choices=[("yes", _("Yes")), ("no", _("No, we should talk"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    told = forms.CharField(label=_("In one line"), max_length=280, required=False)


class IssueForm(Refused):
    """What stands in the way."""

    text = forms.CharField(label=_("What stands in the way?"), max_length=2000, widget=lines(4))


class SolveForm(OneOf):
    """How something was solved."""

    solution = forms.CharField(label=_("How was it solved?"), max_length=2000, widget=lines(3))

    def rows(self):
        return self.thing.issues.filter(solved_at=None)


class WhyForm(Refused):
    """Why it ends early."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Both sides and the coordinators read this."),
        max_length=2000,
        widget=lines(4),
    )


class PostponeForm(Refused):
    """The one postponement there is: until when, and why."""

    due_date = DateField(
        label=_("On which day do you decide then?"), earliest=lambda: clock.today() + timedelta(1)
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("These words stand on the page of the challenge."),
        max_length=2000,
        widget=lines(4),
    )

    def clean_due_date(self):
        day = self.cleaned_data["due_date"]
        if day <= self.thing.promised_date:
            raise forms.ValidationError(_("Choose a day after the one that was promised."))
        if day > self.thing.promised_date + LONGEST_PUT_OFF:
            raise forms.ValidationError(_("A decision can be put off for a year at most."))
        return day


class AdoptionForm(Refused):
    """What becomes of it, and why."""

    choice = forms.ChoiceField(
        label=_("What becomes of it?"), choices=Adoption.Choice, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("These words stand on the page of the challenge."),
        max_length=2000,
        widget=lines(4),
    )


class FollowUpForm(Refused):
    """How it is some time after the decision."""

    still_runs = forms.TypedChoiceField(
        label=_("Does it still run?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    people = forms.IntegerField(
        label=_("How many people were helped?"), min_value=0, required=False
    )
    jobs = forms.IntegerField(label=_("How many people work by it?"), min_value=0, required=False)
    spent_cents = EuroField(label=_("What is spent on it in a year?"), required=False)
    others = forms.CharField(label=_("Who else uses it?"), max_length=280, required=False)
    told = forms.CharField(
        label=_("What did you learn?"), max_length=2000, required=False, widget=lines(4)
    )


class HandOverForm(Refused):
    """Which colleague is the owner from now on, and who replaces them."""

    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Who is the owner from now on?"))
    deputy = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who is their deputy?"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(
            is_active=True,
            memberships__in=self.thing.organisation.memberships.who_decide(),
        ).order_by("name")
        self.fields["owner"].queryset = people
        self.fields["deputy"].queryset = people

    def clean(self):
        data = super().clean()
        if data.get("owner") and data.get("owner") == data.get("deputy"):
            self.add_error("deputy", _("The deputy is somebody else than the owner."))
        return data
