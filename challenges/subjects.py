"""What a challenge is about, as boxes to tick: themes in our own words, and the goals of the United Nations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.forms import Refused
from partners.models import Goal, Theme

THEMES = _("Which themes does it touch?")
GOALS = _("Which global goals does it help to reach?")
MODELS = {"themes": Theme, "goals": Goal}
LABELS = {"themes": THEMES, "goals": GOALS}
HELP = {
    "themes": _("Tick what fits, as few as you can. People find your challenge by it."),
    "goals": _("The 17 goals of the United Nations. One or two are enough; none is fine too."),
}


def subject(name):
    """A group of boxes: the themes, or the goals."""
    return forms.ModelMultipleChoiceField(
        MODELS[name].objects.all(),
        label=LABELS[name],
        help_text=HELP[name],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class SubjectsForm(Refused):
    """Both groups."""

    themes, goals = subject("themes"), subject("goals")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in MODELS:
            self.initial.setdefault(name, list(getattr(self.thing, name).all()))
