"""What the environment says, read once and checked at the start."""

import os
from urllib.parse import parse_qs, unquote, urlsplit

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


def database(url):
    """Django's settings for a postgres:// URL; the host may be a socket folder in ?host=."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgres://")
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port") or ""),
    }
