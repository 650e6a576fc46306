"""The hint to the workers that mail is due."""

import structlog
from celery import current_app

log = structlog.get_logger()


def hint():
    """Wake a worker. Never raises and hardly waits: the sweep finds whatever a lost hint was about."""
    try:
        current_app.send_task("factory.notices.tasks.deliver", retry=False, expires=60)
    except Exception as error:
        log.warning("mail.hint_lost", error=type(error).__name__)
