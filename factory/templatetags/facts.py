"""What a page of the admin says of a thing: what is filled in, and apart from it, in one line, what is not."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()
NOTHING = ("", "-", "–")


@register.simple_tag
def told(fieldset):
    """``{"rows": [(label, what it says)], "open": [labels of what is not filled in]}`` of one group of fields."""
    said = [
        (field.field["label"], _in_words(field.contents())) for line in fieldset for field in line
    ]
    return {
        "rows": [row for row in said if row[1] not in NOTHING],
        "open": [label for label, contents in said if contents in NOTHING],
    }


def _in_words(contents):
    """Yes or no instead of a green or a red picture: a no is seldom an alarm."""
    if "icon-yes.svg" in contents:
        return _("Yes")
    return _("No") if "icon-no.svg" in contents else contents
