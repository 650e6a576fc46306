"""Input of the jury's proposal, turned into clean data."""

from contextlib import suppress

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from challenges.models.finding import LONGEST, LONGEST_REPORT
from challenges.outcome import judged, without_a_reason
from challenges.scoring import Standing
from challenges.verdicts import OUTCOMES, TOO_LITTLE, TOO_MUCH, WORDS, Verdict, outcome
from factory.fields import EuroField
from factory.lists import page_of
from factory.templatetags.words import euro
from partners.forms import Refused


class FindingsForm(Refused):
    """Of every entry: its outcome with an amount or a place in the reserve; what is strong, what is weak, why.

    Nothing is asked. Without a word on the outcome it is what was filled in.

    In pages, each of which is kept before one goes on to another. What stands on the others counts along: their
    awards in the sum, their places in the reserve. The report stands on the last.
    """

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
        entries = judged(self.thing)
        self.page = page_of(entries, {"page": self.data.get("page") or self.initial.get("page")})
        self.entries = list(self.page)
        here = [entry.pk for entry in self.entries]
        given = Q(finding__cents__isnull=False) | Q(finding__place__isnull=False)
        self.elsewhere = list(entries.filter(given).exclude(pk__in=here)) if self.in_pages else []
        for entry in self.entries:
            self.add_fields_of(entry)
        self.initial = {**self.as_it_stands(), **self.initial}
        self.order_fields([*(n for n in self.fields if n not in ("report", "no_award"))])
        if self.page.has_next():
            del self.fields["report"], self.fields["no_award"]

    @property
    def in_pages(self):
        return self.page.has_other_pages()

    def add_fields_of(self, entry):
        """An outcome, an amount, a place, and three boxes of words."""
        said = {"max_length": LONGEST, "required": False}
        self.fields |= {
            f"outcome_{entry.pk}": forms.ChoiceField(
                label=_("Entry %(number)s") % {"number": entry.number},
                choices=list(OUTCOMES.items()),
                required=False,
                initial="none",
                widget=forms.RadioSelect,
            ),
            f"cents_{entry.pk}": EuroField(label=_("Award, without VAT"), required=False),
            f"place_{entry.pk}": forms.IntegerField(
                label=_("Place in the reserve"),
                required=False,
                min_value=1,
                max_value=self.page.paginator.count,
                help_text=_("1 comes first if a winner turns the award down."),
                widget=forms.NumberInput(attrs={"class": "is-short", "data-when": "reserve"}),
            ),
            f"strong_{entry.pk}": _box(_("What is strong?"), **said),
            f"weak_{entry.pk}": _box(_("What is weak?"), **said),
            f"reason_{entry.pk}": _box(
                _("Why this outcome?"), help_text=_("The entrant reads these words."), **said
            ),
        }
        self.fields[f"cents_{entry.pk}"].widget.attrs |= {
            "data-summed": "awards",
            "data-when": "award",
        }

    def together(self):
        """The sum of the awards as they were typed, in euros; what is no amount does not count."""
        cents = self.kept_cents()
        for entry in self.entries:
            if self[f"outcome_{entry.pk}"].value() in ("none", "reserve"):
                continue
            bound = self[f"cents_{entry.pk}"]
            with suppress(forms.ValidationError):
                cents += bound.field.clean(bound.value() or "") or 0
        return amount(cents)

    def kept_cents(self):
        """The awards on the other pages, together."""
        return sum(entry.finding.cents or 0 for entry in self.elsewhere)

    def kept(self):
        """The same in words, for the sum that goes along while one types."""
        return amount(self.kept_cents())

    def as_it_stands(self):
        """What was written before."""
        proposal = getattr(self.thing, "proposal", None)
        rows = {"report": proposal.report, "no_award": proposal.no_award} if proposal else {}
        for entry in self.entries:
            if found := getattr(entry, "finding", None):
                names = ("cents", "place", *WORDS)
                rows |= {f"{name}_{entry.pk}": getattr(found, name) for name in names}
                rows[f"outcome_{entry.pk}"] = outcome(found.cents, found.place)
        return rows

    @property
    def blocks(self):
        """The fields, entry by entry."""
        first, places = ("outcome", "cents", "place"), {p.entry: p for p in self.standing.places}
        return [
            Verdict(
                entry,
                *(self[f"{name}_{entry.pk}"] for name in first),
                [self[f"{name}_{entry.pk}"] for name in WORDS],
                places.get(entry.pk),
                self.below.get(entry.pk, ()),
            )
            for entry in self.entries
        ]

    @cached_property
    def standing(self):
        """The ranking that the jury made."""
        return Standing(self.thing)

    @cached_property
    def below(self):
        """``{entry's id: criteria}`` of those that stay under a minimum mark, so that they can get nothing."""
        return self.standing.below()

    def clean(self):
        """The details of the move: awards and places of all, what was written of those on this page, the report."""
        data = super().clean()
        here = {entry: _said(data, entry) for entry in self.entries}
        for entry, said in here.items():
            self.check_outcome(entry, said, data.get(f"outcome_{entry.pk}"))
        by_entry = here | {entry: _kept(entry) for entry in self.elsewhere}
        awards = [(entry, said["cents"]) for entry, said in by_entry.items() if said["cents"]]
        self.check_places(by_entry)
        places = {entry: said["place"] for entry, said in by_entry.items() if said["place"]}
        reserve = sorted(places, key=places.get)
        if self.must_be_whole:
            self.check_words(here)
            self.check_as_a_whole(awards, reserve, data)
        findings = {e: tuple(said[name] for name in WORDS) for e, said in here.items()}
        rest = {name: data[name] for name in ("report", "no_award") if name in data}
        return {
            "awards": awards,
            "reserve": reserve,
            "places": places,
            "findings": findings,
            **rest,
        }

    def check_outcome(self, entry, said, chosen):
        """What is filled in belongs to the outcome that was chosen, and is not missing."""
        chosen = chosen or outcome(said["cents"], said["place"])
        if chosen != "none" and entry.pk in self.below:
            words = _("It stays below a minimum mark, so it gets no award and no place.")
            self.add_error(f"outcome_{entry.pk}", words)
        for name in ("cents", "place"):
            if f"{name}_{entry.pk}" in self.errors:
                continue
            told = TOO_MUCH if said[name] else TOO_LITTLE
            if words := told.get((chosen, name)):
                self.add_error(f"{name}_{entry.pk}", words)

    def check_places(self, by_entry):
        """No place twice."""
        seen = {}
        for entry, said in by_entry.items():
            if said["place"]:
                seen.setdefault(said["place"], []).append(entry)
        for entries in seen.values():
            for entry in sorted(entries, key=lambda e: (e not in self.elsewhere, e.pk))[1:]:
                self.place_error(entry, _("This place was given already."))

    def place_error(self, entry, words):
        self.add_error(f"place_{entry.pk}" if entry in self.entries else None, words)

    def check_words(self, here):
        """Whoever has no words at all is told so once, in the row itself: the fold stays shut and the page short."""
        for entry, said in here.items():
            unsaid = [name for name in WORDS if not said[name]]
            if len(unsaid) == len(WORDS):
                words = _("The reasons are not written yet.")
                self.add_error(f"outcome_{entry.pk}", words)
            else:
                for name in unsaid:
                    words = _("Entry %(number)s: nothing is written here yet.")
                    self.add_error(f"{name}_{entry.pk}", words % {"number": entry.number})

    def check_as_a_whole(self, awards, reserve, data):
        """Within the envelope; either an award or a reason why there is none; and nothing left to write."""
        if self.page.has_next():
            self.add_error(None, _("Propose from the last page. Save this one first."))
        unsaid = without_a_reason(self.thing).exclude(pk__in=[entry.pk for entry in self.entries])
        if self.in_pages and (numbers := list(unsaid.values_list("number", flat=True))):
            words = _("On other pages something is still to be written: entry %(numbers)s.")
            self.add_error(None, words % {"numbers": listed(numbers)})
        over = sum(cents for _entry, cents in awards) - self.thing.left_cents
        if over > 0:
            words = _("Together this is %(over)s more than there is in the envelope.")
            self.add_error(None, words % {"over": euro(over)})
        if reserve and not awards:
            self.add_error(None, _("Without an award there is no reserve."))
        if self.page.has_next():
            return
        if awards and data.get("no_award"):
            self.add_error("no_award", _("Somebody gets an award, so leave this empty."))
        if not awards and not data.get("no_award"):
            self.add_error("no_award", _("Say why nobody gets an award, or fill in an amount."))


class ProposeForm(FindingsForm):
    """The whole proposal: nothing may be missing."""

    must_be_whole = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "report" in self.fields:
            self.fields["report"].required = True

    def clean(self):
        """As proposed, the reserve has places without gaps."""
        data = super().clean()
        data.pop("places")
        return data


def _box(label, **rest):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **rest)


def _said(data, entry):
    names = ("cents", "place", *WORDS)
    return {
        name: data.get(f"{name}_{entry.pk}") or ("" if name in WORDS else None) for name in names
    }


def _kept(entry):
    return {"cents": entry.finding.cents, "place": entry.finding.place}


def amount(cents):
    """Without the sign that stands before it."""
    return euro(cents).removeprefix("€").strip() or "0"


def listed(numbers, most=12):
    """The first of them, and that there are more."""
    return ", ".join(map(str, numbers[:most])) + (", …" if len(numbers) > most else "")
