"""The private note of coordinators, as a move: the journal holds that one was made, never what it says."""

import rules
from django import forms
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.coordination.models import Note
from factory.forms import DateField, PlainTextMixin
from factory.moves import STAYS
from factory.texts import say

SHOWN = 20

coordinates = rules.predicate(
    lambda person, thing: person.is_active and person.is_staff, name="is_coordinator"
)


class NoteForm(PlainTextMixin, forms.Form):
    """What was said, whether we spoke, and when to call back."""

    text = forms.CharField(
        label=_("What do your colleagues need to know?"),
        help_text=_(
            "Only coordinators read this. Write about the work, not about somebody's private life."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    spoke = forms.BooleanField(label=_("I spoke with them"), required=False)
    call_back_on = DateField(
        label=_("Call back on"),
        help_text=_("Until that day it leaves the call list; then it is on top of it."),
        earliest=clock.today,
        required=False,
    )

    def __init__(self, *args, thing=None, by=None, **kwargs):
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.values()):
            self.add_error("text", _("Write something, tick that you spoke, or choose a day."))
        return data


def write(thing, by, *, text="", spoke=False, call_back_on=None):
    """Keep a note about ``thing``. A talk, or a new day, settles the call that was promised before."""
    if spoke or call_back_on:
        Note.objects.about(thing).to_call_back().update(called_back_at=clock.now())
    return Note.objects.create(
        thing_type=thing.label(),
        thing_id=thing.pk,
        by=by,
        at=clock.now(),
        text=text,
        spoke=spoke,
        call_back_on=call_back_on,
    )


def notes_about(thing):
    """The latest notes about a thing, with who wrote them."""
    return Note.objects.about(thing).select_related("by")[:SHOWN]


def keeps_notes(moves):
    """Give a lifecycle its move ``note``, open to coordinators in every state; returns the move."""
    words = (_("Write a note"), _("Note kept"))
    say({f"{moves.model._meta.model_name}.note": words})

    @moves.add(*moves.model.State, to=STAYS, may=coordinates, form=NoteForm)
    def note(thing, *, by, **said):
        """A coordinator writes something down for colleagues."""
        return {"note": write(thing, by, **said).pk}

    return note
