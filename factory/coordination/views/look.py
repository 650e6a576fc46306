"""Starting and stopping to see the site as a member."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from factory.coordination.lifecycle import moves_of_looks
from factory.coordination.looking import KEY, look_of, stop_looking
from factory.coordination.models import Look
from factory.journal.models import Event
from factory.moves import may_stand_in, way_in


def start_view(site):
    """The page in the admin that asks, and the press that starts; only shortly after proving who one is."""

    @never_cache
    @reauthentication_required
    def start(request, person):
        somebody = get_object_or_404(get_user_model(), pk=person)
        if not may_stand_in(request.user, somebody):
            raise PermissionDenied(_("Nobody looks as this person."))
        if request.method != "POST":
            context = {**site.each_context(request), "title": _("See the site as this member")}
            context |= {"person": somebody}
            return TemplateResponse(request, "admin/coordination/look.html", context)
        look = Look()
        with way_in(Event.Channel.ADMIN):
            moves_of_looks["look"](look, by=request.user, person=somebody)
        request.session[KEY] = look.pk
        return redirect("desk")

    return start


@never_cache
@require_POST
def stop(request):
    """Back to one's own pages."""
    look = look_of(request)
    if look is None:
        return redirect("home")
    with way_in(Event.Channel.WEB):
        moves_of_looks["stop"](look, by=request.user)
    return stop_looking(request)
