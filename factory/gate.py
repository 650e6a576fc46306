"""Before any page: staff, and who lost a second factor, show one; and everybody has agreed with today's terms."""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from factory.second_factor import must_show_a_factor, used_second_factor, way_to_second_factor

# What anybody may always open: what is public, who we are, the account pages, and links from mails.
OPEN = {
    "home",
    "about",
    "costs",
    "how-we-count",
    "contact",
    "accessibility",
    "privacy",
    "terms",
    "colophon",
    "healthz",
    "readyz",
    "robots",
    "sitemap",
    "security",
    "answer",
    "unsubscribe",
    "agree",
}
OPEN_BEGINNINGS = ("account_", "mfa_", "dev")


class GateMiddleware:
    """Staff without a second factor in this session reach no page that shows or does anything."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.url_name or ""
        if name in OPEN or name.startswith(OPEN_BEGINNINGS) or not request.user.is_authenticated:
            return None
        if must_show_a_factor(request.user) and not used_second_factor(request):
            return way_to_second_factor(request)
        if request.user.terms_version != settings.TERMS_VERSION:
            return redirect(f"{reverse('agree')}?{urlencode({'next': back_to(request)})}")
        return None


def back_to(request):
    """The page somebody was on the way to; after a form that is the desk."""
    return request.get_full_path() if request.method == "GET" else reverse("desk")
