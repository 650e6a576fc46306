"""What stands round every page: headers on every answer, and bad input refused before any code sees it."""

import re

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.middleware.gzip import GZipMiddleware

NUL = "\x00"
# Control characters, and those that turn the direction of the text around them. New lines and tabs stay.
UNSEEN = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class HeadersMiddleware:
    """Outermost: redirects, errors, refused hosts and static files carry these headers, too."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", strict_transport())
        return response


def strict_transport():
    """For how long a browser must come back by https only."""
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] * settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
    return "; ".join([*parts, *["preload"] * settings.SECURE_HSTS_PRELOAD])


class PackMiddleware(GZipMiddleware):
    """Packs answers that get smaller by it; a file that somebody sent is packed already."""

    def process_response(self, request, response):
        match = request.resolver_match
        if match and match.view_name == "file":
            return response
        return super().process_response(request, response)


class BadInputMiddleware:
    """NUL, which PostgreSQL cannot hold, is refused with 400; other unseen characters are left out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        refuse([request.path, *request.COOKIES.values(), *pairs(request.GET)])
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in {"GET", "HEAD"}:
            refuse(said(request))
            if any(UNSEEN.search(text) for text in pairs(request.POST)):
                request.POST = without_unseen(request.POST)


def said(request):
    """Every text of a request's body: fields, names of files, and JSON as it stands."""
    yield from pairs(request.POST)
    for _field, file in request.FILES.items():
        yield file.name
    if request.content_type == "application/json":
        yield request.body.decode(errors="replace").replace("\\u0000", NUL)


def pairs(data):
    """All keys and values of a QueryDict."""
    for key, values in data.lists():
        yield key
        yield from values


def refuse(texts):
    """400 if any text holds NUL."""
    if any(NUL in text for text in texts):
        raise BadRequest("NUL character")


def without_unseen(data):
    """The same fields without characters that cannot be seen."""
    clean = QueryDict(mutable=True)
    for key, values in data.lists():
        clean.setlist(key, [UNSEEN.sub("", value) for value in values])
    clean._mutable = False
    return clean
