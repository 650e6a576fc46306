"""The site map of the registry."""

from django.urls import path

from partners.views.directory import directory
from partners.views.organisation import Apply, OrganisationMove, organisation

app_name = "partners"
urlpatterns = [
    path("", directory, name="list"),
    path("apply/", Apply.as_view(), name="apply"),
    path("<slug:slug>/", organisation, name="organisation"),
    path("<slug:thing>/<slug:move>/", OrganisationMove.as_view(), name="move"),
]
