"""Input about prices: until when they may be given, a price, and which one is chosen."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.fields import EuroField
from factory.forms import DateField
from factory.journal.models import Event
from market.models import Choice, Match, NotForUs, Quote, prices_of
from partners.forms import Refused
from partners.models import Organisation

CLOSES = time(17)
FURTHEST = timedelta(days=90)
REASONS = [
    Match.Reason.PRICE,
    Match.Reason.CAPACITY,
    Match.Reason.DISTANCE,
    Match.Reason.TIMING,
    Match.Reason.PROOF,
    Match.Reason.RULE,
    Match.Reason.NO_FIT,
]
PUBLIC = _("Neutral words please: this may become public.")


def closing_on(day):
    """The moment at which prices close on a day."""
    return timezone.make_aware(datetime.combine(day, CLOSES))


class AskPricesForm(Refused):
    """Until which day suppliers may give a price; later than was said before, never earlier."""

    day = DateField(
        label=_("Until which day can suppliers give a price?"),
        help_text=_("It closes at 17:00. Until then nobody reads a price, you neither."),
        earliest=lambda: clock.today() + timedelta(days=1),
        latest=lambda: clock.today() + FURTHEST,
    )

    def clean(self):
        data = super().clean()
        day, asked = data.pop("day", None), prices_of(self.thing)
        if day:
            data["closes_at"] = closing_on(day)
            if asked and not asked.are_open and data["closes_at"] < asked.closes_at:
                self.add_error(
                    "day", _("Suppliers were told a later day. Choose that day or later.")
                )
        return data


class AskAgainForm(AskPricesForm):
    """Until which day, and who of those that gave a price before is asked once more."""

    invited = forms.ModelMultipleChoiceField(
        Match.objects.none(),
        label=_("Who may give a price once more?"),
        help_text=_(
            "They gave a price before and hear of the new round by mail. Who is still in the running is "
            "asked as well."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    field_order = ["day", "invited"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = asked_before(self.thing)
        if not found:
            del self.fields["invited"]
            return
        field = self.fields["invited"]
        field.queryset = Match.objects.filter(pk__in=[match.pk for match in found])
        field.choices = [(match.pk, match.organisation.name) for match in found]
        field.initial = [m.pk for m in found if m.state != Match.State.CANCELLED]


def chosen_of(need):
    """The matches of a need that somebody chose, and that stand."""
    states = [Match.State.AGREED, Match.State.DISPUTED, Match.State.COMPLETED]
    return need.matches.filter(state__in=states)


def asked_before(need):
    """The last match with each supplier that gave a price in an earlier round and is out of the running, but not
    by its own no.
    """
    over = [Match.State.DECLINED, Match.State.LAPSED, Match.State.CANCELLED]
    going_on = Match.objects.open() | Match.objects.completed()
    found = need.matches.filter(state__in=over, quotes__withdrawn_at=None, quotes__isnull=False)
    found = found.exclude(organisation__in=going_on.filter(need=need).values("organisation"))
    found = found.exclude(organisation__in=NotForUs.objects.suppliers_who_refused(need.pk))
    found = found.exclude(offer__in=NotForUs.objects.offers_refused_by(need.organisation_id))
    found = found.exclude(pk__in=own_no(need)).filter(organisation__state=Organisation.State.ACTIVE)
    found = found.select_related("organisation", "offer").distinct().order_by("pk")
    return list({match.organisation_id: match for match in found}.values())


def own_no(need):
    """The matches of a need that the supplier itself declined."""
    said = {"thing_type": Match.label(), "verb": "match.decline", "details__side": "supplier"}
    events = Event.objects.filter(**said, thing_id__in=need.matches.values("pk"))
    return events.values("thing_id")


class QuoteForm(Refused):
    """A price, excluding VAT, and what is included."""

    cents = EuroField(label=_("Your price, without VAT"))
    text = forms.CharField(
        label=_("What is included?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    valid_until = DateField(
        label=_("Until when does this price hold?"), required=False, earliest=clock.today
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sealed = getattr(
            self.by, "stood_in_by", None
        )  # a coordinator reads no price before its time
        mine = self.thing.quotes.filter(withdrawn_at=None)  # an earlier round's is where one begins
        standing = None if sealed else mine.order_by("-round").first()
        for name in ("cents", "text", "valid_until") if standing else ():
            self.initial.setdefault(name, getattr(standing, name))


class ChooseForm(Refused):
    """Which price is chosen, why, and why each other is not: neutral codes."""

    chosen_for = forms.ChoiceField(
        label=_("Why this one?"), choices=Choice.For, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In your words"),
        help_text=PUBLIC,
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = others_than(self.thing)
        for match in self.others:
            self.fields[f"not_{match.pk}"] = forms.ChoiceField(
                label=_("Why not %(name)s?") % {"name": match.organisation.name},
                choices=[("", _("Choose a reason")), *((r.value, r.label) for r in REASONS)],
            )

    def clean(self):
        data = super().clean()
        names = {match.pk: f"not_{match.pk}" for match in self.others}
        data["others"] = {pk: data.pop(name) for pk, name in names.items() if name in data}
        return data


def others_than(match):
    """The open matches with a price that are not chosen with this one; none if several are welcome."""
    if match.need.several:
        return []
    priced = Quote.objects.for_need(match.need).values("match")
    open_ones = match.need.matches.filter(
        pk__in=priced, state__in=[Match.State.APPROVED, Match.State.INTRODUCED]
    )
    return list(open_ones.exclude(pk=match.pk).select_related("organisation").order_by("pk"))


class SocialReturnForm(Refused):
    """For which contract of which contracting authority this counts as social return."""

    contract = forms.CharField(
        label=_("Contract reference"),
        max_length=60,
        help_text=_("As it stands in the contract with the contracting authority."),
    )
    authority = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Contracting authority")
    )
    invoice = forms.CharField(
        label=_("Invoice number"),
        max_length=60,
        required=False,
        help_text=_("An invoice of a supplier counts once."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [
            Organisation.Kind.MUNICIPALITY,
            Organisation.Kind.PROVINCE,
            Organisation.Kind.PUBLIC,
        ]
        there = Organisation.objects.active() | Organisation.objects.only_listed()
        bodies = there.filter(kind__in=kinds).defer("search")  # also of whom nobody has joined
        self.fields["authority"].queryset = bodies.order_by("name")
        if told := getattr(self.thing, "social_return", None):
            for name in ("contract", "authority", "invoice"):
                self.initial.setdefault(name, getattr(told, name))

    def clean_invoice(self):
        """One invoice of a supplier is claimed once."""
        invoice = self.cleaned_data["invoice"].strip()
        if invoice and claimed_elsewhere(self.thing, invoice):
            raise forms.ValidationError(_("This invoice was already counted for another match."))
        return invoice


def claimed_elsewhere(match, invoice):
    """Whether another match of this supplier already holds this invoice."""
    claims = Match.objects.filter(
        social_return__supplier=match.organisation_id, social_return__invoice__iexact=invoice
    )
    return claims.exclude(pk=match.pk).exists()
