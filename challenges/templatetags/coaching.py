"""How much of the offered coaching was used, in words and as a bar."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
BAR = (
    '<p class="num"><b>{}</b></p><svg class="criteria__bar" viewBox="0 0 100 4" preserveAspectRatio="none"'
    ' aria-hidden="true"><path class="e-3" d="M0 0h100v4H0z"/><path class="e-1" d="M0 0h{}v4H0z"/></svg>'
)


@register.filter
def hours(minutes):
    """Minutes as hours in words: 90 is "1 hour 30 minutes" in the reader's language."""
    whole, rest = divmod(abs(minutes), 60)
    told = ngettext("%(n)s hour", "%(n)s hours", whole) % {"n": whole} if whole or not rest else ""
    if rest:
        told = f"{told} {ngettext('%(n)s minute', '%(n)s minutes', rest) % {'n': rest}}".strip()
    return f"− {told}" if minutes < 0 else told


@register.simple_tag
def used_of(minutes, offered):
    """How much of so many hours, with a bar."""
    words = _("%(used)s of %(offered)s") % {"used": hours(minutes), "offered": hours(offered * 60)}
    return format_html(BAR, words, round(100 * minutes / (offered * 60)))
