"""How often somebody may post. Counted by django-allauth's rules in the database's cache, so without Redis.

Sign-in, sign-up, reset and codes have django-allauth's own rates (``ACCOUNT_RATE_LIMITS``).
"""

import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.db import connection, transaction
from django.shortcuts import render

RETRY_AFTER = 60  # seconds, where no rate says it
# "<number>/<period>/<per>": per user or per ip. Staff approve sets of matches in one go.
RATES = {
    "staff": "600/5m/user",
    "person": "120/5m/user,600/h/user",
    "visitor": "60/5m/ip",
    "market:post": "30/h/user",
    "market:drafts": "500/h/user",
    "partners:apply": "30/h/user",
    "challenges:new": "30/h/user",
    "me_export": "10/h/user",
}


# Seconds that these answers take at least, so that the time does not tell whether an address is known.
PACE = {
    "account_login": 0.6,
    "account_request_login_code": 0.3,
    "account_reset_password": 0.3,
    "account_signup": 0.9,
}
# Refused before any address was looked up. Holding these back would let who sends many keep all threads busy.
REFUSED = {403, 429}


class PaceMiddleware:
    """Holds an answer back until its time has come; what it took to make stays hidden."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.monotonic()
        response = self.get_response(request)
        match = request.resolver_match
        came_in = match and match.view_name == "account_login" and response.status_code == 302
        told_nothing = came_in or response.status_code in REFUSED
        if request.method == "POST" and match and match.view_name in PACE and not told_nothing:
            time.sleep(max(0, began + PACE[match.view_name] - time.monotonic()))
        return response


class LimitsMiddleware:
    """Every POST outside the account pages counts; too many give 429 with Retry-After."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST":
            return None
        name = request.resolver_match.view_name or ""
        if name == "unsubscribe" or name.startswith(("account_", "mfa_")):
            return None
        return next(
            filter(None, (limited(request, rate) for rate in rates_for(request, name))), None
        )


def rates_for(request, name):
    """The names of the rates that count for this request."""
    if not request.user.is_authenticated:
        return ["visitor"]
    who = "staff" if request.user.is_staff else "person"
    return [who, name] if name in RATES else [who]


def limited(request, name):
    """Count this request under ``name``; the 429 page if it is one too many, else None."""
    rates = ratelimit.parse_rates(RATES[name])
    with transaction.atomic():
        counts = [counted(request, name, rate) for rate in rates]
        if all(allowed for _key, allowed, _history in counts):
            for rate, (key, _allowed, history) in zip(rates, counts, strict=True):
                cache.set(key, history, rate.duration)
            return None
    return too_many_requests(request, retry_after=int(min(rate.duration for rate in rates)))


def counted(request, name, rate):
    """``(key, whether one more is allowed, the times it happened)``, locked until the transaction ends.

    PostgreSQL's lock waits its turn. The limiter's own gives up when twenty come at once, and then
    refuses somebody who is far below the limit.
    """
    key = ratelimit.get_cache_key(request, app="factory", action=name, rate=rate)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    allowed, history = ratelimit.apply_rate(cache.get(key, []), time.time(), rate)
    return key, allowed, history


def too_many_requests(request, exception=None, retry_after=RETRY_AFTER):
    """429: what was typed is not lost with Back, and when to try again is said."""
    response = render(request, "429.html", {"is_error": True}, status=429)
    response["Retry-After"] = str(retry_after)
    return response
