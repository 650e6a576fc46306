"""The site, and beside it the bare page that everything is compared with."""

from django.contrib.auth import get_user_model
from django.shortcuts import render
from django.urls import path

from factory import urls


def bare(request):
    """One indexed query, 20 rows in a template, the same middleware."""
    return render(
        request, "bench/bare.html", {"rows": get_user_model().objects.order_by("pk")[:20]}
    )


urlpatterns = [path("bare/", bare, name="bare"), *urls.urlpatterns]
