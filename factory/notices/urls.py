"""The site map of what people are told, and of their answers from the mail."""

from django.urls import path

from factory.notices.views.answer import AnswerView
from factory.notices.views.inbox import inbox, opened
from factory.notices.views.preferences import preferences, unsubscribe

urlpatterns = [
    path("desk/inbox/", inbox, name="inbox"),
    path("desk/inbox/<int:pk>/", opened, name="inbox_open"),
    path("desk/mail/", preferences, name="preferences"),
    path("a/<str:signed>/", AnswerView.as_view(), name="answer"),
    path("unsubscribe/<str:signed>/", unsubscribe, name="unsubscribe"),
]
