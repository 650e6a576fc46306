"""Not for us, because …: one press at a challenge on my desk, and one that takes it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from challenges.lifecycle.calling import refuse, take_refusal_back
from challenges.models import Challenge, NotForThem
from partners.whose import organisation_of


@never_cache
@login_required
def not_for_us(request):
    """``because=slug:reason``, or ``undo=slug``; for the organisation one is most for."""
    if request.method != "POST":
        return redirect("desk")
    slug, _colon, reason = request.POST.get("because", "").partition(":")
    organisation = organisation_of(request.user)
    challenge = _open_call(slug or request.POST.get("undo", ""), organisation)
    if organisation.pk not in request.user.decides_for():
        raise PermissionDenied(_("Owners and editors say what is not for their organisation."))
    words = {"title": challenge.title, "name": organisation.name}
    if slug and reason not in NotForThem.Reason:
        messages.error(request, _("Choose a reason."))
    elif slug:
        refuse(challenge, organisation, by=request.user, reason=reason)
        messages.success(request, _("“%(title)s” is not suggested to %(name)s any more.") % words)
    else:
        take_refusal_back(challenge, organisation)
        messages.success(request, _("“%(title)s” may be suggested to %(name)s again.") % words)
    return redirect(_back(request))


def _open_call(slug, organisation):
    """The open challenge of somebody else; else 404."""
    challenge = Challenge.objects.open().filter(slug=slug).first()
    if challenge is None or organisation is None or challenge.organisation_id == organisation.pk:
        raise Http404
    return challenge


def _back(request):
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if ours else "desk"
