"""The button that keeps a thing on a list: in rows, on pages, with and without scripts."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from factory.markup import format_html
from factory.templatetags.drawings import SVG_ICONS
from market.keeping.doing import holding, kept_first, named

register = template.Library()
FORM = "keeping"
# The form of the search stands round the rows; a button there belongs to the form of this name,
# and neither waits for the search nor cuts it short.
BUTTON = (
    '<button type="submit" class="keep{}" form="{}" name="{}" value="{}" id="keep-{}" hx-post="{}" '
    'hx-include="#{}" hx-trigger="click" hx-target="this" hx-select="button" hx-swap="outerHTML" '
    'hx-select-oob="unset" hx-push-url="false" hx-sync="this:drop">{}{}<span class="vh"> {}</span></button>'
)


@register.simple_tag
def keep_button(thing, kept):
    """Keep this, or take it off again."""
    return _button(named(thing), str(thing), kept)


def row_button(field, slug, title, kept):
    """The same in a row of a list, where only these are known."""
    return _button(f"{field}:{slug}", title, kept)


def _button(name, title, kept):
    return format_html(
        BUTTON,
        " is-kept" if kept else "",
        FORM,
        "drop" if kept else "keep",
        name,
        name.replace(":", "-"),
        reverse("market:keep"),
        FORM,
        SVG_ICONS["star"],
        _("Kept") if kept else _("Keep"),
        title,
    )


@register.inclusion_tag("market/_keep_form.html", takes_context=True)
def keep_form(context):
    """The form behind the buttons, once on a page, outside any other form."""
    request = context["request"]
    return {
        "form_id": FORM,
        "back": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("market/_keep.html", takes_context=True)
def keep_panel(context, thing):
    """On the page of a thing: one press to keep it, and on which lists it stands."""
    request = context["request"]
    lists = list(holding(request.user, thing)) if request.user.is_authenticated else []
    return {
        "request": request,
        "user": request.user,
        "thing": thing,
        "kept": any(one.is_first for one in lists),
        "lists": lists,
        "csrf_token": context.get("csrf_token"),
    }


def kept_of(request, field, rows):
    """``{key: button}`` for these rows, to somebody who is signed in; else nothing."""
    if not request.user.is_authenticated or not rows:
        return {}
    kept = kept_first(request.user, field, [row.pk for row in rows])
    return {row.pk: row_button(field, row.slug, _title(row), row.pk in kept) for row in rows}


def _title(row):
    return getattr(row, "title", "") or row.name
