"""Why something fits, in a box, with the way to say that it does not."""

from django.urls import reverse
from django.utils.translation import ngettext

from factory.templatetags.parts import foryou
from factory.templatetags.refusing import Refusing, not_for_us
from market.explaining import in_words
from market.models.refusal import OFFERED

FORM = "not-for-us"
MOST_REASONS = 3


def why_box(reasons, organisation, buttons="", title=""):
    """The reasons in the reader's words, the three strongest and the first that speaks against it."""
    told = in_words(reasons)
    why = [words for words, is_but in told if not is_but][:MOST_REASONS]
    but = [words for words, is_but in told if is_but][:1]
    words = ngettext("%(n)s reason for %(name)s", "%(n)s reasons for %(name)s", len(why))
    return foryou(title or words % {"n": len(why), "name": organisation.name}, why, but, buttons)


def no_buttons(key, title):
    """Not for us, because …: a button a reason."""
    return not_for_us(FORM, key, title, [(str(code), str(code.label)) for code in OFFERED])


def where_noes_go(organisation, rows):
    """The form of those buttons, with what was refused before."""
    told = [_refused(one) for one in rows]
    return Refusing(FORM, reverse("market:not_for_us"), organisation.name, told)


def _refused(one):
    listing = one.listing
    return listing.slug, listing.title, listing.get_absolute_url(), one.get_reason_display()
