"""What the environment says, read once and checked at the start."""

import os

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

INSECURE = "insecure-demo-key-never-for-production"


def flag(name, default=False):
    """A yes or no: 1, true, yes or on means yes."""
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def listed(name, default=""):
    """A comma-separated list, without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret(mode):
    """The secret key. Production refuses to start without one of its own."""
    key = os.environ.get("SECRET_KEY", INSECURE)
    if mode == "production" and (key == INSECURE or len(key) < 50 or "change-me" in key):
        raise ImproperlyConfigured("Set SECRET_KEY to a random text of at least 50 characters.")
    return key


def database(url, options=""):
    """Django's settings for a postgres:// URL; ``options`` go to the server with each connection."""
    settings = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    settings.setdefault("OPTIONS", {})["options"] = options
    return settings
