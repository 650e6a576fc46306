"""Why a file is not taken, in words that say what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WORDS = {
    "empty": _("This file is empty."),
    "large": _("This file is too large. At most %(megabytes)s MB."),
    "kind": _("We cannot take this kind of file. Choose one of these: %(kinds)s."),
    "broken": _("We cannot read this file. Save it anew on your own device and try again."),
    "active": _(
        "This file does more than show pages: it holds a script or another file. Print it to a new "
        "PDF and choose that one."
    ),
    "locked": _("This file has a password. Save it without one and try again."),
    "pixels": _("This picture is too large. At most %(most)s million dots."),
    "bomb": _("This file unpacks to far more than it seems. We do not take it."),
    "virus": _("The virus scanner refuses this file."),
    "unscanned": _("We cannot check files for viruses now. Try again in a few minutes."),
    "full": _("There is no room left for more files. Take something away, or ask us."),
}


def refused(code, **facts):
    """The error for a form: ``raise refused("large", megabytes=10)``."""
    return ValidationError(WORDS[code], code=code, params=facts)
