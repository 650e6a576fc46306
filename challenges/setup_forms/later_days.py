"""A change of days that are still to come, of a challenge that is public: the pitch, the decision and the others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.calendar import AFTER_THE_DEADLINE, CHANGED, moments_of, wrong_order
from challenges.models.states import ChallengeState
from challenges.setup_forms.rectification import said
from challenges.setup_forms.rows import MomentField
from challenges.setup_forms.rules import LABELS
from factory import clock
from partners.forms import Refused


def ahead(challenge):
    """The names of the moments after the deadline that are still to come; not the end of a coaching that runs."""
    promised = CHANGED if challenge.state == ChallengeState.COACHING else None
    moments = ((name, getattr(challenge, name)) for name in AFTER_THE_DEADLINE)
    return [name for name, at in moments if at and at > clock.now() and name != promised]


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = ahead(self.thing)
        for name in self.names:
            self.fields[name] = MomentField(label=LABELS[name])
            self.initial.setdefault(name, getattr(self.thing, name))

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        moved = {name: data[name] for name in self.names if self.differs(name, data[name])}
        if not moved:
            self.add_error(None, _("Nothing has changed yet."))
        for name, moment in moved.items():
            if moment <= clock.now():
                self.add_error(name, _("This moment is over."))
        for wrong in wrong_order(moments_of(self.thing) | moved):
            words = _("This comes before “%(other)s”.") % {"other": LABELS[wrong.other]}
            self.add_error(wrong.name if wrong.name in self.names else None, words)
        old = {name: getattr(self.thing, name) for name in moved}
        changes = [{"name": n, "old": said(old[n]), "new": said(at)} for n, at in moved.items()]
        return {"reason": data["reason"], "moved": moved, "changes": changes}

    def differs(self, name, moment):
        """Whether this is another moment than what is saved."""
        return moment != to_the_minute(getattr(self.thing, name))
