"""By which telephone numbers we knew somebody before they asked, and the form of who called one of them."""

from django import forms
from django.utils.translation import gettext_lazy as _


def numbers_of(person):
    """The telephone numbers that were known of somebody before they asked: ``{code: (number, whose)}``."""
    found = {"own": (person.phone, person.name)} if person.phone else {}
    for membership in person.memberships.confirmed().select_related("organisation"):
        place = membership.organisation
        if place.phone:
            found[f"organisation-{place.pk}"] = (place.phone, place.name)
    return found


class CalledForm(forms.Form):
    """Which known number was called, and that it was really them."""

    called = forms.ChoiceField(
        label=_("Which number did you call?"),
        help_text=_("Only a number that we knew already; never one that somebody just gave you."),
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(
        label=_("I spoke with them, I am sure that it is them, and they asked for this themselves")
    )

    def __init__(self, *args, thing=None, by=None, **kwargs):
        super().__init__(*args, **kwargs)
        known = numbers_of(thing.person)
        self.fields["called"].choices = [
            (code, f"{number} ({whose})") for code, (number, whose) in known.items()
        ]


def cannot_be_sure(lost):
    """Why nobody can grant it yet: no way to check who it is, or to warn them."""
    reasons = []
    if not numbers_of(lost.person):
        reasons.append(_("We know no telephone number of them, so nobody can check who it is."))
    if lost.person.address_fails_since:
        reasons.append(_("Their mail address refuses mail, so they could not stop it."))
    return reasons
