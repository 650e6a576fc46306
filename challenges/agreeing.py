"""The form on which the jury agrees: everybody's marks beside each other, and one mark together."""

from django import forms
from django.utils.translation import gettext as _

from challenges import ranking
from challenges.models import Challenge, Consensus, Criterion, Entry, Score
from challenges.models.criterion import HIGHEST, LOWEST
from partners.forms import Refused


def nearest(average):
    """The whole mark nearest to an average; a half goes up."""
    return int(average + ranking.HALF)


class AgreeForm(Refused):
    """For one entry: a mark together on every criterion, with a reason where it is not the average."""

    entry = forms.ModelChoiceField(Entry.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        readable = Entry.objects.read_by_jury(self.by) | Entry.objects.visible_to(self.by)
        mine = self.thing.entries.to_judge().filter(pk__in=readable.values("pk"))
        self.fields["entry"].queryset = mine
        asked = str(self.data.get("entry") or self.initial.get("entry") or "")
        self.about = mine.filter(pk=asked).first() if asked.isdecimal() else None
        at_pitch = self.thing.state == Challenge.State.PITCHING
        round_now = Criterion.ScoredAt.PITCH if at_pitch else Criterion.ScoredAt.TEXT
        criteria = self.thing.criteria.filter(scored_at=round_now) if self.about else ()
        self.beside = {criterion: [] for criterion in criteria}
        if self.about:
            self._lay_beside()
        agreed = Consensus.objects.filter(entry=self.about) if self.about else ()
        known = {one.criterion_id: one for one in agreed}
        for criterion, scores in self.beside.items():
            self._ask(criterion, [score.points for score in scores], known.get(criterion.pk))

    def _lay_beside(self):
        scores = Score.objects.locked().filter(assessment__entry=self.about)
        by_key = {criterion.pk: rows for criterion, rows in self.beside.items()}
        told = scores.select_related("assessment__juror__person").order_by("assessment__juror")
        for score in told:
            if score.criterion_id in by_key:
                by_key[score.criterion_id].append(score)

    def _ask(self, criterion, marks, known):
        usual = nearest(ranking.average(marks)) if marks else None
        self.fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
            label=_("Mark together"),
            choices=[("", "–"), *[(n, n) for n in range(LOWEST, HIGHEST + 1)]],
            coerce=int,
            initial=known.points if known else usual,
        )
        self.fields[f"why_{criterion.pk}"] = forms.CharField(
            label=_("Why, if it is not the average?"),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=known.reason if known else "",
        )

    def rows(self):
        """Each criterion with everybody's scores, their average, whether they differ, and its two fields."""
        for criterion, scores in self.beside.items():
            marks = [score.points for score in scores]
            yield {
                "criterion": criterion,
                "scores": scores,
                "average": float(ranking.average(marks)) if marks else None,
                "differs": ranking.differs(marks),
                "points": self[f"points_{criterion.pk}"],
                "why": self[f"why_{criterion.pk}"],
            }

    def clean(self):
        data = super().clean()
        agreed = {}
        for criterion, scores in self.beside.items():
            points, why = data.get(f"points_{criterion.pk}"), data.get(f"why_{criterion.pk}", "")
            marks = [score.points for score in scores]
            usual = nearest(ranking.average(marks)) if marks else None
            if points and points != usual and not why.strip():
                words = _("Say why this is not the average of the jurors.")
                self.add_error(f"why_{criterion.pk}", words)
            agreed[criterion] = (points, why)
        return {"entry": data.get("entry"), "agreed": agreed}
