"""Plain text as the HTML of a mail: a code stands large, an address alone on its line becomes a button."""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()
CODE = re.compile(r"[A-Z0-9]{3,8}(-[A-Z0-9]{3,8})+")
ADDRESS = re.compile(r"https?://\S+")
LARGE = '<b style="font-size:30px;line-height:1.3;letter-spacing:2px;white-space:nowrap">{}</b>'
BUTTON = (
    '<a href="{0}" style="display:inline-block;padding:14px 28px 14px 20px;background:#6d1f5e;color:#ffffff;'
    'border-radius:5px 28px 28px 5px;font-weight:bold;text-decoration:none">{1}</a>'
    '<span style="display:block;margin:12px 0 0;font-size:15px;color:#55434f">{2}<br>'
    '<a href="{0}" style="color:#6d1f5e;word-break:break-all">{0}</a></span>'
)
PARAGRAPH = '<span style="display:block;margin:0 0 16px">{}</span>'


@register.filter
def as_mail(text):
    """Its paragraphs, for inside a paragraph."""
    said = [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
    return format_html_join("", PARAGRAPH, ((_shown(part),) for part in said if part))


def _shown(part):
    if CODE.fullmatch(part):
        return format_html(LARGE, part)
    if ADDRESS.fullmatch(part):
        return format_html(BUTTON, part, _("Open the page"), _("Or copy this address:"))
    lines = (urlize(conditional_escape(line), autoescape=False) for line in part.splitlines())
    return mark_safe("<br>".join(lines))  # noqa: S308 - each line was escaped
