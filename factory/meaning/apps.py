from django.apps import AppConfig


class MeaningConfig(AppConfig):
    name = "factory.meaning"
    label = "meaning"
