"""The coordinators' admin: Django's own, behind a second factor."""

from functools import update_wrapper

from allauth.account.decorators import reauthentication_required
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factory.contributions import gather
from factory.coordination import tables
from factory.coordination.calls import call_list, counted
from factory.coordination.views.look import start_view
from factory.second_factor import used_second_factor, way_to_second_factor

# Who is who, and taking data out of the house: only shortly after proving who one is.
SENSITIVE = (
    "partners_person_add",
    "partners_person_change",
    "partners_person_delete",
    "partners_person_merge",
)


class FactoryAdminSite(admin.AdminSite):
    """Staff reach it only with a session that was opened with a second factor."""

    site_title = site_header = _("Coordination")
    index_title = _("What waits for you")
    index_template = "admin/desk.html"
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        """The coordinators' first page: whom to call, the longest waiting first, from every app."""
        everywhere = "all" in request.GET
        queues = call_list(request.user, everywhere)
        context = {
            "queues": [queue for queue in queues if queue.rows],
            "quiet": [queue for queue in queues if not queue.rows],
            "calls": counted(queue for queue in queues if queue.calls),
            "everywhere": everywhere,
            "today": timezone.localdate(),  # to be read; nothing is judged by it
            "acts": self.acts(),
        }
        return super().index(request, {**context, **(extra_context or {})})

    def acts(self):
        """What can be done from the first page: what the apps name, and the figures."""
        acts = [act for acts in gather("coordinator_acts") for act in acts()]
        return [*acts, {"words": _("How it goes"), "url": reverse("admin:figures")}]

    def get_urls(self):
        """With seeing the site as a member, and the figures."""
        return [
            path("look/<int:person>/", self.admin_view(start_view(self)), name="look_as"),
            path("figures/", self.admin_view(self.figures), name="figures"),
            path(
                "figures/<slug:key>.<slug:kind>", self.admin_view(self.sheet), name="figures_export"
            ),
            *super().get_urls(),
        ]

    def figures(self, request):
        """How the work goes: what every app counts for coordinators."""
        context = {
            **self.each_context(request),
            "title": _("How it goes"),
            "everywhere": "all" in request.GET,
            "blocks": [tables.shown(block) for block in tables.counted(request)],
        }
        return TemplateResponse(request, "admin/coordination/figures.html", context)

    def sheet(self, request, key, kind):
        """All rows of one of its tables."""
        return tables.sheet(request, key, kind)

    def has_permission(self, request):
        return super().has_permission(request) and used_second_factor(request)

    def admin_view(self, view, cacheable=False):
        """As Django's; sensitive pages ask again after ``ACCOUNT_REAUTHENTICATION_TIMEOUT``."""
        ordinary = super().admin_view(view, cacheable)
        careful = reauthentication_required(ordinary)

        def guarded(request, *args, **kwargs):
            if not self.has_permission(request):
                return turned_away(request, request.get_full_path())
            ask = is_sensitive(request.resolver_match.url_name)
            return (careful if ask else ordinary)(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def login(self, request, extra_context=None):
        """Signing in happens at one place, for everybody."""
        if self.has_permission(request):
            return redirect("admin:index")
        return turned_away(request, request.GET.get("next") or reverse("admin:index"))

    def password_change(self, request, extra_context=None):
        """One page for it, for everybody."""
        return redirect("account_change_password")


def turned_away(request, back):
    """Where somebody goes who may not come in: to sign in, to the second factor, or nowhere."""
    if not request.user.is_authenticated:
        return redirect_to_login(back, resolve_url("account_login"))
    if request.user.is_staff and request.user.is_active:
        return way_to_second_factor(request)
    raise PermissionDenied(gettext("Only coordinators of the Factory come here."))


def is_sensitive(name):
    """Whether this page of the admin asks to prove again who one is."""
    return bool(name) and (name in SENSITIVE or name.endswith("_export"))
