"""The site map of the challenges."""

from django.urls import path

from challenges import views

app_name = "challenges"
urlpatterns = [path("", views.coming, name="list")]
