"""Input about certificates and pictures."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.files.fields import UploadField
from factory.files.kinds import PAPERS, PICTURES
from factory.forms import DateField
from partners.forms import Refused
from partners.models import Credential, Picture
from partners.models.credential import ENDLESS, LEVELS

Proof, Level = Credential.Proof, Credential.Level
LOGO_SIDE = 480
# A typing mistake in a year is more likely than a certificate that holds longer than this.
LONGEST = relativedelta(years=2, months=3)
TWO_YEARLY = {Proof.CODE, Proof.PSO, Proof.PSO30}


def proofs():
    """One list for the recognition and its level, so that it needs no script: ``[(heading, options)]``."""
    for proof in Proof:
        if levels := LEVELS.get(proof):
            options = [(f"{proof}:{level}", f"{proof.label}, {level.label}") for level in levels]
            yield proof.label, options
        else:
            yield f"{proof}:", proof.label


class ClaimForm(Refused):
    """What an organisation can show, until when, and where that can be seen."""

    what = forms.ChoiceField(label=_("Which recognition do you have?"))
    valid_from = DateField(label=_("From which day does it hold?"))
    valid_until = DateField(
        label=_("Up to and including which day?"),
        required=False,
        help_text=_(
            "It stands on the certificate. An ANBI and a social work company have no last day."
        ),
    )
    number = forms.CharField(label=_("Number of the certificate"), max_length=60, required=False)
    issuer = forms.CharField(
        label=_("Who gave it?"),
        max_length=120,
        required=False,
        help_text=_("Only if several do, such as with a regional recognition."),
    )
    evidence = UploadField(
        label=_("The certificate"),
        kinds=PAPERS,
        required=False,
        help_text=_(
            "A PDF or a photo of it, at most 10 MB. Only your colleagues and the coordinators see it."
        ),
    )
    register_url = forms.URLField(
        label=_("Or: where can it be looked up?"),
        max_length=200,
        required=False,
        help_text=_("The web address of your entry in a public register."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [("", _("Choose")), *proofs()]
        if self.thing.proof:
            self._start_from(self.thing)

    def _start_from(self, credential):
        names = ("valid_from", "valid_until", "number", "issuer", "register_url")
        known = {name: getattr(credential, name) for name in names}
        known["what"] = f"{credential.proof}:{credential.level}"
        self.initial = {name: value for name, value in known.items() if value} | self.initial
        if credential.evidence_id:
            self.fields["evidence"].label = _("Another file than the one we have")

    def clean(self):
        data = super().clean()
        data["proof"], _colon, data["level"] = data.pop("what", "").partition(":")
        if data["proof"]:
            self._check_days(data, data["proof"])
        seen = data.get("evidence") or data.get("register_url") or self.thing.evidence_id
        if not (seen or {"evidence", "register_url"} & self.errors.keys()):
            self.add_error("evidence", _("Add the certificate, or say where it can be looked up."))
        return data

    def _check_days(self, data, proof):
        first, last = data.get("valid_from"), data.get("valid_until")
        if "valid_until" in self.errors:
            return
        if last is None and proof not in ENDLESS:
            self.add_error("valid_until", _("Write the last day. It stands on the certificate."))
        if last and last < clock.today():
            self.add_error("valid_until", _("This day has passed. Add the new certificate."))
        elif first and last and last < first:
            self.add_error("valid_until", _("The last day comes before the first day."))
        elif first and last and proof in TWO_YEARLY and last > first + LONGEST:
            self.add_error("valid_until", _("This recognition holds for two years at most."))


class LogoForm(Refused):
    """A logo."""

    picture = UploadField(
        label=_("Your logo"),
        kinds=PICTURES,
        drawing=True,
        longest=LOGO_SIDE,
        help_text=_("A square picture looks best. JPG, PNG, WebP or HEIC, at most 10 MB."),
    )


class PhotoForm(Refused):
    """A photo, and what is on it."""

    picture = UploadField(
        label=_("A photo"),
        kinds=PICTURES,
        help_text=_(
            "Straight from your phone is fine, at most 10 MB. We take out where and when it was made. "
            "Only show people who agree with it."
        ),
    )
    alt = forms.CharField(
        label=_("What is on the photo?"),
        max_length=160,
        help_text=_("For who cannot see it, such as: two cooks lay out bread in our kitchen."),
    )


class DropPictureForm(Refused):
    """Which picture goes."""

    picture = forms.ModelChoiceField(
        Picture.objects.none(),
        label=_("Which picture?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["picture"].queryset = self.thing.pictures.order_by("place", "pk")


def a_day_later(credential):
    """The first day of the period after this one."""
    return credential.valid_until + timedelta(days=1) if credential.valid_until else None
