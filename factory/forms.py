"""How every form looks and what every field accepts; django-allauth's forms included."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

CLASSES = (
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (
        (forms.CheckboxInput, forms.CheckboxSelectMultiple),
        "utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom",
    ),
    (forms.RadioSelect, "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.HiddenInput, ""),
    (forms.FileInput, "file"),
    (forms.widgets.Input, "utrecht-textbox utrecht-textbox--html-input"),
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class FactoryBoundField(BoundField):
    """A field that carries the design system's classes and says when it is not required."""

    def build_widget_attrs(self, attrs, widget=None):
        """Add the classes, drop a placeholder that says the label again; Django adds the rest."""
        attrs = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        is_address = isinstance(shown, forms.EmailInput)  # django-allauth's has other words for it
        if is_address or shown.attrs.get("placeholder") == self.label:
            attrs["placeholder"] = False
        look = next(
            (css for kind, css in CLASSES if isinstance(widget or self.field.widget, kind)), ""
        )
        if look and self.errors:
            look += f" {look.split()[0]}--invalid"
        given = (widget or self.field.widget).attrs.get("class", "")
        if look:
            attrs["class"] = f"{look} {given}".strip()
        return attrs

    @property
    def is_single_choice(self):
        """Whether it is one box to tick, with its label behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_to_choose_again(self):
        """A file was chosen, but something else in the form is not right: a browser forgets the file."""
        chosen = isinstance(self.field.widget, forms.FileInput) and self.data
        return bool(chosen and self.form.is_bound and not self.errors)

    @cached_property
    def first_id(self):
        """The id that a link in the error summary points at."""
        return f"{self.auto_id}_0" if self.use_fieldset and self.auto_id else self.auto_id


class Renderer(TemplatesSetting):
    """Set as FORM_RENDERER."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = FactoryBoundField


def summary(form):
    """What is not right yet: (id of the control, words) for each error."""
    rows = [("", error) for error in form.non_field_errors()]
    for field in [*form.visible_fields(), *form.hidden_fields()]:
        first = "" if field.is_hidden else field.first_id
        rows += [(first, _told(field.label, error)) for error in field.errors]
    return rows


def _told(label, error):
    """The label and the error as one line: no colon after a question mark."""
    return f"{label} {error}" if str(label)[-1:] in "?!.:" else f"{label}: {error}"


def plain(value):
    """Text without invisible control or direction-forcing characters; those are refused."""
    if isinstance(value, str) and CONTROL.search(value):
        raise ValidationError(
            _("This text holds a character that cannot be read. Type it again."), code="control"
        )
    return value


class Fits(MaxLengthValidator):
    """Says by how many characters a text is too long."""

    message = ngettext_lazy(
        "This is %(over)s character too long. Make it shorter: at most %(limit)s characters fit.",
        "This is %(over)s characters too long. Make it shorter: at most %(limit)s characters fit.",
        "over",
    )

    def __call__(self, value):
        if (over := len(value) - self.limit_value) > 0:
            words = {"over": over, "limit": self.limit_value}
            raise ValidationError(self.message, code=self.code, params=words)


def that_says_how_much(validator):
    """The same check, in plain words where it is about the length."""
    is_length = type(validator) is MaxLengthValidator
    return Fits(validator.limit_value) if is_length else validator


class PlainTextMixin:
    """Every text of this form is checked by :func:`plain`; put it before ``forms.Form``."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators = [*map(that_says_how_much, field.validators), plain]


class MoneyInput(forms.TextInput):
    """A text box with the euro sign before it."""

    template_name = "django/forms/widgets/money.html"

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class DateField(forms.DateField):
    """A day, from the browser's date picker or typed as 01-03-2028, within bounds."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {
        "invalid": _("Write a date with day, month and year, such as 01-03-2028."),
        "early": _("This date is too early. The first that is possible is %(limit)s."),
        "late": _("This date is too late. The last that is possible is %(limit)s."),
    }

    def __init__(self, *, earliest=None, latest=date(2100, 1, 1), **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"])
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def validate(self, value):
        """Within the bounds; a bound may be a function, so that today stays today."""
        super().validate(value)
        earliest, latest = (
            limit() if callable(limit) else limit for limit in (self.earliest, self.latest)
        )
        if value and earliest and value < earliest:
            self._refuse("early", earliest)
        if value and latest and value > latest:
            self._refuse("late", latest)

    def _refuse(self, code, limit):
        raise ValidationError(
            self.error_messages[code], code=code, params={"limit": f"{limit:%d-%m-%Y}"}
        )


class ChoicesWithHints(forms.RadioSelect):
    """Radio buttons with a line under each: ``hints`` by the option's value."""

    def __init__(self, *args, hints=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name, value, *args, **kwargs):
        """Give the option its hint, for the template."""
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option
