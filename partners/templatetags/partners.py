"""Small parts of the directory's pages."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory.templatetags.boxes import MANY
from factory.templatetags.words import count

register = template.Library()


@register.simple_tag
def partner_count(total):
    """How many there are, in words."""
    if total > MANY:
        return _("More than %(n)s partners") % {"n": count(MANY)}
    return ngettext("%(n)s partner", "%(n)s partners", total) % {"n": count(total)}


@register.filter
def listed(names):
    """Names one after the other: "Catering, Cleaning"."""
    return ", ".join(names)


@register.filter
def shown_host(address):
    """A web address as people say it: ``broodnodig.example``."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")
