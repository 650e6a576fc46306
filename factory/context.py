"""What every page knows: its place in the site and the coordinator of the reader's region."""

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factory.contributions import gather
from factory.notices.models import Notice
from factory.taking_back import offers


def site(request):
    """Context for all templates. ``coordinator`` has name, phone, email and answer_time."""
    other = "nl" if get_language() == "en" else "en"
    return {
        "site_url": settings.SITE_URL,
        "other_language": other,
        "other_language_url": SimpleLazyObject(
            lambda: translate_url(request.get_full_path(), other)
        ),
        "coordinator": SimpleLazyObject(lambda: coordinator_for(getattr(request, "user", None))),
        "unread": SimpleLazyObject(lambda: _unread(getattr(request, "user", None))),
        "can_take_back": SimpleLazyObject(lambda: offers(request)),
        "demo": settings.MODE == "demo",
    }


def coordinator_for(person):
    """The named coordinator of this person's region; the front desk for everybody else."""
    for find in gather("coordinator_for"):
        if found := find(person):
            return found
    return front_desk()


def front_desk():
    """Who answers those whose region nobody knows; known without the database."""
    return {**settings.FRONT_DESK, "answer_time": _("Answers within one working day")}


def _unread(person):
    if person is None or not person.is_authenticated:
        return 0
    known = getattr(person, "unread_told", None)
    return Notice.objects.inbox(person).unread().count() if known is None else known
