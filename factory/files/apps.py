from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "factory.files"
    label = "files"
