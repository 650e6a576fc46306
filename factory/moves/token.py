"""What makes a form that is sent twice do its work once."""

import hashlib
from dataclasses import dataclass

from django.db import connection

from factory.journal.models import Event
from factory.moves.errors import Already


@dataclass(frozen=True)
class Token:
    """What a form carries so that sending it twice does it once."""

    value: str
    digest: str

    @classmethod
    def of(cls, value, data):
        """``data``: the posted pairs, without the token itself."""
        said = "\x1f".join(f"{k}\x1e{v}" for k, v in sorted(data) if k != "token")
        return cls(value[:64], hashlib.sha256(said.encode()).hexdigest())


def pairs(posted):
    """``(name, value)`` of everything in a form, each box that was ticked included."""
    return [(name, one) for name, ones in posted.lists() for one in ones]


def once(by, token):
    """One request at a time for a token, and only one ever."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{by.pk}:{token.value}"]
        )
    if event := Event.objects.with_token(by, token):
        raise Already(event, same=event.token_digest == token.digest)
