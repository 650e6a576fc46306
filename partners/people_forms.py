"""Input about who belongs to an organisation."""

import re

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.forms import Refused
from partners.models import MailDomain, Membership
from partners.models.mail_domain import DOMAIN, FREE_MAIL


class OnePerson(forms.ModelChoiceField):
    """A colleague, by name and address."""

    def label_from_instance(self, membership):
        return f"{membership.person.name} ({membership.person.email})"


class NewOwnerForm(Refused):
    """Who answers for the organisation from now on, instead of whom, and why."""

    class Reason(models.TextChoices):
        NOBODY = "nobody", _("nobody answers for it yet")
        BOUNCES = "bounces", _("mail to the owner does not arrive")
        LEFT = "left", _("the owner no longer works there")
        ASKED = "asked", _("the organisation asked us")

    membership = OnePerson(Membership.objects.none(), label=_("Who answers for it from now on?"))
    reason = forms.ChoiceField(label=_("Why?"), choices=Reason)
    instead_of = OnePerson(
        Membership.objects.none(),
        label=_("Instead of whom?"),
        help_text=_("Who no longer works there leaves; anybody else becomes an editor."),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(organisation=self.thing).select_related("person")
        self.fields["membership"].queryset = members.order_by("asked_at", "pk")
        self.fields["instead_of"].queryset = members.owners().order_by("asked_at", "pk")

    def clean(self):
        data = super().clean()
        if data.get("membership") and data.get("membership") == data.get("instead_of"):
            self.add_error("instead_of", _("This is the same person."))
        return data


class MailDomainsForm(Refused):
    """On which mail domains the people of an organisation have their addresses."""

    domains = forms.CharField(
        label=_("Mail domains"),
        help_text=_(
            "One a line, such as lekstede.nl. Whoever has a verified address there joins at once; "
            "a sub-domain counts only if it stands here too."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = self.thing.mail_domains.current().order_by("domain")
        self.initial.setdefault("domains", "\n".join(known.values_list("domain", flat=True)))

    def clean_domains(self):
        """The domains as a list; every one that cannot be is named."""
        found = list(dict.fromkeys(self.cleaned_data["domains"].lower().replace(",", " ").split()))
        wrong = [name for name in found if len(name) > 190 or not re.match(DOMAIN, name)]
        self._refuse(wrong, _("This is not a mail domain: %(names)s."))
        free = [name for name in found if name in FREE_MAIL]
        self._refuse(free, _("Anybody can take an address here: %(names)s."))
        others = MailDomain.objects.current().exclude(organisation=self.thing)
        taken = others.filter(domain__in=found).values_list("domain", flat=True)
        self._refuse(taken, _("Another organisation has this domain: %(names)s."))
        return found

    def _refuse(self, names, words):
        if names:
            raise forms.ValidationError(words, params={"names": ", ".join(names)})
