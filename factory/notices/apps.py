from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "factory.notices"
    label = "notices"
