"""Input about organisations and people, turned into clean data."""

from copy import copy

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factory.fields import EuroField
from factory.forms import DateField, PlainTextMixin
from factory.me.forms import PHONE
from partners.models import (
    KvkNumber,
    Membership,
    Organisation,
    PurchaseLimit,
    Region,
    Sector,
    numbers,
)


class Refused(PlainTextMixin, forms.Form):
    """A form of a move: it knows the thing and who is asking."""

    def __init__(self, *args, thing=None, by=None, **kwargs):
        self.thing, self.by = thing, by
        super().__init__(*args, **kwargs)


def refuse(names, words):
    """Name what cannot be, if there is any."""
    if names:
        raise forms.ValidationError(words, params={"names": ", ".join(names)})


class ReasonForm(Refused):
    """Why, in words the other side will read."""

    note = forms.CharField(
        label=_("What do you want to say?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MergeForm(Refused):
    """Which other entry of this organisation stays."""

    into = forms.CharField(
        label=_("Which one stays?"),
        help_text=_("The last part of its web address here, such as broodnodig."),
        max_length=140,
    )

    def clean_into(self):
        asked = self.cleaned_data["into"].strip().strip("/")
        found = Organisation.objects.visible_to(self.by).filter(slug=asked).first()
        if found is None:
            raise forms.ValidationError(_("There is no organisation at this address."))
        return found


class AdmitForm(Refused):
    """Which colleague, and in what role."""

    membership = forms.ModelChoiceField(Membership.objects.none(), label=_("Who"))
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role, initial="editor")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = Membership.objects.asked().filter(organisation=self.thing)
        self.fields["membership"].queryset = asked.select_related("person")


class PurchaseLimitForm(Refused):
    """Up to what amount a buyer may order one-to-one, and where that is written."""

    cents = EuroField(
        label=_("Up to what amount may you order from one supplier?"),
        help_text=_("In euros, without VAT."),
    )
    valid_from = DateField(label=_("From which day?"))
    valid_to = DateField(label=_("Up to and including which day?"), required=False)
    policy_url = forms.URLField(
        label=_("Where is that written?"),
        help_text=_("The web address of your purchasing policy."),
        max_length=200,
    )

    def clean(self):
        data = super().clean()
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day comes before the first day."))
        if first and (reason := PurchaseLimit.objects.cannot_begin(self.thing, first)):
            self.add_error("valid_from", reason)
        return data


class PlaceInput(forms.TextInput):
    """A text box that offers the names of all municipalities."""

    template_name = "django/forms/widgets/place.html"

    def get_context(self, name, value, attrs):
        attrs = {**(attrs or {}), "list": f"{name}-places", "autocomplete": "off"}
        names = Region.objects.current().municipalities().values_list("name", flat=True)
        return super().get_context(name, value, attrs) | {
            "places": f"{name}-places",
            "names": names,
        }


class PlaceField(forms.CharField):
    """A municipality, typed by its name or by a name people use; cleaned to a Region."""

    widget = PlaceInput
    default_error_messages = {
        "unknown": _("We do not know this municipality. Write its name, such as Utrecht."),
        "several": _("There is more than one municipality with this name: %(names)s."),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=60, **kwargs)

    def prepare_value(self, value):
        """A Region or its id becomes the name in the box; what somebody typed stays as it is."""
        if isinstance(value, int):
            return Region.objects.filter(pk=value).values_list("name", flat=True).first() or ""
        return str(value or "")

    def clean(self, value):
        name = super().clean(value)
        found = list(Region.objects.current().municipalities().named(name)[:5]) if name else []
        exact = [region for region in found if region.name.lower() == name.lower()] or found
        if name and not exact:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(exact) > 1:
            names = " / ".join(region.name for region in exact)
            words = self.error_messages["several"]
            raise forms.ValidationError(words, code="several", params={"names": names})
        return exact[0] if exact else None


# Who they are, as a coordinator checked it against the registers.
CHECKED = ("kind", "name", "legal_name", "legal_form", "kvk", "rsin", "vat", "oin")


class OrganisationForm(PlainTextMixin, forms.ModelForm):
    """An organisation in its own words, with the numbers checked."""

    region = PlaceField(label=_("In which municipality?"))

    class Meta:
        model = Organisation
        fields = [
            "kind", "name", "mission", "description", "sectors", "themes", "goals", "region",
            "works_in", "size", "website", "email", "phone", "street", "postcode", "town",
            "invoices", "legal_name", "legal_form", "kvk", "rsin", "vat", "oin",
        ]  # fmt: skip
        labels = {
            "kind": _("What are you?"),
            "name": _("What is your organisation called?"),
            "mission": _("What do you do, in one sentence?"),
            "description": _("Tell more"),
            "sectors": _("What do you deliver or buy?"),
            "works_in": _("In which provinces do you work?"),
        }
        help_texts = {
            "mission": _("This stands on top of your page. At most 280 characters."),
            "invoices": _("Postal or mail address. Only if it is another than the one above."),
            "rsin": _("Not for a sole trader."),
            "works_in": _("Tick only where you come to people."),
        }
        widgets = {
            "mission": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 8}),
            "sectors": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
            "goals": forms.CheckboxSelectMultiple,
            "works_in": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, thing=None, by=None, **kwargs):
        self.by = by
        super().__init__(*args, instance=copy(thing) if thing is not None else None, **kwargs)
        for name, check in (("kvk", numbers.KVK), ("phone", PHONE)):
            if name in self.fields:
                self.fields[name].validators.append(check)
        self.fields["kind"].choices = [("", _("Choose")), *Organisation.Kind.choices]
        if "works_in" in self.fields:
            self.fields["works_in"].queryset = Region.objects.provinces()
        if (
            self.instance.question
            and self.instance.state == Organisation.State.APPLIED
            and not by.is_staff
        ):
            self._ask_the_question()
        known = self.instance.state == Organisation.State.ACTIVE or self.instance.listed_at
        if known and not by.is_staff:
            self._keep_what_was_checked()

    def _ask_the_question(self):
        """What a coordinator asks comes first: often words are all that is needed."""
        answer = forms.CharField(
            label=_("Your answer"),
            help_text=self.instance.question,
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields = {"answer": answer, **self.fields}

    def _keep_what_was_checked(self):
        """Nobody takes another name or number than the one a coordinator vouched for."""
        for name in CHECKED:
            self.fields[name].disabled = True
            self.fields[name].help_text = _("We checked this. Ask us to change it.")

    def _get_validation_exclusions(self):
        """The database's own rules have words of their own here."""
        return super()._get_validation_exclusions() | {"state", "kvk", "region"}

    def clean_kvk(self):
        """One organisation a number, as long as it has not left."""
        number = self.cleaned_data["kvk"]
        known = KvkNumber.objects.filter(number=number, stands=True)
        if number and known.exclude(organisation=self.instance.pk).exists():
            self.add_error("kvk", number_taken(number))
        return number

    def clean_rsin(self):
        return numbers.rsin(self.cleaned_data["rsin"])

    def clean_vat(self):
        return numbers.vat(self.cleaned_data["vat"])

    def clean_oin(self):
        return numbers.oin(self.cleaned_data["oin"])

    def clean_postcode(self):
        return numbers.postal_code(self.cleaned_data["postcode"])

    def clean(self):
        data = super().clean()
        form = data.get("legal_form", self.instance.legal_form)
        if data.get("rsin") and form == Organisation.Form.SOLE:
            self.add_error("rsin", _("A sole trader has no RSIN. Leave this empty."))
        if trouble := numbers.trouble_with_vat(data.get("vat"), form):
            self.add_error("vat", trouble)
        return data


class ApplyForm(OrganisationForm):
    """The first step into the registry: as little as a coordinator needs to start."""

    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.all(),
        label=_("What do you deliver or buy?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    another = forms.BooleanField(
        label=_("Mine is another organisation than these"), required=False, widget=forms.HiddenInput
    )

    class Meta(OrganisationForm.Meta):
        fields = ["name", "kind", "region", "mission", "sectors", "website", "kvk"]

    alike = ()

    def clean(self):
        """Whoever may be here already is shown first; a tick says it is another one."""
        data = super().clean()
        another = data.pop("another", False)
        given = {name: data.get(name) or "" for name in ("name", "kvk", "website")}
        there = Organisation.objects.visible_to(self.by).select_related("region")
        self.alike = list(there.like(**given)[:5])
        if self.alike:
            self.fields["another"].widget = forms.CheckboxInput()
        if self.alike and not another:
            self.add_error(
                None, _("Your organisation may be here already. Look at the list below.")
            )
        return data


def number_taken(number):
    """What somebody reads whose number is already known; who is being checked cannot be joined yet."""
    if number and not Organisation.objects.active().filter(kvk_numbers__number=number).exists():
        return gettext(
            "Somebody came forward with this KvK number before you, and we are checking it. Are you of the same "
            "organisation? Then call us: we let you in."
        )
    return gettext(
        "This KvK number is already known here. A colleague was earlier: ask to join, or call us."
    )
