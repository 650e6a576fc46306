"""Whom to invite to a call."""

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.answerers import able_to_answer
from partners.forms import Refused


class InvitePartnerForm(Refused):
    """An organisation by its name; who is invited already, said no or sits in the jury is not found."""

    organisation = forms.CharField(
        label=_("Which organisation do you invite?"),
        help_text=_("Its name as it stands among the partners."),
        max_length=120,
    )

    def clean_organisation(self):
        name = self.cleaned_data["organisation"].strip()
        found = able_to_answer(self.thing).filter(name__iexact=name).first()
        if found is None:
            raise forms.ValidationError(
                _(
                    "Nobody of this name can be invited: not active, invited already, or it is not for them."
                )
            )
        return found
