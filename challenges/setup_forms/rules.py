"""Under which rules: the calendar, the terms, the criteria and the questions of the form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.calendar import CALENDAR, wrong_order
from challenges.models.conditions import MOST_HOURS
from challenges.models.criterion import HIGHEST, LOWEST, Criterion
from challenges.models.form_question import MOST_WORDS
from challenges.setup_forms.rows import MomentField, Row, RowsForm
from factory.fields import EuroField
from partners.forms import Refused

LABELS = {
    "publish_at": _("Opens"),
    "questions_until": _("Questions until"),
    "answers_by": _("Answers out"),
    "deadline_at": _("Deadline of the entries"),
    "check_by": _("Formal check done"),
    "scores_by": _("Scores in"),
    "shortlist_by": _("Finalists named"),
    "coaching_from": _("Coaching begins"),
    "coaching_until": _("Coaching ends, changed plans are in"),
    "pitch_at": _("Pitches"),
    "explored_by": _("Explored, results are in"),
    "decision_by": _("Decision"),
}


def of_the_thing(form, names):
    """What is saved now, as what the form begins with."""
    for name in names:
        form.initial.setdefault(name, getattr(form.thing, name))


class CalendarForm(Refused):
    """Every moment, with its hour."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = {
            "coaching_from": self.thing.coaching_hours,
            "coaching_until": self.thing.coaching_hours,
            "explored_by": self.thing.explore_teams,
        }
        must = ("deadline_at", *chosen)
        for name in CALENDAR:
            if chosen.get(name, True):
                self.fields[name] = MomentField(label=LABELS[name], required=name in must)
        of_the_thing(self, self.fields)

    def clean(self):
        data = super().clean()
        for wrong in wrong_order({name: data.get(name) for name in CALENDAR}):
            words = _("This comes before “%(other)s”.") % {"other": LABELS[wrong.other]}
            self.add_error(wrong.name, words)
        return data


def _text(label, hint="", rows=4):
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class TermsForm(Refused):
    """Who may enter and what they can count on; and the money."""

    envelope_cents = EuroField(
        label=_("The envelope"), help_text=_("All awards together, without VAT."), required=False
    )
    who_may_enter = _text(_("Who may enter?"))
    effort_hours = forms.IntegerField(
        label=_("How many hours does an entry take?"), min_value=1, max_value=999, required=False
    )
    costs_cents = EuroField(
        label=_("What do finalists get for their costs?"),
        help_text=_("For each finalist, without VAT. Empty: nothing."),
        required=False,
    )
    coaching_hours = forms.IntegerField(
        label=_("How many hours of coaching does every finalist get?"),
        help_text=_(
            "The same offer to each of them. After it they may hand in a changed plan. Empty: no coaching."
        ),
        min_value=1,
        max_value=MOST_HOURS,
        required=False,
        widget=forms.NumberInput(attrs={"class": "is-short"}),
    )
    explore_teams = forms.TypedChoiceField(
        label=_("Do teams explore further after the pitch, for a fee?"),
        choices=[("", _("No")), (2, _("Two teams")), (3, _("Three teams"))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    explore_cents = EuroField(
        label=_("What does each of these teams get?"),
        help_text=_("Small and the same for each, without VAT. It is kept apart in the envelope."),
        required=False,
    )
    explore_scope = _text(
        _("What do they explore?"), _("The same for each team. Everybody reads it."), rows=3
    )
    property_terms = _text(_("Whose is the idea?"))
    confidentiality = _text(_("What stays confidential?"))
    complaints = _text(_("Where can one complain, and who answers by when?"), rows=3)
    jury_decides = forms.TypedChoiceField(
        label=_("What does the jury do?"),
        choices=[
            ("False", _("It advises; who has the mandate decides")),
            ("True", _("It decides; who has the mandate follows it, if it is lawful")),
        ],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        instrument = self.thing.instrument
        if instrument is None or not instrument.allows_changes:
            del self.fields["coaching_hours"]  # what was sent in stands
        of_the_thing(self, self.fields)
        if self.thing.co_owners.exists():
            self.fields["envelope_cents"].disabled = True
            hint = _("The sum of what the co-owners pledged and their budget holders approved.")
            self.fields["envelope_cents"].help_text = hint

    def clean(self):
        """Either nobody explores, or it is known how many, for what and about what; and the money is there."""
        data = super().clean()
        teams = data.get("explore_teams")
        for name in ("explore_cents", "explore_scope"):
            if teams and not data.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in too, or choose that nobody explores."))
            elif not teams:
                data[name] = None if name == "explore_cents" else ""
        fees, envelope = (teams or 0) * (data.get("explore_cents") or 0), data.get("envelope_cents")
        if envelope and fees > envelope:
            self.add_error(
                "explore_cents", _("Together this is more than there is in the envelope.")
            )
        return data


class CriterionRow(Row):
    """A criterion: what it asks, what it weighs, and what the marks mean."""

    title = forms.CharField(label=_("Criterion"), max_length=80, required=False)
    text = forms.CharField(label=_("What it asks"), max_length=1000, required=False)
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=1,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"data-summed": "weight", "class": "is-short"}),
    )
    low = forms.CharField(label=_("A 2 means"), max_length=280, required=False)
    middle = forms.CharField(label=_("A 6 means"), max_length=280, required=False)
    high = forms.CharField(label=_("A 10 means"), max_length=280, required=False)
    minimum = forms.IntegerField(
        label=_("Lowest mark"),
        min_value=LOWEST,
        max_value=HIGHEST,
        required=False,
        help_text=_("Under this mark an entry cannot win."),
        widget=forms.NumberInput(attrs={"class": "is-short"}),
    )
    scored_at = forms.ChoiceField(
        label=_("Scored"), choices=Criterion.ScoredAt, required=False, initial="text"
    )

    def clean(self):
        data = super().clean()
        if data.get("title") and not data.get("weight") and "weight" not in self.errors:
            self.add_error("weight", _("Say how much it weighs."))
        data["scored_at"] = data.get("scored_at") or "text"
        return data


class CriteriaForm(RowsForm):
    """All criteria together: their weights make 100."""

    row, most = CriterionRow, 8

    def there(self):
        return list(self.thing.criteria.values(*CriterionRow.base_fields))

    @property
    def total(self):
        """The sum of the weights, as typed."""
        return sum(int(row["weight"].value() or 0) for row in self.rows if _whole(row))

    def clean(self):
        data = super().clean()
        total = sum(row["weight"] for row in data.get("rows", ()))
        if not self.errors and total != 100:
            words = _("The weights make %(sum)s; they must make 100.") % {"sum": total}
            self.add_error(None, words)
        return data


def _whole(row):
    return str(row["weight"].value() or "").isdecimal()


class QuestionRow(Row):
    """A question, and how many words its answer may take."""

    text = forms.CharField(label=_("Question"), max_length=200, required=False)
    help = forms.CharField(label=_("Explanation"), max_length=500, required=False)
    most_words = forms.IntegerField(
        label=_("At most this many words"),
        min_value=1,
        max_value=MOST_WORDS,
        required=False,
        widget=forms.NumberInput(attrs={"class": "is-short"}),
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)

    def clean(self):
        data = super().clean()
        if data.get("text") and not data.get("most_words") and "most_words" not in self.errors:
            self.add_error("most_words", _("Say how many words it may take."))
        return data


class QuestionsForm(RowsForm):
    """All questions of the form."""

    row, most = QuestionRow, 12

    def there(self):
        return list(self.thing.questions_asked.values(*QuestionRow.base_fields))

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("rows"):
            self.add_error(None, _("Ask at least one question."))
        return data
