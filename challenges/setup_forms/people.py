"""Whom one asks: for the jury, to pay along, and for the approval."""

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import CoOwner, Juror
from factory import clock
from factory.fields import EuroField
from factory.files.fields import UploadField
from factory.files.kinds import PDF
from factory.forms import DateField
from partners.forms import Refused
from partners.models import Organisation


class InviteForm(Refused):
    """Somebody by their mail address."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    expertise = forms.CharField(label=_("Knows about"), max_length=120, required=False)
    chairs = forms.BooleanField(label=_("Chairs the jury"), required=False)

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class ReleaseForm(Refused):
    """Who does not sit in the jury any more."""

    seat = forms.ModelChoiceField(
        Juror.objects.none(), label=_("Who leaves the jury?"), empty_label=None
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seats = self.thing.jury.standing().select_related("person")
        self.fields["seat"].queryset = seats


class CoOwnerForm(Refused):
    """Who pays along, and how much."""

    organisation = forms.CharField(
        label=_("Which organisation pays along?"),
        help_text=_("Its name as it stands among the partners."),
        max_length=120,
    )
    cents = EuroField(label=_("How much do they pledge?"))
    own_cents = EuroField(label=_("How much do you pay yourselves?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.thing.co_owners.filter(leads=True).exists():
            del self.fields["own_cents"]
        else:
            self.fields["own_cents"].required = True
            self.initial.setdefault("own_cents", self.thing.envelope_cents)

    def clean_organisation(self):
        name = self.cleaned_data["organisation"].strip()
        others = Organisation.objects.filter(state__in=["active", "listed"])
        found = others.exclude(pk=self.thing.organisation_id).filter(name__iexact=name).first()
        if found is None:
            raise forms.ValidationError(_("We know no other organisation with this name."))
        if self.thing.co_owners.filter(organisation=found).exists():
            raise forms.ValidationError(_("This organisation pays along already."))
        return found


class EndCoOwnerForm(Refused):
    """Who does not pay along any more."""

    co_owner = forms.ModelChoiceField(
        CoOwner.objects.none(), label=_("Who does not pay along any more?"), empty_label=None
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = self.thing.co_owners.filter(leads=False).select_related("organisation")
        self.fields["co_owner"].queryset = others


class ForWhom(Refused):
    """For the challenge itself, or for the part of one who pays along."""

    co_owner = forms.ModelChoiceField(
        CoOwner.objects.none(),
        label=_("What is it about?"),
        required=False,
        empty_label=_("The challenge as a whole"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = self.thing.co_owners.filter(leads=False, approved_date=None)
        self.fields["co_owner"].queryset = waiting.select_related("organisation")
        if not waiting.exists():
            del self.fields["co_owner"]


class AskApprovalForm(ForWhom):
    """Who holds the budget, and where the code goes."""

    name = forms.CharField(label=_("Who approves it? The name"), max_length=120)
    job = forms.CharField(label=_("Their job"), max_length=120)
    email = forms.EmailField(
        label=_("Their mail address at work"),
        help_text=_("They get a code by mail and need no account."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("name", self.thing.budget_holder)
        self.initial.setdefault("job", self.thing.budget_holder_job)

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        submitter = self.thing.submitted_by
        if submitter and submitter.email.lower() == email:
            raise forms.ValidationError(_("Who sent it in does not approve it."))
        return email


class NoteApprovalForm(ForWhom):
    """A decision that was taken on paper."""

    name = forms.CharField(label=_("Who approved it? Name and job"), max_length=120)
    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_date = DateField(label=_("Approved on"), latest=clock.today)
    document = UploadField(label=_("The decision as PDF"), kinds=(PDF,))

    def clean_name(self):
        name, submitter = self.cleaned_data["name"].strip(), self.thing.submitted_by
        if submitter and submitter.name.lower() in name.lower():
            raise forms.ValidationError(_("Who sent it in does not approve it."))
        return name


class CheckForm(Refused):
    """A coordinator has read the decision."""

    seen = forms.BooleanField(
        label=_("I have read the decision. Name, amount and mandate are right.")
    )

    def waiting(self):
        """The decision on paper that waits to be checked."""
        noted = self.thing.approvals.filter(email="", answer="", ended_at=None)
        return noted.filter(**self.about()).first()

    def about(self):
        return {"co_owner": None}

    def clean(self):
        data = super().clean()
        data.pop("seen", None)
        data["approval"] = self.waiting()
        if data["approval"] is None:
            self.add_error(None, _("No decision was noted yet."))
        return data


class CheckShareForm(CheckForm):
    """The same of a part that somebody else pays."""

    def about(self):
        return {"co_owner__isnull": False}


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "is-short"}
        ),
    )

    def clean_code(self):
        return self.cleaned_data["code"].replace(" ", "")


class AnswerForm(forms.Form):
    """Yes with date and number, or no with a reason."""

    answer = forms.ChoiceField(
        label=_("Do you approve it?"),
        choices=[
            ("yes", _("Yes, with the mandate that is named here")),
            ("no", _("No")),
        ],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    decided_date = DateField(label=_("Approved on"), latest=clock.today, required=False)
    reason = forms.CharField(
        label=_("If not: why?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        data = super().clean()
        needed = ("number", "decided_date") if data.get("answer") == "yes" else ("reason",)
        for name in needed:
            if data.get("answer") and not data.get(name) and name not in self.errors:
                self.add_error(name, _("This must be filled in."))
        return data
