"""Input about who belongs to an organisation."""

import re

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import EuroField
from factory.forms import ChoicesWithHints, DateField
from partners.forms import Refused, refuse
from partners.models import Invitation, KvkNumber, Membership


class OnePerson(forms.ModelChoiceField):
    """A colleague, by name and address."""

    def label_from_instance(self, membership):
        return f"{membership.person.name} ({membership.person.email})"


WHAT_A_ROLE_MAY = {
    "owner": _("Lets colleagues in, says what they may do, and all that an editor does."),
    "editor": _("Posts, answers and notes amounts for the organisation."),
    "writer": _("Writes drafts; an owner or editor puts them on the market."),
    "viewer": _("Reads along."),
}


def role_field(**more):
    """The choice of a role, with what it means under each."""
    widget = ChoicesWithHints(hints=WHAT_A_ROLE_MAY)
    return forms.ChoiceField(label=_("Role"), choices=Membership.Role, widget=widget, **more)


class InviteForm(Refused):
    """To which address, for which role."""

    email = forms.EmailField(
        label=_("To which mail address?"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = role_field(initial="editor")

    def clean_email(self):
        """Who is in already needs no invitation."""
        email = self.cleaned_data["email"].lower()
        if self.thing.memberships.confirmed().filter(person__email=email).exists():
            raise forms.ValidationError(_("This colleague is in already."))
        return email


class InvitationForm(Refused):
    """Which invitation."""

    invitation = forms.ModelChoiceField(Invitation.objects.none(), label=_("Which one?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["invitation"].queryset = self.thing.invitations.open().order_by("pk")
        self.fields["invitation"].label_from_instance = lambda invitation: invitation.email


class TakeUpForm(Refused):
    """The key from the mail, and a tick where the invitation went to another address."""

    key = forms.CharField(max_length=100, widget=forms.HiddenInput)
    sure = forms.BooleanField(label=_("Both addresses are mine"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = self.thing.invitations.with_key(self["key"].value() or "").first()
        self.is_mine = bool(self.invitation) and self._has_address(self.invitation.email)
        if self.is_mine:
            del self.fields["sure"]

    def _has_address(self, email):
        return self.by.emailaddress_set.filter(email__iexact=email, verified=True).exists()

    def clean(self):
        data = super().clean()
        if self.invitation is None:
            raise forms.ValidationError(_("This invitation was used or withdrawn already."))
        if not self.is_mine and not data.get("sure"):
            self.add_error("sure", _("Tick this only if the invitation was meant for you."))
        return {"invitation": self.invitation}


class ColleagueForm(Refused):
    """Which colleague."""

    membership = OnePerson(Membership.objects.none(), label=_("Who?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.thing.memberships.select_related("person").order_by("asked_at", "pk")
        self.fields["membership"].queryset = self.among(rows)

    def among(self, members):
        """Who can be chosen: members, and those who asked to be."""
        return members


class RoleForm(ColleagueForm):
    """Which colleague gets what role, and up to what amount they may decide."""

    role = role_field()
    cents = EuroField(
        label=_("May decide up to what amount?"),
        help_text=_("In euros, without VAT. Leave empty if nothing was agreed."),
        required=False,
    )
    until = DateField(label=_("Up to and including which day?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = self.fields["membership"].queryset.filter(pk=pk_of(self["membership"].value()))
        if not self.is_bound and (one := chosen.first()):
            self.initial |= {
                "role": one.role,
                "cents": one.mandate_cents,
                "until": one.mandate_until,
            }

    def among(self, members):
        return members.confirmed()

    def clean(self):
        data = super().clean()
        if data.get("until") and not data.get("cents"):
            self.add_error("cents", _("Write the amount that holds until then."))
        return data


def pk_of(value):
    """A key that somebody may have typed, as a number."""
    return int(value) if str(value or "").isdecimal() and len(str(value)) < 19 else None


class HandOverForm(ColleagueForm):
    """Which colleague answers for the organisation from now on."""

    def among(self, members):
        return members.confirmed().exclude(person=self.by)


class AwayForm(Refused):
    """From when until when, and which colleague gets the mail."""

    away_from = DateField(label=_("From which day are you away?"))
    away_until = DateField(
        label=_("Up to and including which day?"), earliest=lambda: clock.today()
    )
    replacement = OnePerson(
        Membership.objects.none(),
        label=_("Who gets your mail meanwhile?"),
        empty_label=_("Nobody, I read it myself"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = self.thing.memberships.confirmed().exclude(person=self.by)
        self.fields["replacement"].queryset = others.select_related("person").order_by("pk")

    def clean(self):
        data = super().clean()
        first, last = data.get("away_from"), data.get("away_until")
        if first and last and last < first:
            self.add_error("away_until", _("The last day comes before the first day."))
        return data


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


class NumbersForm(Refused):
    """The KvK numbers of an organisation beside its main one."""

    numbers = forms.CharField(
        label=_("Other KvK numbers"),
        help_text=_("One a line. The main number stands on the page itself."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("numbers", "\n".join(self.thing.kvk_numbers.others()))

    def clean_numbers(self):
        """The numbers as a list; every one that cannot be is named."""
        found = list(dict.fromkeys(self.cleaned_data["numbers"].replace(",", " ").split()))
        wrong = [number for number in found if not re.fullmatch(r"[0-9]{8}", number)]
        refuse(wrong, _("A KvK number has 8 digits: %(names)s."))
        known = KvkNumber.objects.filter(number__in=found, stands=True)
        others = known.exclude(organisation=self.thing, is_main=False)
        refuse(
            others.values_list("number", flat=True), _("This number is known already: %(names)s.")
        )
        return found
