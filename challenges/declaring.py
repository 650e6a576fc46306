"""Input of a juror who declares, before reading, in which of the entries they have an interest."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, Interest
from challenges.scoring import sitting
from partners.forms import Refused

MANY = 100  # entries; beyond it, which interest one has is asked of the ticked ones alone
FEW = 20  # entries, among which one finds a name without help


def letter_of(organisation):
    """Under which letter a name stands; digits and signs stand together."""
    first = organisation.name.strip()[:1].upper()
    return first if first.isalpha() else "#"


def the_seat(form, challenge, by):
    """Whose interests a form is about: one's own, or of the juror for whom a clerk fills it in; or None."""
    own = sitting(challenge).filter(person=by).first()
    if own:
        return None if challenge.disclosure == Challenge.Disclosure.ANONYMOUS else own
    asked = str(form.data.get("juror") or form.initial.get("juror") or "")
    return sitting(challenge).filter(pk=asked).first() if asked.isdecimal() else None


class DeclareForm(Refused):
    """For every entry: tick where there is an interest, and say which; one tick that there is no other.

    Never in pages: a juror declares about all entries before reading one, and "with the others I have none" says
    something only of who stands on the same page. With many it stays quick in another way: they stand by name under
    their letters, and the box for words comes with the tick (where there are more than ``MANY`` after pressing
    once, so that a thousand empty boxes are neither drawn nor sent).
    """

    juror = forms.CharField(required=False, widget=forms.HiddenInput)
    none_else = forms.BooleanField(
        label=_(
            "With the others I have no interest: I am not in their team or on their board, and they did "
            "not pay me in the last three years"
        )
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seat = the_seat(self, self.thing, self.by)
        entries = self.thing.entries.to_judge().select_related("organisation")
        self.entries = list(entries.order_by("organisation__name", "pk"))
        said = Interest.objects.filter(juror=self.seat) if self.seat else ()
        self.said = {interest.entry_id: interest for interest in said}
        for entry in self.entries:
            self._ask(entry)
        self.order_fields(["juror", *[f for f in self.fields if f != "none_else"], "none_else"])

    def _ask(self, entry):
        known = self.said.get(entry.pk)
        standing = bool(known and known.conflicted)
        self.fields[f"has_{entry.pk}"] = forms.BooleanField(
            label=str(entry.organisation),
            required=False,
            initial=standing,
            disabled=standing,
        )
        if len(self.entries) > MANY and not standing and f"has_{entry.pk}" not in self.data:
            return
        self.fields[f"which_{entry.pk}"] = forms.CharField(
            label=gettext("Which interest in %(name)s?") % {"name": entry.organisation},
            required=False,
            max_length=500,
            initial=known.reason if standing else "",
            disabled=standing,
        )

    def rows(self):
        """The fields of every entry, whether it is declared already, and the letter under which it stands first."""
        last, number = "", 0
        for entry in self.entries:
            known, letter = self.said.get(entry.pk), letter_of(entry.organisation)
            which, number = f"which_{entry.pk}", number + (letter != last)
            yield {
                "has": self[f"has_{entry.pk}"],
                "which": self[which] if which in self.fields else None,
                "standing": bool(known and known.conflicted),
                "is_new": known is None and bool(self.said),
                "organisation": entry.organisation,
                "letter_number": number,
                "letter": letter if letter != last and len(self.entries) > FEW else "",
            }
            last = letter

    def letters(self):
        """The letters under which the names stand, if there are many."""
        found = dict.fromkeys(letter_of(entry.organisation) for entry in self.entries)
        return list(found) if len(self.entries) > FEW else []

    def said_before(self, entry):
        known = self.said.get(entry.pk)
        return bool(known and known.conflicted)

    def clean(self):
        data = super().clean()
        if self.seat is None:
            self.add_error(None, gettext("Choose for which juror you fill this in."))
        conflicts = {
            e: data.get(f"which_{e.pk}", "") for e in self.entries if data.get(f"has_{e.pk}")
        }
        for entry, reason in conflicts.items():
            if not reason.strip() and not self.said_before(entry):
                self.add_error(f"which_{entry.pk}", gettext("Say which interest it is."))
        return {"juror": self.seat, "entries": self.entries, "conflicts": conflicts}
