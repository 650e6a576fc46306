"""What PostgreSQL holds of an organisation's official numbers; their form is told in :mod:`partners.models.numbers`."""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Cast, Concat, Mod, Substr
from django.db.models.lookups import Exact


def _remainder():
    """What ISO 7064 MOD 97-10 leaves of a VAT number: N, L and B count as 23, 21 and 11."""
    digits = Concat(Value("2321"), Substr("vat", 1, 9), Value("11"), Substr("vat", 11, 2))
    whole = models.DecimalField(max_digits=20, decimal_places=0)
    return Mod(Cast(digits, whole), Cast(97, whole), output_field=whole)


# A Case looks at its conditions in their order: only digits are ever counted with.
_VAT_HOLDS_NO_CITIZEN_NUMBER = Case(
    When(vat="", then=True),
    When(~Q(vat__regex=r"^\d{9}B\d{2}$"), then=False),
    When(~Q(legal_form__in=["", "eenmanszaak"]), then=True),
    When(Exact(_remainder(), Value(1)), then=True),
    default=False,
    output_field=models.BooleanField(),
)

RULES = [
    models.CheckConstraint(
        condition=Q(kvk="") | Q(kvk__regex=r"^\d{8}$"), name="organisation_kvk_has_8_digits"
    ),
    models.CheckConstraint(
        condition=~Q(legal_form="eenmanszaak") | Q(rsin=""),
        name="organisation_sole_trader_has_no_rsin",
    ),
    models.CheckConstraint(
        condition=_VAT_HOLDS_NO_CITIZEN_NUMBER,
        name="organisation_vat_holds_no_bsn",
    ),
    models.CheckConstraint(
        condition=Q(oin="") | Q(oin__regex=r"^0{6}\d{14}$"), name="organisation_oin_has_its_form"
    ),
]
