"""Moves on a page: the button that makes one, and what was made as a line of history."""

import uuid

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from factory import texts
from factory.templatetags.parts import button

register = template.Library()
FORM = (
    '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<input type="hidden" name="token" value="{}">{}{}</form>'
)


@register.simple_tag(takes_context=True)
def deed(context, move, thing, kind="secondary", words="", **fields):
    """The button of a move. One that asks something, or cannot be taken back, leads to a page first.

    ``fields`` are sent along, so that a move with a form can be made in one press.
    """
    words, where = words or texts.button(move), address(thing, move)
    if missing := move.missing(thing):
        return _not_yet(words, kind, missing)
    if move.final or (move.form and not fields):
        return button(words, where, kind=kind)
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())
    token = context.get("csrf_token", "")
    return format_html(FORM, where, token, uuid.uuid4().hex, hidden, button(words, kind=kind))


def address(thing, move):
    """Where a move of this thing is asked and made."""
    return f"{thing.get_absolute_url()}{move.name}/"


def _not_yet(words, kind, missing):
    return format_html(
        '<p class="row">{}<span class="small soft">{}</span></p>',
        button(words, kind=kind, disabled=""),
        " ".join(map(str, missing)),
    )


@register.simple_tag
def done_by(event, reader):
    """Who made a move, as far as this reader may know: coordinators, the site and oneself by name."""
    actor = event.whose
    if event.actor.is_staff and event.on_behalf_of_id:
        return _told_to(event, reader)
    if actor == reader:
        return _("by you")
    if actor.is_the_factory:
        return _("by the site")
    return _("by %(name)s") % {"name": actor.name} if actor.is_staff else ""


def _told_to(event, reader):
    if event.on_behalf_of == reader:
        return _("by %(name)s, for you") % {"name": event.actor.name}
    return _("by %(name)s, who was told so") % {"name": event.actor.name}


@register.filter
def told(event):
    """What a move did, as a line of history."""
    return texts.told(event.verb)


@register.simple_tag
def fresh_token():
    """What a form carries so that sending it twice does it once."""
    return uuid.uuid4().hex
