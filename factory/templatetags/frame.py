"""The frame round every page: what many readers get alike of its head and foot is made once for all of them."""

from functools import cache, lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import override

from factory.context import front_desk
from factory.templatetags.links import home, language

register = template.Library()
PLACES = ("market/", "challenges/", "partners/", "impact/", "knowledge/")
FACTS = ("name", "phone", "email", "answer_time")


@register.simple_tag(takes_context=True)
def site_nav(context):
    """The main parts of the site, with a mark at the one this page is in; the floor knows them as paths only."""
    request = context.get("request")
    path = request.path if request else ""
    here = next((place for place in PLACES if path.startswith(home() + place)), "")
    return _nav(language(), here)


@register.simple_tag(takes_context=True)
def site_foot(context):
    """The foot, with the coordinator of the reader's region."""
    coordinator = context.get("coordinator")
    return _foot(language(), tuple(str(coordinator[key]) for key in FACTS) if coordinator else ())


@register.simple_tag
def desk_foot():
    """The foot of the coordinators' admin: who we are is one click away here too."""
    return _desk_foot(language())


@cache
def _desk_foot(_language):
    facts = {"coordinator": front_desk(), "home_url": home()}
    return render_to_string("admin/foot.html", facts)


@cache
def _nav(_language, here):
    words = (_("Market"), _("Challenges"), _("Partners"), _("Impact"), _("Knowledge"))
    places = [
        {"words": said, "url": home() + place, "here": place == here}
        for place, said in zip(PLACES, words, strict=True)
        if _exists(f"/{place}")
    ]
    return render_to_string("parts/nav.html", {"places": places})


@lru_cache(maxsize=512)
def _foot(_language, facts):
    coordinator = dict(zip(FACTS, facts, strict=True)) if facts else None
    return render_to_string("parts/foot.html", {"coordinator": coordinator, "home_url": home()})


@cache
def _exists(place):
    """Whether a part of the site is there; the map does not change while the site runs.

    Asked in the language that has no prefix, whichever language the first reader's page is in.
    """
    try:
        with override(settings.LANGUAGE_CODE):
            return bool(resolve(place))
    except Resolver404:
        return False
