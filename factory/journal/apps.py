from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "factory.journal"
    label = "journal"
