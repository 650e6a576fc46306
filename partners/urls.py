"""The site map of the registry."""

from django.urls import path

from partners.views.credential import Claim, CredentialMove, credential
from partners.views.directory import directory
from partners.views.invitation import TakeUp
from partners.views.organisation import Apply, OrganisationMove, organisation
from partners.views.papers import profile_pdf
from partners.views.searches import change_search, save_search, searches

app_name = "partners"
urlpatterns = [
    path("", directory, name="list"),
    path("apply/", Apply.as_view(), name="apply"),
    path("proof/<int:pk>/", credential, name="credential"),
    path("proof/<int:thing>/<slug:move>/", CredentialMove.as_view(), name="credential_move"),
    path("searches/", searches, name="searches"),
    path("searches/save/", save_search, name="save_search"),
    path("searches/<int:pk>/", change_search, name="change_search"),
    path("<slug:slug>/add-proof/", Claim.as_view(), name="claim_proof"),
    path("<slug:slug>.pdf", profile_pdf, name="profile_pdf"),
    path("invitation/<str:key>/", TakeUp.as_view(), name="invitation"),
    path("<slug:slug>/", organisation, name="organisation"),
    path("<slug:thing>/<slug:move>/", OrganisationMove.as_view(), name="move"),
]
