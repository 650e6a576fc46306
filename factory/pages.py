"""The map of the pages that belong to no app: home, and what we say about ourselves."""

from django.urls import path

from factory import views
from factory.desk import desk
from factory.impact import impact
from factory.search import search
from factory.signing_in import sign_in
from factory.taking_back import TakeBackView

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", desk, name="desk"),
    path("sign-in/", sign_in, name="sign_in"),
    path("search/", search, name="search"),
    path("take-back/<int:event>/", TakeBackView.as_view(), name="take_back"),
    path("impact/", impact, name="impact"),
    *(path(f"{page}/", views.told, {"page": page}, name=page) for page in views.TOLD),
]
