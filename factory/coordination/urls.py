"""The map of what coordinators do for others, as those others see it."""

from django.urls import path

from factory.coordination.views.look import stop
from factory.coordination.views.lost_factor import LostFactorMove, lost, lost_factor
from factory.coordination.views.noted import NotedMove, noted

urlpatterns = [
    path("desk/looking/stop/", stop, name="look_stop"),
    path("accounts/lost-second-step/", lost, name="lost_factor_ask"),
    path("desk/lost-second-step/<int:pk>/", lost_factor, name="lost_factor"),
    path(
        "desk/lost-second-step/<int:thing>/<str:move>/",
        LostFactorMove.as_view(),
        name="lost_factor_move",
    ),
    path("desk/noted/<int:pk>/", noted, name="on_behalf"),
    path("desk/noted/<int:thing>/<str:move>/", NotedMove.as_view(), name="on_behalf_move"),
]
