"""The floor as an app of its own."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from factory import lookups  # noqa: F401 - registers them


class FactoryConfig(AppConfig):
    """Finds every app's lifecycle once all models are loaded."""

    name = "factory"
    verbose_name = "Factory"
    search_sections = "factory.told.search_sections"

    def ready(self):
        autodiscover_modules("lifecycle")
