"""Texts of Django that our readers see, for our own catalogue: its Dutch speaks to people as ``u``, we say ``je``."""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
)
