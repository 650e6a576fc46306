"""What people say of themselves."""

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.validators import RegexValidator
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from factory.forms import PlainTextMixin

PHONE = RegexValidator(
    r"^\+?[\d\s().-]{8,28}$", _("Write a phone number with digits, such as 030 123 45 67.")
)


class PersonForm(PlainTextMixin, forms.ModelForm):
    """Name, phone, what somebody does, and in which language we write."""

    class Meta:
        model = get_user_model()
        fields = ["name", "job", "phone", "language"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "job": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
            "language": forms.RadioSelect,
        }
        labels = {
            "name": _("Your name"),
            "job": _("What you do"),
            "phone": _("Phone number"),
            "language": _("In which language we write to you"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(PHONE)


class SignupForm(PlainTextMixin, forms.Form):
    """What we ask of somebody who makes an account, beside address and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=30,
        required=False,
        validators=[PHONE],
        help_text=_("Only whom you are introduced to sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    accept_terms = forms.BooleanField(label=_("I agree with the terms"))
    field_order = ["name", "email", "password1", "phone", "accept_terms"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accept_terms"].help_text = format_html(
            '<a href="{}">{}</a>', reverse("terms"), _("Read the terms")
        )

    def signup(self, request, user):
        user.name, user.phone = self.cleaned_data["name"], self.cleaned_data["phone"]
        user.language = get_language() or user.language
        user.terms_version, user.terms_accepted_at = settings.TERMS_VERSION, timezone.now()
        user.save()


class AgreeForm(forms.Form):
    """Today's terms."""

    accept_terms = forms.BooleanField(label=_("I agree with the terms"))


class CloseForm(forms.Form):
    """Closing cannot be taken back."""

    sure = forms.BooleanField(label=_("I understand that this cannot be undone"))
