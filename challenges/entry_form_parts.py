"""The parts of an entry's form that a challenge or its entrant determines: answers, budget lines and partners.

Every part is a field of the form, so that what is typed is kept and told as of any other field.
"""

import re
from contextlib import suppress

from django import forms
from django.utils.translation import gettext as _

from challenges.drafting import typed_of
from challenges.entry_form_fields import answer_to
from factory.fields import EuroField
from factory.forms import plain
from factory.templatetags.words import euro
from partners.forms import Refused
from partners.models import Organisation

PLAIN = ("title", "summary", "plan", "blind")  # stand above the parts
FIRST, SPARE = 3, 2  # empty lines at first, and after what is there
MOST = {"budget": 20, "partner": 10}
SHARE = forms.NumberInput(attrs={"class": "is-short", "min": 1, "max": 100})


class Parts(Refused):
    """``cleaned_data`` gets ``answers``, ``budget`` and ``partners`` as an entry keeps them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = {**typed_of(self.thing), **self.initial, **dict(self.data.items())}
        self.questions = list(self.thing.challenge.questions_asked.all())
        for question in self.questions:
            self.fields[f"answer-{question.pk}"] = answer_to(question)
        self.lines = {"budget": [], "partner": []}
        for n in range(self.number("budget")):
            label = self.text(_("Line %(n)s: for what") % {"n": n + 1}, 120)
            cents = EuroField(label=_("Amount %(n)s") % {"n": n + 1}, required=False)
            cents.widget.attrs["data-summed"] = "budget"
            self.line("budget", n, label=label, cents=cents)
        self.fields["own_share"] = self.share(_("Your own share in %"))
        for n in range(self.number("partner")):
            name = self.text(_("Partner %(n)s") % {"n": n + 1}, 120)
            share = self.share(_("Share %(n)s in %%") % {"n": n + 1})
            self.line("partner", n, name=name, share=share)

    def number(self, kind):
        """How many lines there are to fill in."""
        there = (re.fullmatch(rf"{kind}(\d{{1,2}})-\w+", name) for name in self.before)
        last = max((int(one[1]) + 1 for one in there if one), default=0)
        return min(max(FIRST, last + (0 if self.is_bound else SPARE)), MOST[kind])

    def text(self, label, most):
        return forms.CharField(label=label, max_length=most, required=False, validators=[plain])

    def share(self, label):
        return forms.IntegerField(
            label=label, min_value=1, max_value=100, required=False, widget=SHARE
        )

    def line(self, kind, n, **fields):
        names = [f"{kind}{n}-{name}" for name in fields]
        self.fields |= dict(zip(names, fields.values(), strict=True))
        self.lines[kind].append(names)

    def answers(self):
        """The bound fields of the answers."""
        return [self[f"answer-{question.pk}"] for question in self.questions]

    def budget(self):
        return [[self[name] for name in names] for names in self.lines["budget"]]

    def partners(self):
        return [[self[name] for name in names] for names in self.lines["partner"]]

    def plain_fields(self):
        """What every challenge asks, in order."""
        return [self[name] for name in PLAIN if name in self.fields]

    def budget_sum(self):
        """The sum of the lines as they were typed, in euros; what is no amount does not count."""
        cents = 0
        for _label, amount in self.budget():
            with suppress(forms.ValidationError):
                cents += amount.field.clean(amount.value() or "") or 0
        return euro(cents).removeprefix("€").strip()

    def clean(self):
        data = super().clean()
        data["answers"] = [
            {"question": one.pk, "asked": one.text, "answer": data.pop(f"answer-{one.pk}", "")}
            for one in self.questions
        ]
        data["budget"] = [
            {"label": label, "cents": cents} for label, cents, _name in self.both("budget")
        ]
        data["partners"] = list(self.named())
        self.sum_is_right(data)
        self.shares_are_right(data)
        return data

    def both(self, kind):
        """Lines of which both fields are filled in: (first, second, name of the first)."""
        for first, second in self.lines[kind]:
            values = self.cleaned_data.pop(first, None), self.cleaned_data.pop(second, None)
            if all(values):
                yield *values, first
            elif any(values) and not {first, second} & self.errors.keys():
                self.add_error(second if values[0] else first, _("Fill in both, or neither."))

    def named(self):
        """The partners, each with its organisation if it is one of ours."""
        lines = list(self.both("partner"))
        seen = {self.thing.organisation.name.lower()}
        known = Organisation.objects.filter(state__in=["active", "listed"])
        for name, share, field in lines:
            if name.lower() in seen:
                self.add_error(field, _("This organisation is here already."))
            seen.add(name.lower())
            ours = known.filter(name__iexact=name).exclude(pk=self.thing.organisation_id).first()
            yield {
                "name": ours.name if ours else name,
                "share": share,
                "organisation": ours and ours.pk,
            }

    def sum_is_right(self, data):
        """The lines make what is asked for."""
        together = sum(line["cents"] for line in data["budget"])
        named = "amount_cents" in self.fields
        asked = data.get("amount_cents") if named else self.thing.amount_cents
        if data["budget"] and asked and together != asked:
            words = _("The budget lines make %(sum)s, and you ask for %(asked)s.")
            self.add_error(
                "amount_cents" if named else None,
                words % {"sum": euro(together), "asked": euro(asked)},
            )

    def shares_are_right(self, data):
        """Together at most a hundred percent, one's own share included."""
        if not data["partners"]:
            return
        if not data.get("own_share") and "own_share" not in self.errors:
            self.add_error("own_share", _("Say which share is yours."))
        together = sum(one["share"] for one in data["partners"]) + (data.get("own_share") or 0)
        if together > 100:
            words = _("The shares make %(sum)s percent. Together they are at most 100.")
            self.add_error("own_share", words % {"sum": together})
