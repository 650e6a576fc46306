"""What stands in a sheet: named columns, each with one kind of value."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from django.utils import timezone
from django.utils.translation import gettext as _

TEXT, NUMBER, EURO, DAY, MOMENT = "text", "number", "euro", "day", "moment"


@dataclass(frozen=True)
class Column:
    """``value`` is a path of attributes (``region.name``, ``get_kind_display``) or a function of the row.

    ``kind`` says what it gives: a text, a number, whole euro cents, a date or a moment (aware).
    ``width`` counts characters.
    """

    label: str
    value: str | Callable
    kind: str = TEXT
    width: int = 18

    def of(self, row):
        """The value in this row: str, int, Decimal (of euros), date, local datetime; or None."""
        found = self.value(row) if callable(self.value) else _followed(self.value, row)
        return None if found is None else PLAIN[self.kind](found)


def _followed(path, row):
    found = reduce(lambda thing, name: getattr(thing, name, None), path.split("."), row)
    return found() if callable(found) else found


def _text(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


PLAIN = {
    TEXT: _text,
    NUMBER: lambda value: value,
    EURO: lambda cents: Decimal(cents) / 100,
    DAY: lambda day: day,
    MOMENT: lambda moment: timezone.make_naive(moment).replace(microsecond=0),
}
