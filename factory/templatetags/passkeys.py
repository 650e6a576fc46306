"""What a page with a passkey on it needs."""

import json

from django import template

register = template.Library()


@register.filter
def as_json(value):
    """For an attribute that a script of ours reads; escaped like any other text."""
    return json.dumps(value)
