"""What each app adds to the pages that belong to all: named as dotted strings in its ``apps.py``."""

from django.apps import apps
from django.utils.module_loading import import_string


def gather(name):
    """The functions that the installed apps name under ``name``, in the order of the apps."""
    configs = apps.get_app_configs()
    return [import_string(getattr(c, name)) for c in configs if getattr(c, name, None)]
