"""Input around the proposal, the decision and what comes of it, turned into clean data."""

from contextlib import suppress
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.models.finding import LONGEST, LONGEST_REPORT
from challenges.outcome import judged, proposed_cents
from factory import clock
from factory.fields import EuroField
from factory.files.fields import UploadField
from factory.files.kinds import PDF
from factory.forms import DateField
from factory.templatetags.words import euro
from partners.forms import Refused
from partners.models import Membership, Person

WORDS = ("strong", "weak", "reason")


@dataclass
class Block:
    """The fields about one entry, for the template."""

    entry: object
    fields: list


class FindingsForm(Refused):
    """Of every entry: what is strong, what is weak, why; an amount or a place in the reserve. Nothing is asked."""

    must_be_whole = False

    report = forms.CharField(
        label=_("Report of the jury"),
        help_text=_(
            "How you worked, how you weighed, and what you advise. The owner decides on it."
        ),
        max_length=LONGEST_REPORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    no_award = forms.CharField(
        label=_("If nobody gets an award: why?"),
        help_text=_("These words become public after the term. Leave it empty if somebody does."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.entries = list(judged(self.thing))
        for entry in self.entries:
            self.add_fields_of(entry)
        self.initial = {**self.as_it_stands(), **self.initial}
        self.order_fields([*(n for n in self.fields if n not in ("report", "no_award"))])

    def add_fields_of(self, entry):
        """An amount, a place, and three boxes of words."""
        needed = self.must_be_whole
        said = {"max_length": LONGEST, "required": needed}
        asked = euro(entry.amount_cents)
        self.fields |= {
            f"cents_{entry.pk}": EuroField(
                label=_("Award, without VAT"),
                required=False,
                help_text=_("They ask for %(amount)s. Empty is no award.") % {"amount": asked},
            ),
            f"place_{entry.pk}": forms.IntegerField(
                label=_("Place in the reserve"),
                required=False,
                min_value=1,
                max_value=len(self.entries),
                help_text=_("1 comes first if a winner turns the award down. Empty is no place."),
                widget=forms.NumberInput(attrs={"class": "is-short"}),
            ),
            f"strong_{entry.pk}": _box(_("What is strong?"), **said),
            f"weak_{entry.pk}": _box(_("What is weak?"), **said),
            f"reason_{entry.pk}": _box(
                _("Why this outcome?"), help_text=_("The entrant reads these words."), **said
            ),
        }
        self.fields[f"cents_{entry.pk}"].widget.attrs["data-summed"] = "awards"

    def together(self):
        """The sum of the awards as they were typed, in euros; what is no amount does not count."""
        cents = 0
        for entry in self.entries:
            bound = self[f"cents_{entry.pk}"]
            with suppress(forms.ValidationError):
                cents += bound.field.clean(bound.value() or "") or 0
        return euro(cents).removeprefix("€").strip() or "0"

    def as_it_stands(self):
        """What was written before."""
        proposal = getattr(self.thing, "proposal", None)
        rows = {"report": proposal.report, "no_award": proposal.no_award} if proposal else {}
        for entry in self.entries:
            if found := getattr(entry, "finding", None):
                names = ("cents", "place", *WORDS)
                rows |= {f"{name}_{entry.pk}": getattr(found, name) for name in names}
        return rows

    @property
    def blocks(self):
        """The fields, entry by entry."""
        names = ("cents", "place", *WORDS)
        return [Block(e, [self[f"{name}_{e.pk}"] for name in names]) for e in self.entries]

    def clean(self):
        """The details of the move: awards, reserve, findings and the report."""
        data = super().clean()
        by_entry = {entry: _said(data, entry) for entry in self.entries}
        awards = [(entry, said["cents"]) for entry, said in by_entry.items() if said["cents"]]
        reserve = self.reserve_of(by_entry)
        if self.must_be_whole:
            self.check_as_a_whole(awards, reserve, data)
        findings = {e: tuple(said[name] for name in WORDS) for e, said in by_entry.items()}
        rest = {"report": data.get("report", ""), "no_award": data.get("no_award", "")}
        return {"awards": awards, "reserve": reserve, "findings": findings, **rest}

    def reserve_of(self, by_entry):
        """The entries with a place, in order; no place twice and none beside an award."""
        placed = sorted((s["place"], e.pk, e) for e, s in by_entry.items() if s["place"])
        seen = set()
        for place, pk, entry in placed:
            if by_entry[entry]["cents"]:
                self.add_error(f"place_{pk}", _("Who gets an award has no place in the reserve."))
            if place in seen:
                self.add_error(f"place_{pk}", _("This place was given already."))
            seen.add(place)
        return [entry for _place, _pk, entry in placed]

    def check_as_a_whole(self, awards, reserve, data):
        """Within the envelope; and either an award or a reason why there is none."""
        over = sum(cents for _entry, cents in awards) - self.thing.left_cents
        if over > 0:
            words = _("Together this is %(over)s more than there is in the envelope.")
            self.add_error(None, words % {"over": euro(over)})
        if reserve and not awards:
            self.add_error(None, _("Without an award there is no reserve."))
        if awards and data.get("no_award"):
            self.add_error("no_award", _("Somebody gets an award, so leave this empty."))
        if not awards and not data.get("no_award"):
            self.add_error("no_award", _("Say why nobody gets an award, or fill in an amount."))


class ProposeForm(FindingsForm):
    """The whole proposal: nothing may be missing."""

    must_be_whole = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["report"].required = True


def _box(label, **rest):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **rest)


def _said(data, entry):
    names = ("cents", "place", *WORDS)
    return {
        name: data.get(f"{name}_{entry.pk}") or ("" if name in WORDS else None) for name in names
    }


class PaperForm(Refused):
    """A decision that was made elsewhere: number, date, name, amount and the paper itself."""

    decided_by = forms.CharField(
        label=_("Who decided? Name and job"),
        help_text=_("Such as: the mayor and aldermen, or M. Holder, director."),
        max_length=120,
    )
    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_date = DateField(label=_("Decided on"), latest=clock.today)
    cents = EuroField(
        label=_("Up to which amount, without VAT"),
        help_text=_("The amount that the decision names, or the mandate it was made under."),
        required=False,
    )
    paper = UploadField(
        label=_("The decision as PDF"), help_text=_("A coordinator checks it."), kinds=(PDF,)
    )

    def clean_cents(self):
        cents, proposed = self.cleaned_data["cents"] or 0, proposed_cents(self.thing)
        if cents < proposed:
            words = _("The jury proposes %(sum)s together. The decision must cover that.")
            raise forms.ValidationError(words % {"sum": euro(proposed)})
        return cents


class SendBackForm(Refused):
    """Why a paper is not right."""

    because = forms.CharField(
        label=_("What is not right?"),
        help_text=_("The owner of the challenge reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReturnedForm(Refused):
    """How it is known that a letter came back."""

    note = forms.CharField(
        label=_("How do you know?"),
        help_text=_("Such as: the entrant rang, or a message came back. Coordinators read this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendAgainForm(Refused):
    """To whom a letter goes once more: the same person or a colleague who decides there too."""

    recipient = forms.ModelChoiceField(
        Person.objects.none(), label=_("To whom?"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Membership.objects.who_decide().filter(organisation=self.thing.entry.organisation_id)
        people = Person.objects.filter(pk__in=rows.values("person"), is_active=True)
        self.fields["recipient"].queryset = people.order_by("name", "pk")
        self.fields["recipient"].label_from_instance = lambda p: f"{p.name} ({p.email})"
        self.initial.setdefault("recipient", self.thing.recipient_id)


class HandOverForm(Refused):
    """On which day a letter was handed over on paper, and how."""

    handed_date = DateField(label=_("On which day?"), latest=clock.today)
    note = forms.CharField(
        label=_("To whom, and how?"),
        help_text=_("Such as: by registered mail, or in person at the town hall."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handed_date"].earliest = timezone.localdate(self.thing.written_at)
