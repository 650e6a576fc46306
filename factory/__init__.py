"""The floor: settings, moves, journal, notices, knowledge and the web's common parts."""

from factory.celery import app as celery_app

__all__ = ["celery_app"]
