"""Gunicorn's log of requests, without what is signed in an address."""

from gunicorn.glogging import Logger

from factory.logs import mask


class AccessLog(Logger):
    """As gunicorn's own; given to it as ``--logger-class``."""

    def atoms(self, *said):
        """The parts of a line, masked: the request, the path, and the page somebody came from."""
        found = super().atoms(*said)
        return {key: mask(part) if isinstance(part, str) else part for key, part in found.items()}
