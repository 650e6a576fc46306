"""Not for us, because …: the buttons beside a suggestion, and what was refused with the way back."""

from dataclasses import dataclass, field

from django import template
from django.utils.translation import gettext as _

from factory.markup import format_html, format_html_join

register = template.Library()
BUTTON = '<button type="submit" class="keep" form="{}" name="because" value="{}:{}">{}</button>'
BOX = '<details class="notus"><summary>{}<span class="vh"> {}</span></summary><div class="row">{}</div></details>'


@dataclass
class Refusing:
    """Where refusals of one kind go: the ``form`` (its id), its ``action``, and for whom they are made (``name``).

    ``rows``: what was refused before, each ``(key, title, url, reason in words)``.
    """

    form: str
    action: str
    name: str
    rows: list = field(default_factory=list)


def not_for_us(form, key, title, reasons):
    """Unfolds to the reasons, ``[(code, words)]``; each is a button of the form, which stands elsewhere on the page."""
    rows = ((form, key, code, words) for code, words in reasons)
    buttons = format_html_join("", BUTTON, rows)
    return format_html(BOX, _("Not for us, because …"), title, buttons)


@register.inclusion_tag("parts/refused.html", takes_context=True)
def refused_and_form(context, refusing):
    """What was said is not for one's organisation, and the form of the buttons; nothing for who may not say it."""
    return {"refusing": refusing, "request": context["request"]}
