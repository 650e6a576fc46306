"""The board as an Atom feed, and deadlines for the diary: stable ids, so that a change replaces what was there."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from icalendar import Calendar, Event

from challenges.board import rows
from challenges.filters import asked, options
from challenges.models import Challenge
from challenges.telling import MOMENTS
from factory.templatetags.words import euro, moment

MOST = 50
LATELY = cache_control(public=True, max_age=300)


@LATELY
def feed(request):
    """The newest challenges that answer to the same address as the board's."""
    newest = request.GET.copy()
    newest["sort"] = "new"
    found = Challenge.objects.in_bulk([row.pk for row in rows(asked(newest, options()))[0:MOST]])
    site, board = settings.SITE_URL, reverse("challenges:list")
    atom = Atom1Feed(
        title=_("Impact challenges"),
        link=f"{site}{board}",
        description=_("Problems in society that ask for a new answer"),
        language=get_language(),
        feed_url=f"{site}{request.get_full_path()}",
    )
    for challenge in sorted(found.values(), key=lambda one: one.published_at, reverse=True):
        atom.add_item(**_entry(challenge, site))
    return HttpResponse(atom.writeString("utf-8"), content_type=f"{Atom1Feed.content_type}")


def _entry(challenge, site):
    told = [challenge.sentence or challenge.problem]
    if challenge.envelope_cents:
        told.append(_("Envelope: %(amount)s") % {"amount": euro(challenge.envelope_cents)})
    if challenge.deadline_at:
        told.append(_("Plans until %(moment)s") % {"moment": moment(challenge.deadline_at)})
    return {
        "title": challenge.title,
        "link": f"{site}{challenge.get_absolute_url()}",
        "description": "\n".join(told),
        "unique_id": f"tag:{settings.MAIL_DOMAIN},2026:challenge-{challenge.pk}",
        "pubdate": challenge.published_at,
        "updateddate": challenge.awarded_at or challenge.closed_at or challenge.published_at,
    }


@LATELY
def deadlines(request):
    """The deadlines of everything that is open, for the diary."""
    diary = _diary()
    for challenge in Challenge.objects.public().open().order_by("deadline_at", "pk"):
        diary.add_component(_appointment(challenge, "deadline_at"))
    return _answer(diary, "deadlines.ics")


@LATELY
def diary(request, slug):
    """The whole calendar of one challenge, for the diary."""
    challenge = Challenge.objects.public().filter(slug=slug).first()
    if challenge is None:
        raise Http404
    made = _diary()
    for name in MOMENTS:
        if getattr(challenge, name):
            made.add_component(_appointment(challenge, name))
    return _answer(made, f"{challenge.slug}.ics")


def _diary():
    made = Calendar()
    made.add("prodid", "-//Social Impact Factory//NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Impact challenges"))
    return made


def _appointment(challenge, name):
    """One moment; the same one sent again, with a higher sequence, replaces the first (RFC 5545)."""
    at, entry = getattr(challenge, name), Event()
    entry.add("uid", f"challenge-{challenge.pk}-{name.replace('_', '-')}@{settings.MAIL_DOMAIN}")
    entry.add("dtstamp", challenge.published_at)
    entry.add("sequence", challenge.version)
    entry.add("summary", f"{MOMENTS[name]()}: {challenge.title}")
    entry.add("dtstart", at)
    entry.add("dtend", at)
    entry.add("url", f"{settings.SITE_URL}{challenge.get_absolute_url()}")
    return entry


def _answer(diary, name):
    answer = HttpResponse(diary.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
