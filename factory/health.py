"""Is it alive, and can it do its work?"""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAway

from factory.celery import app as celery
from factory.meaning.models import ReaderModel
from factory.meaning.reading import BY_LETTERS
from factory.models import Heartbeat
from factory.notices.models import Notice

QUIET = timedelta(seconds=60)
FINE = {"ok", "partly", "off"}


def live(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request):
    """200 with what works; ``degraded`` while mail waits; 503 without the database or its tables."""
    try:
        parts = {"migrations": _migrated(), "worker": _worker(), "notices": _oldest_notice()}
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "away"}, status=503)
    if parts["migrations"] != "ok":
        return JsonResponse({"status": "down", **parts}, status=503)
    parts |= {"broker": _broker(), "meaning": _meaning()}
    fine = all(value in FINE for value in parts.values())
    return JsonResponse({"status": "ready" if fine else "degraded", "database": "ok", **parts})


def _migrated():
    executor = MigrationExecutor(connection)
    return "waiting" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"


def _worker():
    beat = Heartbeat.objects.filter(name="worker").first()
    return "ok" if beat and timezone.now() - beat.at < QUIET else "silent"


def _oldest_notice():
    late = timezone.now() - QUIET
    return "late" if Notice.objects.mail().waiting().filter(next_at__lt=late).exists() else "ok"


def _broker():
    try:
        with celery.connection_for_write() as broker:
            broker.ensure_connection(max_retries=0, timeout=1)
    except (BrokerAway, OSError):
        return "away"
    return "ok"


def _meaning():
    """``away``: no model reads, so texts are compared by their letters; ``partly``: a part of it is missing."""
    if not settings.EMBEDDER:
        return "off"
    last = ReaderModel.objects.order_by("-seen_at").first()
    if last is None or not last.trouble:
        return "ok"
    return "away" if last.name == BY_LETTERS else "partly"
