"""What happened. One row a move, append-only, chained per thing, sealed every minute."""

import hashlib
import json
import re

import pgtrigger
from django.conf import settings
from django.db import connection, models

from factory import clock

CODE = re.compile(r"^[\w.:+@-]{0,60}$")
LAST = """SELECT clock_timestamp(), number, hash FROM (SELECT 1) one LEFT JOIN LATERAL
    (SELECT number, hash FROM journal_event WHERE thing_type = %s AND thing_id = %s
     ORDER BY number DESC LIMIT 1) last ON true"""


class TransactionId(models.Func):
    """The database's number of this transaction."""

    function = "txid_current"
    output_field = models.BigIntegerField()


class EventQuerySet(models.QuerySet):
    """The journal in the domain's words."""

    def about(self, thing):
        return self.filter(thing_type=thing.label(), thing_id=thing.pk).order_by("number")

    def with_token(self, by, token):
        return self.filter(actor=by, token=token.value).first()

    def record(self, thing, verb, *, actor, origin="", to="", details=None, **how):
        """Write one event about ``thing``, whose row the caller holds locked."""
        with connection.cursor() as cursor:
            cursor.execute(LAST, [thing.label(), thing.pk])
            now, number, previous = cursor.fetchone()
        event = self.model(
            at=clock.now() if clock.replaying() else now,
            actor=actor,
            verb=verb,
            thing_type=thing.label(),
            thing_id=thing.pk,
            number=(number or 0) + 1,
            previous_hash=previous or "",
            from_state=origin,
            to_state=to,
            details=only_codes(details or {}),
            replayed=clock.replaying(),
            **how,
        )
        event.hash = event.computed_hash()
        event.save(force_insert=True)
        return event

    def record_births(self, born, *, verb, actor, channel):
        """Write the first event of each of many new things at once: ``[(thing, details)]``."""
        at = clock.now()
        events = [
            self.model(
                at=at,
                actor=actor,
                verb=verb,
                thing_type=thing.label(),
                thing_id=thing.pk,
                number=1,
                to_state=thing.state,
                details=only_codes(details or {}),
                channel=channel,
                replayed=clock.replaying(),
            )
            for thing, details in born
        ]
        for event in events:
            event.hash = event.computed_hash()
        return self.bulk_create(events, batch_size=500)


class Event(models.Model):
    """One thing that happened: who, on whose behalf, what, to what, from where to where, when."""

    class Channel(models.TextChoices):
        WEB = "web"
        ADMIN = "admin"
        MAIL = "mail"
        CLOCK = "clock"
        COMMAND = "command"

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    verb = models.CharField(max_length=60)
    thing_type = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    details = models.JSONField(default=dict, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    token = models.CharField(max_length=64, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)
    replayed = models.BooleanField(default=False)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    xact = models.BigIntegerField(db_default=TransactionId(), editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thing_type", "thing_id", "number"], name="event_number_once_a_thing"
            ),
            models.UniqueConstraint(
                fields=["actor", "token"],
                condition=~models.Q(token=""),
                name="event_token_once_a_person",
            ),
        ]
        indexes = [models.Index(fields=["verb", "at"], name="event_verb_at")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.verb} {self.thing_type}:{self.thing_id}"

    @property
    def name(self):
        """The move's name, such as ``approve``."""
        return self.verb.rpartition(".")[2]

    @property
    def whose(self):
        """Whose deed it was: of the person it was made for, else of who made it."""
        return self.on_behalf_of or self.actor

    def computed_hash(self):
        """SHA-256 over what the row says and the hash before it."""
        said = [
            self.previous_hash,
            self.at.timestamp(),
            self.actor_id,
            self.on_behalf_of_id,
            self.verb,
            self.thing_type,
            self.thing_id,
            self.number,
            self.from_state,
            self.to_state,
            self.details,
            self.channel,
            self.token,
            self.token_digest,
            self.replayed,
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def only_codes(details):
    """The details, checked to hold ids, amounts and codes: never words that somebody typed."""
    for value in _leaves(details):
        if isinstance(value, str) and not CODE.match(value):
            raise ValueError("The journal holds codes, not words.")
    return details


def _leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


class Seal(models.Model):
    """A closed minute of the journal: one hash over all events in it and the seal before."""

    at = models.DateTimeField(auto_now_add=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    events = models.ManyToManyField(Event, through="Sealed", related_name="+")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"seal {self.pk}"


class Sealed(models.Model):
    """Which seal holds an event."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="sealed")
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="entries")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"event {self.event_id} in seal {self.seal_id}"
