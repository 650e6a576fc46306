"""A change of days that are still to come, of a challenge that is public: the pitch, the decision and the others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges import calendar
from challenges.models.states import ChallengeState
from challenges.setup_forms.rows import MomentField
from challenges.setup_forms.rules import LABELS
from factory import clock
from partners.forms import Refused

MEANWHILE = _("A colleague changed this at the same moment. Open it again to see both.")
OVER = _("This moment is over.")
# From which moment on the phases are still to come, where the first ones have passed whatever the clock says.
# Until when finalists change their plans was promised to them once they are coached.
STILL_TO_COME = {
    ChallengeState.SCORING: calendar.SCORES,
    ChallengeState.CONSENSUS: calendar.SHORTLIST,
    ChallengeState.PITCHING: calendar.COACH,
    ChallengeState.COACHING: calendar.PITCH,
    ChallengeState.PROPOSED: calendar.DECISION,
}


def ahead(challenge):
    """The names of the moments after the deadline that are still to come, by the clock and by how far it is."""
    now, days = clock.now(), calendar.AFTER_THE_DEADLINE
    phases = days[days.index(STILL_TO_COME.get(challenge.state, calendar.CHECK)) :]
    return [name for name in phases if (at := getattr(challenge, name)) and at > now]


def out_of_order(challenge, moved):
    """``(name, words)`` of each moment that would come before the one it follows."""
    for wrong in calendar.wrong_order(calendar.moments_of(challenge) | moved):
        yield wrong.name, _("This comes before “%(other)s”.") % {"other": LABELS[wrong.other]}


def to_the_minute(moment):
    """A moment as it is typed."""
    return moment.replace(second=0, microsecond=0)


class LaterDaysForm(Refused):
    """Each day that is still to come, as it is now, and why it becomes another."""

    reason = forms.CharField(
        label=_("Why does it change?"),
        help_text=_("These words stand on the page of the challenge, with what changed."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.thing.version
        self.names = ahead(self.thing)
        for name in self.names:
            self.fields[name] = MomentField(label=LABELS[name])
            self.initial.setdefault(name, getattr(self.thing, name))

    def clean(self):
        """What is typed here; the move looks again once nobody else can change anything."""
        data = super().clean()
        if data.get("version", self.thing.version) != self.thing.version:
            self.add_error(None, MEANWHILE)
        if self.errors:
            return data
        moved = {name: data[name] for name in self.names if self.differs(name, data[name])}
        if not moved:
            self.add_error(None, _("Nothing has changed yet."))
        now = clock.now()
        for name, moment in moved.items():
            if moment <= now:
                self.add_error(name, OVER)
        for name, words in out_of_order(self.thing, moved):
            self.add_error(name if name in self.names else None, words)
        return {"reason": data["reason"], "version": data["version"], "moved": moved}

    def differs(self, name, moment):
        """Whether this is another moment than what is saved."""
        return moment != to_the_minute(getattr(self.thing, name))
