"""How the platform writes its log: JSON lines in production, plain text elsewhere."""

import re

import structlog

# Addresses that act for somebody by themselves: whoever reads the log may not use them.
SIGNED = re.compile(r"(/(?:a|unsubscribe|reset/key|confirm-email|challenges/guests)/)[^/\s\"?]+")


def configure(level, *, as_json):
    """Set structlog up; returns Django's LOGGING."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,  # so that a traceback is masked too
            _masked,
            _written(as_json),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["out"], "level": level},
    }


def _written(as_json):
    if as_json:
        return structlog.processors.JSONRenderer()
    plain = structlog.dev.plain_traceback
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)


# PostgreSQL repeats the row that it refuses, with every word in it.
ROW = re.compile(r"DETAIL: .*?(?=\n[A-Z]+: |\n\n|\Z)", re.S)


def _masked(logger, name, event):
    """The same line without what is signed in an address."""
    return {key: mask(said) if isinstance(said, str) else said for key, said in event.items()}


def mask(text):
    """``/a/…/`` instead of an address that acts for somebody, and nothing of a row that was refused."""
    return ROW.sub("DETAIL: …", SIGNED.sub(r"\1…", text))
