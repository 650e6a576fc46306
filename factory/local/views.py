"""The demo's own pages: every caught mail, and every demo account with its code of this moment."""

from functools import wraps

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from factory.contributions import gather
from factory.local import inbox

LOOPBACK = {"127.0.0.1", "::1"}
# What a proxy or a tunnel on this machine adds: then the reader may sit anywhere.
PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_VIA")
# A mail brings its own inline styles; it may run and fetch nothing.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


def demo_only(view):
    """404 outside the demo and for anybody on another machine."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if settings.MODE != "demo" or not is_of_this_machine(request.META):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def is_of_this_machine(said):
    """Whether the reader sits here, with no proxy between."""
    return said.get("REMOTE_ADDR") in LOOPBACK and not any(name in said for name in PASSED_ON)


@demo_only
def accounts(request):
    """Who can sign in here, with the password and the code of this half minute."""
    known = [account for found in gather("demo_accounts") for account in found()]
    people = get_user_model().objects.in_bulk([a["email"] for a in known], field_name="email")
    rows = [
        {**account, "code": inbox.current_code(people[account["email"]])}
        for account in known
        if account["email"] in people
    ]
    return render(request, "local/account_list.html", {"accounts": rows})


@demo_only
def mail_list(request):
    """All caught mail, newest first; `?q=` finds by address."""
    wanted = request.GET.get("q", "").strip().lower()
    found = [inbox.read(settings.DEV_MAIL_DIR, name) for name in inbox.names(settings.DEV_MAIL_DIR)]
    found = [mail for mail in found if mail and wanted in mail.to.lower()]
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "local/mail_list.html", {"page_obj": page, "wanted": wanted})


@demo_only
def mail_detail(request, name):
    return render(request, "local/mail_detail.html", {"mail": kept(name)})


@demo_only
def mail_page(request, name):
    """The HTML part as a mail program would show it."""
    headers = {"Content-Security-Policy": MAIL_POLICY}
    return HttpResponse(kept(name).body("html"), headers=headers)


@demo_only
def mail_source(request, name):
    """The mail as it went over the wire."""
    return HttpResponse(kept(name).message.as_bytes(), content_type="text/plain; charset=utf-8")


def kept(name):
    """The mail by that name, or 404."""
    if (mail := inbox.read(settings.DEV_MAIL_DIR, name)) is None:
        raise Http404
    return mail
