"""How much mail a person wants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from factory.forms import ChoicesWithHints
from factory.notices.facts import topics
from factory.notices.models import Notice, Preference
from factory.notices.models.preference import DIGEST

Preset = Preference.Preset
HINTS = {
    Preset.EVERYTHING: _("A mail for each thing that happens with you or your organisation."),
    Preset.NEEDS_ME: _("Questions for you come at once. News comes together on Friday morning."),
    Preset.WEEKLY: _("One mail on Friday morning. Only what has a date or a term comes at once."),
}


def every_topic():
    """What mail can be about, with the weekly mail itself."""
    return [*topics(), (DIGEST, _("the weekly mail"))]


class PreferenceForm(forms.ModelForm):
    """Three choices, and for who wants more: which topics at all."""

    wanted = forms.MultipleChoiceField(
        label=_("Send me mail about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What has a date or a term always comes. In your inbox you find everything."),
    )

    class Meta:
        model = Preference
        fields = ["preset"]
        widgets = {"preset": ChoicesWithHints(hints=HINTS)}
        labels = {"preset": _("How often do you want mail?")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = every_topic()
        muted = self.instance.muted
        self.initial["wanted"] = [code for code, _name in every_topic() if code not in muted]

    def save(self, commit=True):
        wanted = self.cleaned_data["wanted"]
        self.instance.muted = [code for code, _name in every_topic() if code not in wanted]
        for topic in self.instance.muted:
            Notice.objects.stop(self.instance.person, topic)
        return super().save(commit)
