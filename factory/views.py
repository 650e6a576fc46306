"""The pages that belong to no app: home, about ourselves, errors, and what robots read."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from factory.context import front_desk
from factory.contributions import gather

TOLD = (
    "about",
    "costs",
    "how-we-count",
    "contact",
    "accessibility",
    "privacy",
    "terms",
    "colophon",
)


def home(request):
    """What the Factory is, by an example; each app adds figures, a line below its way, and what is going on there.

    ``home_tiles``: rows of (figure, words). ``home_ways``: ``{way: words}``. ``home_bands``: a template with ``rows``.
    """
    context = {
        "tiles": [tile for tiles in gather("home_tiles") for tile in tiles()],
        "ways": {way: words for ways in gather("home_ways") for way, words in ways().items()},
        "bands": [band for bands in gather("home_bands") for band in bands()],
    }
    return render(request, "pages/home.html", context)


def told(request, page):
    """One of the pages in which we say who we are and what holds here."""
    template = f"pages/{page.replace('-', '_')}.html"
    return render(request, template, {"terms_version": settings.TERMS_VERSION})


def bad_request(request, exception=None):
    """400, or 413 if what was sent is too large."""
    too_large = isinstance(exception, RequestDataTooBig)
    return _plain("413.html", 413) if too_large else _plain("400.html", 400)


def permission_denied(request, exception=None):
    """403: it is there, but not for this person."""
    return _known(request, "403.html", 403, {"reason": str(exception or "")})


def page_not_found(request, exception=None):
    """404: the same bytes whether it does not exist or may not be seen."""
    return _known(request, "404.html", 404)


def server_error(request):
    """500: without a request in the template, so that it renders when the database is away."""
    return _plain("500.html", 500)


def _known(request, template, status, context=()):
    """An error page that knows the reader, or the plain one if the database is away."""
    try:
        return render(request, template, {"is_error": True, **dict(context)}, status=status)
    except DatabaseError:
        return _plain(template, status)


def _plain(template, status):
    context = {"is_error": True, "coordinator": front_desk()}
    return HttpResponse(loader.render_to_string(template, context), status=status)


@cache_control(max_age=86_400, public=True)
def robots(request):
    """What robots may read: what everybody may read, once."""
    closed = ["/accounts/", "/en/accounts/", f"/{settings.ADMIN_PATH}", "/*?*sort=", "/dev/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@cache_control(max_age=86_400, public=True)
def security(request):
    """Where to tell us of a weakness (RFC 9116). Expires half a year from now."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: mailto:{settings.FRONT_DESK['email']}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class ToldPages(Sitemap):
    """Home and the pages in which we say who we are, in both languages."""

    i18n = alternates = x_default = True

    def items(self):
        return ["home", *TOLD]

    def location(self, item):
        return reverse(item)


def sitemap(request):
    """Every public address: ours, and the Sitemap classes that each app names as ``sitemaps``."""
    maps = {"told": ToldPages}
    for found in gather("sitemaps"):
        maps |= found()
    return sitemap_of(request, sitemaps=maps)
