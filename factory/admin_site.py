"""The coordinators' admin: Django's own, behind a second factor."""

from allauth.account.authentication import get_authentication_records
from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class FactoryAdminSite(admin.AdminSite):
    """Staff reach it only with a session that was opened with a second factor."""

    site_title = site_header = _("Coordination")
    index_title = _("What waits for you")
    enable_nav_sidebar = False

    def has_permission(self, request):
        return super().has_permission(request) and used_second_factor(request)

    def login(self, request, extra_context=None):
        if request.user.is_authenticated and request.user.is_staff:
            return redirect("mfa_index")
        return redirect(f"/accounts/login/?next={request.get_full_path()}")


def used_second_factor(request):
    """Whether this session was opened with a code or a passkey."""
    return any(r.get("method") == "mfa" for r in get_authentication_records(request))
