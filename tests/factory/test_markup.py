"""HTML by format: it says what Django's own says, and nothing unsafe."""

import pytest
from django.utils import html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from factory import markup

VALUES = ["<b>\"'&", mark_safe("<b>"), 12, 1.5, None, gettext_lazy("Market"), ["<i>"]]


@pytest.mark.parametrize("value", VALUES)
def test_every_value_is_escaped_as_django_escapes_it(value):
    ours, theirs = markup.format_html("<p>{}</p>", value), html.format_html("<p>{}</p>", value)
    assert ours == theirs
    assert type(ours) is type(theirs)


def test_rows_are_escaped_and_so_is_what_stands_between_them():
    rows = [(value,) for value in VALUES]
    assert markup.format_html_join("<", "{}", rows) == html.format_html_join("<", "{}", rows)
