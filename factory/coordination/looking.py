"""Seeing the site as a member: the session says as whom, a look in the journal says that it was so.

Strictly to read: only GET and HEAD, inside a transaction that PostgreSQL holds read-only; never the pages of
somebody's account, the links in their mails or the admin. Who is signed in stays the coordinator.
"""

from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import loader
from django.template.backends.utils import csrf_input

from factory import clock
from factory.coordination.models import Look
from factory.second_factor import used_second_factor

KEY = "looks_as"
OWN = {"look_stop", "account_logout", "healthz", "readyz"}  # these stay the coordinator's own
READS = {"GET", "HEAD"}
CLOSED = {"answer", "unsubscribe", "agree", "preferences", "inbox_open"}
CLOSED_BEGINNINGS = ("account_", "mfa_", "me", "dev", "set_")
READ_ONLY = "25006"


class LookingMiddleware:
    """After the gate: for whoever looks as somebody, the page is that somebody's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        look = look_of(request)
        match = request.resolver_match
        if look is None or match.url_name in OWN:
            return None
        if request.method not in READS or is_closed(match):
            return closed(request, look)
        request.looking = look
        request.user = look.person
        request.user.is_looked_as = True  # what is sealed stays so: querysets ask for this
        return only_read(request, view, args, kwargs)


def look_of(request):
    """The look that is under way in this session, or None; one that is over is forgotten."""
    if KEY not in request.session:
        return None
    by = request.user
    found = Look.objects.under_way().select_related("person", "by").filter(pk=request.session[KEY])
    look = found.filter(by=by.pk, until__gt=clock.now(), person__is_staff=False).first()
    if (
        look
        and look.person.is_active
        and by.is_active
        and by.is_staff
        and used_second_factor(request)
    ):
        return look
    del request.session[KEY]
    return None


def is_closed(match):
    """Whether this page is not to be seen as somebody else."""
    name = match.url_name or ""
    admin = "admin" in match.namespaces
    return admin or name in CLOSED or name.startswith(CLOSED_BEGINNINGS)


def only_read(request, view, args, kwargs):
    """The answer of a view, made while PostgreSQL refuses every change."""
    try:
        with transaction.atomic():
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        response["Cache-Control"] = "no-store"
        return response
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", "") == READ_ONLY:
            return closed(request, request.looking)
        raise


def closed(request, look):
    """403: this is only to look at; with the way to stop."""
    context = {"look": look, "csrf": csrf_input(request)}
    words = loader.render_to_string("coordination/look_closed.html", context)
    return HttpResponse(words, status=403)


def stop_looking(request):
    """Forget it in the session."""
    request.session.pop(KEY, None)
    return redirect("admin:index")
