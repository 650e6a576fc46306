"""The columns of a sheet of partners: under which names they are known, and what may stand in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factory.forms import plain
from factory.me.forms import PHONE
from partners.models import Organisation, numbers


@dataclass(frozen=True)
class ImportColumn:
    """``name`` is the field; ``names``: other words for it in the head of a sheet (small letters);
    ``clean(text, known)`` gives what is kept, or raises ``ValidationError``.
    """

    name: str
    label: str
    clean: Callable
    names: tuple = ()
    example: str = ""
    required: bool = False

    def known_as(self):
        """Every word by which somebody may name this column, in small letters."""
        for language in ("nl", "en"):
            with translation.override(language):
                yield simple(str(self.label))
        yield from self.names


def simple(text):
    """Small letters and digits only, so that "KvK-nummer" and "kvk nummer" are the same."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def field(name, *checks):
    """What the model's own field accepts, and these checks besides."""
    model_field = Organisation._meta.get_field(name)

    def clean(text, known):
        plain(text)
        for check in checks:
            check(text)
        model_field.run_validators(text)
        return text

    return clean


def number_that(check):
    """A number with a check of its own, as it is written officially."""
    return lambda text, known: check(text)


def one_of(shelf, words):
    """One of what we know by this name (``known`` has a shelf of each kind)."""

    def clean(text, known):
        found = getattr(known, shelf).get(simple(text))
        if found is None:
            raise ValidationError(words % {"text": text[:60]})
        return found

    return clean


def some_of(shelf, words):
    """Several, with commas or semicolons between them."""
    one = one_of(shelf, words)

    def clean(text, known):
        parts = [part.strip() for part in re.split(r"[;,|\n]", text) if part.strip()]
        return list(dict.fromkeys(one(part, known) for part in parts))

    return clean


def kvk(text, known):
    """Eight digits; Excel eats a nought at the start."""
    digits = re.sub(r"[\s.]", "", text)
    digits = f"0{digits}" if re.fullmatch(r"\d{7}", digits) else digits
    numbers.KVK(digits)
    return digits


def website(text, known):
    """A web address, with or without https:// before it."""
    address = text if "://" in text else f"https://{text}"
    Organisation._meta.get_field("website").run_validators(address)
    return address


def number(text, known):
    """A whole number of people."""
    if not re.fullmatch(r"\d{1,7}", text):
        raise ValidationError(gettext("Write a whole number, such as 12."))
    return int(text)


def place(text, known):
    """A municipality, by its name or by a name people use."""
    found = known.municipalities.get(simple(text), ())
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(
            _("We do not know the municipality “%(text)s”.") % {"text": text[:60]}
        )
    raise ValidationError(
        _("There is more than one municipality called “%(text)s”. Write its full name.")
        % {"text": text[:60]}
    )


NAMES_A_KIND = one_of("kinds", _("We do not know the kind “%(text)s”."))
NAMES_A_FORM = one_of("forms", _("We do not know the legal form “%(text)s”."))
NAMES_SECTORS = some_of("sectors", _("We do not know the sector “%(text)s”."))
NAMES_THEMES = some_of("themes", _("We do not know the theme “%(text)s”."))
NAMES_PROVINCES = some_of("provinces", _("We do not know the province “%(text)s”."))
IS_A_POSTCODE = number_that(numbers.postal_code)
IS_A_RSIN = number_that(numbers.rsin)
IS_A_VAT_NUMBER = number_that(numbers.vat)
IS_AN_OIN = number_that(numbers.oin)

Col = ImportColumn
COLUMNS = (
    Col("name", _("Name"), field("name"), ("organisatie", "organisation"), "Broodnodig", True),
    Col("kind", _("Kind"), NAMES_A_KIND, ("type",), _("Social enterprise"), True),
    Col("region", _("Municipality"), place, ("vestigingsgemeente",), "Utrecht", True),
    Col("mission", _("Mission"), field("mission"), ("omschrijving", "description")),
    Col("sectors", _("Sectors"), NAMES_SECTORS, ("sector", "branche"), "catering"),
    Col("themes", _("Themes"), NAMES_THEMES, ("theme", "thema")),
    Col("works_in", _("Works in"), NAMES_PROVINCES, ("werkgebied",), "Utrecht, Gelderland"),
    Col("size", _("People at work"), number, ("medewerkers",), "12"),
    Col("street", _("Street and number"), field("street"), ("adres", "address"), "Dorpsstraat 1"),
    Col("postcode", _("Postcode"), IS_A_POSTCODE, ("postal code",), "3511 AB"),
    Col("town", _("Town"), field("town"), ("woonplaats", "vestigingsplaats", "city"), "Utrecht"),
    Col("website", _("Website"), website, ("site", "url"), "broodnodig.example"),
    Col("email", _("E-mail address"), field("email"), ("e mail", "email", "mail"), "hallo@broodnodig.example"),
    Col("phone", _("Phone number"), field("phone", PHONE), ("telefoon", "phone", "tel"), "030 555 01 24"),
    Col("legal_name", _("Legal name"), field("legal_name"), ("statutaire naam",)),
    Col("legal_form", _("Legal form"), NAMES_A_FORM),
    Col("kvk", _("KvK number"), kvk, ("kvk",), "12345678"),
    Col("rsin", _("RSIN"), IS_A_RSIN),
    Col("vat", _("VAT number"), IS_A_VAT_NUMBER, ("btw", "btw id")),
    Col("oin", _("OIN"), IS_AN_OIN),
)  # fmt: skip
