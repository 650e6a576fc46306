"""A form of several rows that are saved together, and a field for a moment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from factory.forms import PlainTextMixin
from partners.forms import Refused


class MomentField(forms.DateTimeField):
    """A day and an hour in the Netherlands."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    default_error_messages = {
        "invalid": _("Write a day and an hour, such as 01-03-2028 12:00."),
    }

    def __init__(self, **kwargs):
        formats = ["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M", "%d-%m-%Y %H.%M", "%Y-%m-%d %H:%M"]
        super().__init__(input_formats=formats, **kwargs)


class Row(PlainTextMixin, forms.Form):
    """One row. It counts when its first field is filled in."""

    use_required_attribute = False

    @property
    def counts(self):
        return bool(self.cleaned_data.get(next(iter(self.fields))))


class RowsForm(Refused):
    """``row`` is the form of one row; what is there and some empty rows. Cleaned to ``rows``, a list of dicts."""

    row, spare, most = Row, 2, 8

    def __init__(self, data=None, files=None, **kwargs):
        super().__init__(data, files, **kwargs)
        there = self.there()
        number = max(min(len(there) + self.spare, self.most), len(there))
        if data is not None:
            first = next(iter(self.row.base_fields))
            number = sum(f"row{n}-{first}" in data for n in range(self.most))
        self.rows = [
            self.row(data, prefix=f"row{n}", initial=there[n] if n < len(there) else {})
            for n in range(number)
        ]

    def there(self):
        """What is saved now, as a list of dicts."""
        raise NotImplementedError

    def clean(self):
        data = super().clean()
        for number, row in enumerate(self.rows, start=1):
            for name, errors in ({} if row.is_valid() else row.errors).items():
                label = row.fields[name].label
                words = {"number": number, "label": label, "error": " ".join(errors)}
                self.add_error(None, _("Row %(number)s, %(label)s: %(error)s") % words)
        if not self.errors:
            data["rows"] = [row.cleaned_data for row in self.rows if row.counts]
        return data
