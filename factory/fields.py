"""Fields of forms that every app uses."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from factory.forms import MoneyInput

MOST_CENTS = 10_000_000_000
SHAPE = re.compile(r"^\d{1,3}(?:[. ]\d{3})*(?:,\d{1,2})?$|^\d+(?:[.,]\d{1,2})?$")
THOUSANDS = re.compile(r"[. ](?=\d{3}(?:\D|$))")


class EuroField(forms.CharField):
    """An amount in euros as people type it (1.250,50 or 1250.50); cleaned to whole cents, above zero."""

    widget = MoneyInput
    default_error_messages = {
        "shape": _("Write an amount in euros, such as 1250 or 1.250,50."),
        "range": _("Write an amount above zero and below 100 million euros."),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=20, **kwargs)

    def prepare_value(self, value):
        """Cents from the database become euros in the box; what somebody typed stays as it is."""
        if isinstance(value, int):
            return f"{value // 100},{value % 100:02d}" if value % 100 else str(value // 100)
        return value

    def clean(self, value):
        text = super().clean(value).replace("€", "").replace("\xa0", " ").strip()
        if not text:
            return None
        return self.cents(text)

    def cents(self, text):
        if not SHAPE.match(text):
            raise forms.ValidationError(self.error_messages["shape"], code="shape")
        cents = int(Decimal(THOUSANDS.sub("", text).replace(",", ".")) * 100)
        if not 0 < cents <= MOST_CENTS:
            raise forms.ValidationError(self.error_messages["range"], code="range")
        return cents

    def has_changed(self, initial, data):
        return str(self.prepare_value(initial) or "") != str(data or "")
