"""Input on the market, turned into clean data. Amounts come in as euros and leave as cents."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import EuroField
from factory.knowledge.models import Norm
from market.models import Listing, Match, Report
from partners.forms import Refused
from partners.models import Organisation, Region, Sector

FURTHEST = timedelta(days=3 * 365)
ROUNDING = Decimal("0.01")


class ListingForm(forms.ModelForm):
    """A need or an offer: what, where, when, about how much; the rest can come later."""

    value_cents = EuroField(label=_("About how much, excluding VAT"), required=False)

    class Meta:
        model = Listing
        fields = [
            "organisation", "title", "text", "sector", "region", "nationwide", "reach_km",
            "value_cents", "unit", "needed_by_date", "ask_me_first", "several", "themes",
        ]  # fmt: skip
        widgets = {"needed_by_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, thing=None, by=None, **kwargs):
        self.by = by
        super().__init__(*args, instance=thing, **kwargs)
        mine = by.memberships.who_decide().values("organisation")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=mine)
        self.fields["region"].queryset = Region.objects.current().municipalities()
        self.fields["sector"].queryset = Sector.objects.all()
        for name in ("reach_km", "nationwide") if thing.is_need else ("several", "ask_me_first"):
            del self.fields[name]
        if thing.pk:
            del self.fields["organisation"]

    def clean_needed_by_date(self):
        day = self.cleaned_data["needed_by_date"]
        if day and day != self.initial.get("needed_by_date"):
            if day < clock.today():
                raise forms.ValidationError(_("This date has passed. Choose today or later."))
            if day > clock.today() + FURTHEST:
                raise forms.ValidationError(_("Choose a date within three years."))
        return day


class DismissForm(Refused):
    """Why a suggestion does not fit, as a neutral code."""

    reason = forms.ChoiceField(label=_("Why not?"), choices=Match.Reason)


class EndForm(DismissForm):
    """Why a side does not go on."""


class AgreeForm(Refused):
    """What was agreed, excluding VAT."""

    cents = EuroField(label=_("Agreed amount, excluding VAT"))


class ConfirmForm(Refused):
    """What was delivered and paid, excluding VAT. The second side sees what the first one noted."""

    cents = EuroField(label=_("Amount, excluding VAT"))
    vat_checked = forms.BooleanField(
        label=_("Yes, my amount is without VAT"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.theirs = self.noted_by_the_other()
        if self.theirs and not self.is_bound:
            self.initial.setdefault("cents", self.theirs)

    def noted_by_the_other(self):
        side = self.thing.side_of(self.by)
        return self.thing.supplier_cents if side == "buyer" else self.thing.buyer_cents

    def clean(self):
        data = super().clean()
        cents = data.get("cents")
        if (
            cents
            and self.theirs
            and not data.get("vat_checked")
            and differ_by_vat(cents, self.theirs)
        ):
            self.fields["vat_checked"].widget = forms.CheckboxInput()
            self.add_error(
                "vat_checked",
                _("The two amounts differ by exactly the VAT. Is your amount without VAT?"),
            )
        data.pop("vat_checked", None)
        return data


def differ_by_vat(one, other):
    """Whether two amounts (cents) differ by a VAT rate that holds today, give or take a cent in a hundred."""
    low, high = sorted((one, other))
    rates = Norm.objects.on(clock.today()).filter(code__startswith="vat-")
    return any(
        abs(Decimal(high) / low / (1 + Decimal(rate.value) / 10_000) - 1) < ROUNDING / 10
        for rate in rates
    )


class MessageForm(Refused):
    """A message to the other side."""

    text = forms.CharField(
        label=_("Your message"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )


class TakeDownForm(Refused):
    """Why a coordinator takes a listing down; the organisation reads this."""

    because = forms.CharField(
        label=_("Why? The organisation reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReportForm(Refused):
    """What is wrong with a listing."""

    why = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Why)
    text = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
