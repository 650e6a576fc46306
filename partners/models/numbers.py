"""The official numbers of an organisation: their form, and what must never be kept, somebody's citizen number."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NotValid
from stdnum.iso7064 import mod_97_10
from stdnum.nl import bsn, btw, postcode

from partners.models.standing import Form

KVK = RegexValidator(r"^\d{8}$", _("A KvK number has 8 digits."))
NO_CITIZEN_NUMBER = _(
    "This is the old VAT number of a sole trader, with the citizen number (BSN) in it. "
    "Fill in the VAT identification number (btw-id) you have used since 2020."
)
WHICH_FORM = _("Choose your legal form too. For this VAT number we must know it.")
_MAIN_NUMBERS = {"00000001": r"\d{9}000", "00000003": r"\d{8}0000"}  # of an RSIN, of a KvK number


def numbered(kind, words):
    """``text → text`` as it is written officially, by one of stdnum's modules; ValidationError with these words."""

    def clean(text):
        try:
            return kind.validate(text) if text else ""
        except NotValid:
            raise ValidationError(words) from None

    return clean


rsin = numbered(bsn, _("This is not a valid RSIN."))
vat = numbered(btw, _("This is not a valid VAT number."))
postal_code = numbered(postcode, _("A postcode looks like 3511 AB."))


def trouble_with_vat(number, form):
    """Why this organisation may not have this VAT number, or None.

    Until 2020 a sole trader's number held the BSN (Belastingdienst, btw-id since 1 January 2020). The new ones, and
    only they, answer to the check digits of ISO 7064; the older ones of legal persons hold their RSIN.
    """
    if not number or mod_97_10.is_valid("NL" + number):
        return None
    return {Form.SOLE: NO_CITIZEN_NUMBER, "": WHICH_FORM}.get(form)


def oin(text):
    """An OIN: eight digits that say of which register, a number from it, and zeros (Logius, OIN-stelsel)."""
    text = text.replace(" ", "")
    whole = RegexValidator(r"^0{6}\d{14}$", _("An OIN has 20 digits and begins with 000000."))
    if text:
        whole(text)
        number = _MAIN_NUMBERS.get(text[:8], r"\d{12}")
        RegexValidator(f"^{text[:8]}{number}$", _("This is not a valid OIN."))(text)
    if text.startswith("00000001") and not bsn.is_valid(text[8:17]):
        raise ValidationError(_("This is not a valid OIN."))
    return text
