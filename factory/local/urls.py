"""The demo's own pages, under /dev/; never there in production."""

from django.urls import path

from factory.local import views

urlpatterns = [
    path("", views.accounts, name="dev"),
    path("mail/", views.mail_list, name="dev_mail"),
    path("mail/<str:name>/", views.mail_detail, name="dev_mail_detail"),
    path("mail/<str:name>/page/", views.mail_page, name="dev_mail_page"),
    path("mail/<str:name>/source/", views.mail_source, name="dev_mail_source"),
]
