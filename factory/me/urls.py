"""A person's own pages, at /desk/me/."""

from django.urls import path

from factory.me import views

urlpatterns = [
    path("", views.me, name="me"),
    path("terms/", views.agree, name="agree"),
    path("data/", views.export, name="me_export"),
    path("close/", views.close, name="me_close"),
]
