"""The map of the site: Dutch at /, English under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.cache import cache_page

from factory import health, views

AN_HOUR = 60 * 60

handler400 = "factory.views.bad_request"
handler403 = "factory.views.permission_denied"
handler404 = "factory.views.page_not_found"
handler429 = "factory.limits.too_many_requests"
handler500 = "factory.views.server_error"

urlpatterns = [
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", cache_page(AN_HOUR)(views.sitemap), name="sitemap"),
    path(".well-known/security.txt", views.security, name="security"),
    path("files/", include("factory.files.urls")),
    *i18n_patterns(
        path("", include("factory.pages")),
        path("", include("factory.notices.urls")),
        path("", include("factory.coordination.urls")),
        path("accounts/", include("allauth.urls")),
        path("desk/me/", include("factory.me.urls")),
        path("partners/", include("partners.urls")),
        path("market/", include("market.urls")),
        path("challenges/", include("challenges.urls")),
        path(settings.ADMIN_PATH, admin.site.urls),
        prefix_default_language=False,
    ),
]

if settings.MODE == "demo":
    urlpatterns.append(path("dev/", include("factory.local.urls")))
