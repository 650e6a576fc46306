"""The guide of instruments, the choice of one, and what a challenge starts with."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges import guide
from challenges.models import Instrument
from challenges.presets import LARGE, MIDDLE, SMALL
from factory import clock
from factory.fields import EuroField
from factory.forms import ChoicesWithHints, DateField
from partners.forms import Refused


def _one_of(label, choices, hint=""):
    return forms.ChoiceField(label=label, choices=choices, help_text=hint, widget=forms.RadioSelect)


class GuideForm(Refused):
    """Eight short questions, and an amount."""

    buyer = _one_of(_("Who pays?"), guide.Buyer)
    aim = _one_of(_("What do you want to do with the money?"), guide.Aim)
    novelty = _one_of(_("Is what you look for there already?"), guide.Novelty)
    kind = _one_of(_("What is it about?"), guide.Kind)
    suppliers = _one_of(_("How many parties can do it?"), guide.Suppliers)
    cents = EuroField(
        label=_("How much money is it about in all?"),
        help_text=_(
            "Without VAT, over the whole time, with options and extensions and with what you may buy "
            "afterwards. Splitting it up is not allowed."
        ),
    )
    scale = _one_of(_("And after the pilot?"), guide.Scale)
    border = _one_of(_("Could parties from abroad be interested?"), guide.Border)
    aid = _one_of(
        _("How much state aid do those who get the money have already?"),
        guide.Aid,
        _("All governments together, over three years."),
    )
    quotes_cents = EuroField(
        label=_("Up to what amount does your policy allow several quotes?"),
        help_text=_("Leave it empty if you do not know. It is kept for your organisation."),
        required=False,
    )
    quotes_url = forms.URLField(
        label=_("Where is that written?"),
        help_text=_("The web address of your purchasing policy."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        last = self.thing.guidances.first()
        begins = last.answers if last else {"cents": self.thing.envelope_cents}
        limit = self.thing.organisation.quote_limits.on(clock.today())
        if limit:
            begins = begins | {"quotes_cents": limit.cents, "quotes_url": limit.policy_url}
        for name, value in begins.items():
            self.initial.setdefault(name, value)

    def clean(self):
        data = super().clean()
        if data.get("quotes_cents") and not data.get("quotes_url"):
            self.add_error("quotes_url", _("Say where that is written."))
        return data


class InstrumentForm(Refused):
    """By which instrument it is awarded."""

    instrument = forms.ModelChoiceField(
        Instrument.objects.none(), label=_("By which instrument?"), widget=ChoicesWithHints
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["instrument"]
        field.queryset = Instrument.objects.on(clock.today())
        field.empty_label = None
        field.label_from_instance = str
        field.widget.hints = {str(row.pk): told(row) for row in field.queryset}
        last = self.thing.guidances.first()
        now = self.thing.instrument_id or (last and last.proposal_id)
        self.initial.setdefault("instrument", now)


def told(instrument):
    """What an instrument asks of the way to it, in one line."""
    parts = [instrument.get_period_display(), instrument.get_disclosure_display()]
    if instrument.wants_lawyer:
        parts.append(_("ask your lawyer"))
    if not instrument.is_ready:
        parts.append(_("its letters are not made for it here yet"))
    return " · ".join(str(part) for part in parts)


class PresetForm(Refused):
    """From which day, and how large: the rest is filled in."""

    start_date = DateField(
        label=_("From which day could it be open?"),
        help_text=_("The calendar is planned from there, around holidays and recess."),
        earliest=lambda: clock.today() + timedelta(days=1),
    )
    size = forms.ChoiceField(
        label=_("How large?"),
        choices=[(SMALL, _("small")), (MIDDLE, _("middle")), (LARGE, _("large"))],
        widget=ChoicesWithHints(
            hints={
                SMALL: _("Three questions, no pitch, three jurors, about six weeks"),
                MIDDLE: _("Five questions, a pitch, four jurors, about ten weeks"),
                LARGE: _("Five questions, a pitch, five jurors, about fifteen weeks"),
            }
        ),
    )
