"""What cannot be done beside the prices of a need: while they are sealed, and while there is one to choose."""

from django.utils.translation import gettext as _

from factory.templatetags.words import moment
from market.models import prices_decide, prices_of


def not_beside_the_prices(match):
    """Reasons why two do not agree by themselves: others may still give a price, or the buyer has to choose one."""
    decide = prices_decide(match)
    if decide == "sealed":
        words = _("Suppliers can give a price until %(moment)s. Agree after that.")
        yield words % {"moment": moment(prices_of(match.need).closes_at)}
    elif decide == "choose":
        yield _(
            "Prices were given for this need. The buyer chooses one of them, with a reason for each of the others; "
            "with that choice you are agreed."
        )
