from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "factory.knowledge"
    label = "knowledge"
