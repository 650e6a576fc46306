"""Input on the market, turned into clean data. Amounts come in as euros and leave as cents."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import EuroField
from factory.forms import DateField
from factory.knowledge.models import Norm
from market.models import Choice, Match, Report
from market.models.recommendation import LONGEST
from partners.forms import Refused

LONGEST_PAUSE = timedelta(days=365)
ROUNDING = Decimal("0.01")
BY_THE_SITE = {
    Match.Reason.NO_REPLY,
    Match.Reason.FILLED,
    Match.Reason.WITHDRAWN,
    Match.Reason.GONE,
    Match.Reason.TAKEN_DOWN,
    Match.Reason.MERGED,
    Match.Reason.NOT_FOR_US,
}


class PauseForm(Refused):
    """Until which day it rests."""

    until = DateField(
        label=_("On which day does it come back?"),
        earliest=lambda: clock.today() + timedelta(days=1),
        latest=lambda: clock.today() + LONGEST_PAUSE,
    )

    def clean_until(self):
        day, needed = self.cleaned_data["until"], self.thing.needed_by_date
        if needed and day >= needed:
            raise forms.ValidationError(
                _("It is needed on %(day)s. Choose an earlier day.") % {"day": f"{needed:%d-%m-%Y}"}
            )
        return day


class DismissForm(Refused):
    """Why a suggestion does not fit, as a neutral code."""

    reason = forms.ChoiceField(
        label=_("Why not?"),
        choices=Match.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )


class EndForm(Refused):
    """Why a side does not go on; what only the site can know is not asked."""

    reason = forms.ChoiceField(
        label=_("Why not?"),
        choices=[(r.value, r.label) for r in Match.Reason if r not in BY_THE_SITE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )


class AgreeForm(Refused):
    """What was agreed, excluding VAT; the buyer says why this supplier, for the file: a code, and words if it likes."""

    cents = EuroField(label=_("Agreed amount, without VAT"))
    chosen_for = forms.ChoiceField(
        label=_("Why this one?"),
        choices=[(code.value, code.label) for code in Choice.For if code != Choice.For.ONLY],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("In your words"),
        help_text=_("For your own file. Neutral words please: this may become public."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("cents", self.thing.agreed_cents)
        side = self.thing.side_of(self.by)
        if side != "buyer":
            del self.fields["why"], self.fields["chosen_for"]
            if self.thing.agreed_waits_for == side:  # one press says that it is right
                self.theirs = self.thing.agreed_cents
        elif choice := getattr(self.thing, "choice", None):
            field = self.fields["chosen_for"]
            if choice.chosen_for == Choice.For.ONLY:
                field.choices = Choice.For.choices
            self.initial.setdefault("chosen_for", choice.chosen_for)
            self.initial.setdefault("why", choice.text)


class ConfirmForm(Refused):
    """What was delivered and paid, excluding VAT. The second side sees what the first one noted."""

    cents = EuroField(label=_("Amount, without VAT"))
    vat_checked = forms.BooleanField(
        label=_("Yes, my amount is without VAT"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.theirs = self.noted_by_the_other()
        self.initial.setdefault("cents", self.theirs or self.thing.agreed_cents)

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


class CorrectForm(Refused):
    """What the amount should have been, excluding VAT."""

    cents = EuroField(label=_("The right amount, without VAT"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        side = self.thing.side_of(self.by)
        other = "buyer" if side == "supplier" else "supplier"
        self.theirs = getattr(self.thing, f"{other}_corrects_cents")
        self.initial.setdefault("cents", self.theirs)

    def clean_cents(self):
        cents = self.cleaned_data["cents"]
        if cents == self.thing.realised_cents:
            raise forms.ValidationError(_("This is the amount that counts already."))
        return cents


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

    why = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=[("", _("Choose")), *Report.Why.choices],
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RecommendForm(Refused):
    """One sentence about the supplier, and the consent to show it."""

    text = forms.CharField(
        label=_("How was it, in one sentence?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: on time, warm, and everybody wanted to know where it came from."),
    )
    consent = forms.BooleanField(
        label=_("This may stand on the supplier’s page, with the name of our organisation"),
        help_text=_("You can take it back at any time. Your own name is not shown."),
        error_messages={"required": _("We can only keep your sentence if it may be shown.")},
    )

    def clean(self):
        data = super().clean()
        data.pop("consent", None)
        return data
