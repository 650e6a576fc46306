"""Phone numbers as links: to call, and to write in WhatsApp where the number is a Dutch mobile."""

import re

from django import template

register = template.Library()
DUTCH_MOBILE = re.compile(r"(?:0031|31|0)(6\d{8})")


@register.filter
def tel(phone):
    """``tel:+31302345678`` of "+31 (0)30 234 56 78"; empty without a number."""
    digits = re.sub(r"[^\d+]", "", str(phone or "").replace("(0)", ""))
    return f"tel:{digits}" if digits else ""


@register.filter
def whatsapp(phone):
    """``https://wa.me/31612345678`` of a Dutch mobile number, however it is written; else empty."""
    digits = re.sub(r"\D", "", str(phone or "").replace("(0)", ""))
    found = DUTCH_MOBILE.fullmatch(digits)
    return f"https://wa.me/31{found[1]}" if found else ""
