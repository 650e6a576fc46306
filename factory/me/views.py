"""A person's own pages: details, terms, everything held, and the way out."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from factory.me.closing import close_account, stops
from factory.me.data import everything_about
from factory.me.forms import AgreeForm, CloseForm, PersonForm
from factory.moves import Missing


@never_cache
@login_required
def me(request):
    """Name, phone and language; links to everything else about the account."""
    person = saved(request)  # the page's head shows what is saved
    form = PersonForm(posted(request), instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your details are saved."))
        return redirect("me")
    return render(request, "me/person_form.html", {"form": form}, status=status_of(form))


def saved(request):
    """Who is signed in, as the database has it."""
    return get_user_model().objects.get(pk=request.user.pk)


@never_cache
@login_required
def agree(request):
    """The terms of today, accepted by version."""
    form = AgreeForm(posted(request))
    back = back_from(request)
    if request.method == "POST" and form.is_valid():
        request.user.terms_version = settings.TERMS_VERSION
        request.user.terms_accepted_at = timezone.now()
        request.user.save(update_fields=["terms_version", "terms_accepted_at"])
        return redirect(back)
    context = {"form": form, "next": back}
    return render(request, "me/person_agree.html", context, status=status_of(form))


def back_from(request):
    """Where somebody was going, if that is a page of ours."""
    back = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if ours else reverse("desk")


@never_cache
@require_POST
@login_required
@reauthentication_required
def export(request):
    """Everything held of this person, as one JSON file."""
    response = JsonResponse(everything_about(saved(request)), json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="social-impact-factory.json"'
    return response


@never_cache
@login_required
@reauthentication_required
def close(request):
    """Close one's own account, when nothing waits for it."""
    form = CloseForm(posted(request))
    waiting = stops(saved(request))
    if request.method == "POST" and form.is_valid() and not waiting:
        try:
            close_account(saved(request))
        except Missing as missing:  # a colleague closed theirs at the same moment
            waiting = missing.reasons
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect("home")
    context = {"form": form, "stops": waiting}
    return render(request, "me/person_close.html", context, status=status_of(form))


def posted(request):
    """What was sent; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def status_of(form):
    """422 for a form that came back with errors."""
    return 422 if form.is_bound and form.errors else 200
