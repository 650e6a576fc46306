"""The norms the platform starts with. A new value is a new row with its own first day, never a change."""

from datetime import date

BELASTINGDIENST = "Wet op de omzetbelasting 1968, art. 9"
HOUSE = "Rule of the house"

NORMS = [
    ("vat-high", 2100, "bp", date(2012, 10, 1), BELASTINGDIENST),
    ("vat-low", 900, "bp", date(2019, 1, 1), BELASTINGDIENST),
    ("listing-days", 90, "days", date(2016, 1, 1), HOUSE),
    ("application-answer-days", 10, "days", date(2016, 1, 1), HOUSE),
    ("draft-kept-days", 365, "days", date(2016, 1, 1), HOUSE),
    ("draft-told-days-before", 30, "days", date(2016, 1, 1), HOUSE),
    ("lost-factor-waiting-days", 2, "days", date(2016, 1, 1), HOUSE),
    ("mail-link-sign-in-above", 2_000_000, "cents", date(2016, 1, 1), HOUSE),
]


def lay(model):
    """Make the rows that are not there yet; ``model`` is Norm, also as a migration knows it."""
    for code, value, unit, first_day, source in NORMS:
        model.objects.get_or_create(
            code=code,
            valid_from=first_day,
            defaults={"value": value, "unit": unit, "source": source},
        )
