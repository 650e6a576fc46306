"""A change of what is already public: which words, why, and until when one can enter now."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.calendar import AFTER_THE_DEADLINE, moments_of, shifted, wrong_order
from challenges.models.rule_set import norms_on
from challenges.setup_forms.rows import MomentField
from challenges.setup_forms.rules import LABELS, CriteriaForm, CriterionRow, of_the_thing
from factory import clock
from factory.fields import EuroField

TEXTS = {
    "sentence": _("The problem in one sentence"),
    "problem": _("The problem"),
    "sufferers": _("Who suffers, and where"),
    "success": _("What success looks like"),
    "bounds": _("What must and must not be"),
    "who_may_enter": _("Who may enter?"),
    "property_terms": _("Whose is the idea?"),
    "confidentiality": _("What stays confidential?"),
    "complaints": _("Where to complain"),
}
MOMENTS = ("questions_until", "answers_by", "deadline_at")
MATERIAL = ("bounds", "who_may_enter", "criteria")  # who these touch gets more time


class RectifyForm(CriteriaForm):
    """Everything that may still change, as it reads now."""

    reason = forms.CharField(
        label=_("Why does it change?"),
        help_text=_("These words stand on the page of the challenge, with what changed."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    costs_cents = EuroField(label=_("What do finalists get for their costs?"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in TEXTS.items():
            widget = forms.Textarea(attrs={"rows": 3})
            most = 280 if name == "sentence" else 4000
            self.fields[name] = forms.CharField(
                label=label, max_length=most, required=False, widget=widget
            )
        for name in MOMENTS:
            self.fields[name] = MomentField(label=LABELS[name], required=name == "deadline_at")
        self.names = (*TEXTS, *MOMENTS, "costs_cents")
        of_the_thing(self, self.names)

    def there(self):
        return list(self.thing.criteria.values(*CriterionRow.base_fields))

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        criteria = [dict(row) for row in data.pop("rows")]
        facts = {name: data.pop(name) for name in self.names if name in data}
        changed = {name: value for name, value in facts.items() if self.differs(name, value)}
        changes = [
            {"name": name, "old": said(getattr(self.thing, name)), "new": said(value)}
            for name, value in changed.items()
        ]
        if criteria != self.there():
            old, new = told(self.there()), told(criteria)
            changes.append({"name": "criteria", "old": old, "new": new})
        material = any(change["name"] in MATERIAL for change in changes)
        self.weigh(changes, material, facts["deadline_at"])
        self.put_in_order(facts)
        return data | {
            "facts": changed,
            "criteria": criteria if changes and changes[-1]["name"] == "criteria" else None,
            "changes": changes,
            "is_material": material,
        }

    def differs(self, name, value):
        """Whether this is something else than what is saved; a moment is typed to the minute."""
        old = getattr(self.thing, name)
        if name in MOMENTS and old and value:
            return value != old.replace(second=0, microsecond=0)
        return (value or None) != (old or None)

    def weigh(self, changes, material, deadline):
        """Something must change, and what matters gives more time."""
        if not changes:
            self.add_error(None, _("Nothing has changed yet."))
        elif not self.differs("deadline_at", deadline) and not material:
            return
        elif deadline < self.thing.deadline_at and self.differs("deadline_at", deadline):
            self.add_error("deadline_at", _("The deadline only gets later."))
        elif material and deadline < (first := self.earliest()):
            words = _("This change matters to entrants. Give them time until %(moment)s at least.")
            moment = f"{timezone.localtime(first):%d-%m-%Y %H:%M}"
            self.add_error("deadline_at", words % {"moment": moment})

    def put_in_order(self, facts):
        """The moments after the deadline move along with it; those before it are typed here."""
        moments = moments_of(self.thing) | {name: facts.get(name) for name in MOMENTS}
        days = timezone.localdate(facts["deadline_at"]) - timezone.localdate(self.thing.deadline_at)
        for wrong in wrong_order(shifted(moments, AFTER_THE_DEADLINE, days)):
            words = _("This comes before “%(other)s”.") % {"other": LABELS[wrong.other]}
            self.add_error(wrong.name if wrong.name in MOMENTS else None, words)

    def earliest(self):
        """Until when entrants must have at least, after a change that matters to them."""
        kept = getattr(self.thing, "rule_set", None)
        days = (kept.values if kept else norms_on(clock.today()))["rectification-days"]["value"]
        at_least = self.thing.deadline_at + timedelta(minutes=1)
        return max(at_least, clock.now() + timedelta(days=days))


def said(value):
    """A value as the change keeps it."""
    if hasattr(value, "isoformat"):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value if value is not None else ""


def told(criteria):
    """The criteria as lines of text, to be compared by people."""
    lines = []
    for row in criteria:
        marks = f"2: {row['low']} · 6: {row['middle']} · 10: {row['high']}"
        least = f" · >= {row['minimum']}" if row["minimum"] else ""
        lines.append(f"{row['title']} ({row['weight']}, {row['scored_at']}{least}): {row['text']}")
        lines.append(marks)
    return "\n".join(lines)
