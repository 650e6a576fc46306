"""Where files are."""

from django.urls import path

from factory.files.views import serve

urlpatterns = [path("<uuid:key>/", serve, name="file")]
