"""What each app adds to the pages that belong to all: named as dotted strings in its ``apps.py``."""

from django.apps import apps
from django.utils.module_loading import import_string


def gather(name):
    """What the installed apps name under ``name``, one or several each, in the order of the apps."""
    named = [getattr(config, name, None) or () for config in apps.get_app_configs()]
    paths = [path for some in named for path in ([some] if isinstance(some, str) else some)]
    return [import_string(path) for path in paths]
