"""The buttons that say that a suggestion is not for us: one for each reason."""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factory.markup import format_html, format_html_join
from market.models.refusal import OFFERED

FORM = "not-for-us"
BUTTON = '<button type="submit" class="keep" form="{}" name="because" value="{}:{}">{}</button>'
BOX = '<details class="notus"><summary>{}<span class="vh"> {}</span></summary><div class="row">{}</div></details>'


def not_for_us(listing):
    """Unfolds to the reasons; each is a button of the form ``not-for-us``, which stands outside the search."""
    head, reasons = _labels(get_language())
    rows = ((FORM, listing.slug, code, words) for code, words in reasons)
    return format_html(BOX, head, listing.title, format_html_join("", BUTTON, rows))


@cache
def _labels(_language):
    """The words, which are the same in all rows."""
    return _("Not for us, because …"), [(str(code), str(code.label)) for code in OFFERED]
