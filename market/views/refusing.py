"""Not for us, because …: one press at a suggestion, and one that takes it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from market.lifecycle.refusing import refuse, take_refusal_back, turn_away
from market.models import Listing, Match
from market.models.refusal import OFFERED
from partners.whose import organisation_of


@never_cache
@login_required
def not_for_us(request):
    """``because=slug:reason``, or ``undo=slug``; for the organisation one is most for.

    ``because=@match:reason`` is about who was suggested for one's own need without an offer.
    """
    if request.method != "POST":
        return redirect("market:board")
    slug, _colon, reason = request.POST.get("because", "").partition(":")
    if slug.startswith("@"):
        return _turned_away(request, slug[1:], reason)
    organisation = organisation_of(request.user)
    listing = _seen(request, slug or request.POST.get("undo", ""), organisation)
    if organisation.pk not in request.user.decides_for():
        raise PermissionDenied(_("Owners and editors say what is not for their organisation."))
    words = {"title": listing.title, "name": organisation.name}
    if slug and reason not in OFFERED:
        messages.error(request, _("Choose a reason."))
    elif slug:
        refuse(listing, organisation, by=request.user, reason=reason)
        messages.success(request, _("“%(title)s” is not suggested to %(name)s any more.") % words)
    else:
        take_refusal_back(listing, organisation)
        messages.success(request, _("“%(title)s” may be suggested to %(name)s again.") % words)
    return redirect(_back(request))


def _turned_away(request, pk, reason):
    """One's own need is not looked at by this organisation any more."""
    waiting = Match.objects.visible_to(request.user).filter(state=Match.State.SUGGESTED)
    pk = pk if pk.isdecimal() and len(pk) < 19 else None
    match = get_object_or_404(waiting.select_related("organisation", "need"), pk=pk)
    if match.buyer_id not in request.user.decides_for():
        raise PermissionDenied(_("Owners and editors say what is not for their organisation."))
    if reason in OFFERED:
        turn_away(match, on_behalf_of=request.user, reason=reason)
        words = {"title": match.need.title, "name": match.organisation.name}
        messages.success(request, _("%(name)s is not suggested for “%(title)s” any more.") % words)
    else:
        messages.error(request, _("Choose a reason."))
    return redirect(_back(request))


def _seen(request, slug, organisation):
    """The listing of somebody else that one may see; else 404."""
    seen = Listing.objects.visible_to(request.user)
    listing = seen.filter(slug=slug).first()
    if listing is None or organisation is None or listing.organisation_id == organisation.pk:
        raise Http404
    return listing


def _back(request):
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if ours else "market:board"
