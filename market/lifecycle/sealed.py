"""What cannot be done while prices are sealed."""

from django.utils.translation import gettext as _

from factory.templatetags.words import moment
from market.models import prices_of


def nothing_is_sealed(match):
    """Reasons why it is too early to agree: others may still give their price."""
    asked = prices_of(match.need)
    if match.state == match.State.INTRODUCED and asked and not asked.are_open:
        yield _("Suppliers can give a price until %(moment)s. Agree after that.") % {
            "moment": moment(asked.closes_at)
        }
