"""Input about organisations and people, turned into clean data."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NotValid
from stdnum.nl import bsn, btw, postcode

from partners.models import Membership, Organisation, Region


class Refused(forms.Form):
    """A form of a move: it knows the thing and who is asking."""

    def __init__(self, *args, thing=None, by=None, **kwargs):
        self.thing, self.by = thing, by
        super().__init__(*args, **kwargs)


class ReasonForm(Refused):
    """Why, in words the other side will read."""

    note = forms.CharField(
        label=_("What do you want to say?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AdmitForm(Refused):
    """Which colleague, and in what role."""

    membership = forms.ModelChoiceField(Membership.objects.none(), label=_("Who"))
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role, initial="editor")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = Membership.objects.asked().filter(organisation=self.thing)
        self.fields["membership"].queryset = asked.select_related("person")


class SignupForm(forms.Form):
    """What we ask of somebody who makes an account, beside address and password."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    accept_terms = forms.BooleanField(label=_("I agree with the terms"))

    def signup(self, request, user):
        user.name = self.cleaned_data["name"]
        user.save()


class OrganisationForm(forms.ModelForm):
    """An organisation in its own words, with the numbers checked."""

    kvk = forms.CharField(
        label=_("KvK number"),
        required=False,
        validators=[RegexValidator(r"^\d{8}$", _("A KvK number has 8 digits."))],
    )

    class Meta:
        model = Organisation
        fields = [
            "kind", "name", "legal_name", "legal_form", "kvk", "rsin", "vat", "mission", "description",
            "website", "email", "phone", "street", "postcode", "town", "region", "sectors", "themes",
            "goals", "works_in", "size",
        ]  # fmt: skip

    def __init__(self, *args, thing=None, by=None, **kwargs):
        self.by = by
        super().__init__(*args, instance=thing, **kwargs)
        self.fields["region"].queryset = Region.objects.current().municipalities()

    def clean_rsin(self):
        return _checked(bsn, self.cleaned_data["rsin"], _("This is not a valid RSIN."))

    def clean_vat(self):
        return _checked(btw, self.cleaned_data["vat"], _("This is not a valid VAT number."))

    def clean_postcode(self):
        return _checked(
            postcode, self.cleaned_data["postcode"], _("A postcode looks like 3511 AB.")
        )

    def clean(self):
        data = super().clean()
        if data.get("rsin") and data.get("legal_form") == Organisation.Form.SOLE:
            self.add_error("rsin", _("A sole trader has no RSIN. Leave this empty."))
        return data


def _checked(kind, number, words):
    if not number:
        return ""
    try:
        return kind.validate(number)
    except NotValid:
        raise forms.ValidationError(words) from None
