"""What a person was told, newest first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models.functions import Now
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from factory.notices.lines import lines
from factory.notices.models import Notice
from factory.notices.sight import can_see, thing_of

A_PAGE = 25


@login_required
def inbox(request):
    """A page of lines; POST marks everything as read."""
    told = Notice.objects.inbox(request.user)
    if request.method == "POST":
        told.unread().update(read_at=Now())
        messages.success(request, _("Everything is marked as read."))
        return redirect("inbox")
    told = told.select_related("event__actor", "event__on_behalf_of")
    page = Paginator(told.order_by("-created_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    shown = lines(page.object_list, request.user)
    return render(request, "notices/inbox.html", {"page_obj": page, "lines": shown})


@login_required
def opened(request, pk):
    """Mark one as read and go to what it is about; to the inbox if that may not be seen any more."""
    told = Notice.objects.inbox(request.user)
    notice = get_object_or_404(told.select_related("event"), pk=pk)
    told.unread().filter(pk=pk).update(read_at=Now())
    thing = thing_of(notice.event)
    return redirect(thing.get_absolute_url() if can_see(request.user, thing) else "inbox")
