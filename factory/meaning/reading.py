"""Reading texts: a few at a time, by a worker, into :class:`Reading` rows. Whatever stops it, it goes on from there.

An app says what can be read (``readable`` in its ``apps.py``: a list of :class:`Readable`), and may hear what was
(``was_read``: ``(thing, keys)``), also of what says the same and changed otherwise.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

import structlog
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from factory import clock
from factory.contributions import gather
from factory.meaning.embedders import ANYTHING, chosen, loaded, put_aside, vectors, what_broke
from factory.meaning.language import language_of
from factory.meaning.letters import telling
from factory.meaning.models import ReaderModel, Reading

log = structlog.get_logger()
AT_ONCE = 8
ONE_SWEEP = 5_011  # the key of the lock that one sweep holds
LONGEST = 1500  # characters that are read; what matters stands at the beginning
BY_LETTERS = "letters"  # the name of what is kept where no model reads


@dataclass(frozen=True)
class Readable:
    """A kind of text: its rows that may be found or ask, and what one of them says."""

    thing: str
    rows: Callable  # gives the queryset of what is to be read now; its model has ``read_at``
    text: Callable  # gives the text of a row
    asks: bool = False


def readables():
    """Everything that can be read, by its name."""
    return {one.thing: one for part in gather("readable") for one in part()}


def waiting(readable):
    """Rows whose text was not read since it changed."""
    return readable.rows().filter(read_at=None).order_by("pk")


def unread(readable, name):
    """Rows that the model of this name never read."""
    theirs = Reading.objects.filter(model=name, thing=readable.thing, key=OuterRef("pk"))
    return readable.rows().filter(~Exists(theirs)).order_by("pk")


def reader():
    """The model that reads here, ready for work, or None; what is missing is noted for ``/readyz``."""
    kind, trouble = chosen()
    model = loaded(kind) if kind else None
    if kind and model is None:
        trouble = what_broke(kind)
    _note(name_of(model), trouble)
    return model


def name_of(model):
    """What readings by this model, or by none, are kept under."""
    return model.name if model else BY_LETTERS


def _note(name, trouble):
    seen = {"trouble": trouble[:200], "seen_at": clock.now()}
    ReaderModel.objects.update_or_create(name=name, defaults=seen)


@transaction.atomic
def switch(name):
    """What this model read is asked for from now on; the sweep looks whether it read everything."""
    ReaderModel.objects.filter(in_use=True).update(in_use=False)
    ReaderModel.objects.filter(name=name).update(in_use=True, behind=True)


class Broken(Exception):
    """The model reads nothing at all now."""


def read(readable, rows, model):
    """Keep what these rows say; returns how many were read. A text that changes meanwhile waits again.

    Where the model breaks only the letters of a text are kept, that is noted, and the model in use reads it later.
    """
    try:
        return _read(readable, rows, model)
    except Broken as broken:
        put_aside(type(model), broken.__cause__)
        _note(BY_LETTERS, what_broke(type(model)))
        return _read(readable, rows, None)


def _read(readable, rows, model):
    texts = {row.pk: cut(readable.text(row)) for row in rows}
    name = name_of(model)
    prints = {pk: fingerprint(name, text) for pk, text in texts.items()}
    kept = Reading.objects.filter(model=name, thing=readable.thing, key__in=prints)
    known = dict(kept.values_list("key", "fingerprint"))
    new = [row for row in rows if known.get(row.pk) != prints[row.pk]]
    for start in range(0, len(new), AT_ONCE):
        _keep(readable, new[start : start + AT_ONCE], texts, prints, model)
    _for_the_one_in_use(readable, texts, name)
    _mark(readable, prints, name)
    for hear in gather("was_read"):
        hear(readable.thing, list(texts))
    return len(new)


def _keep(readable, rows, texts, prints, model):
    found = _vectors(model, {row.pk: texts[row.pk] for row in rows}, readable.asks)
    made = [
        Reading(
            model=name_of(model),
            thing=readable.thing,
            key=row.pk,
            language=language_of(texts[row.pk], row.language),
            words=telling(texts[row.pk]),
            vector=found.get(row.pk),
            fingerprint=prints[row.pk],
            chance=chance(readable.thing, row.pk),
            read_at=clock.now(),
        )
        for row in rows
    ]
    Reading.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["model", "thing", "key"],
        update_fields=["language", "words", "vector", "fingerprint", "read_at"],
    )


def _vectors(model, texts, asks):
    """The vector of each text that says anything, by its key; none where no model reads."""
    said = {key: text for key, text in texts.items() if letters_in(text)}
    if not (model and said):
        return {}
    try:
        return dict(zip(said, vectors(model, list(said.values()), asks), strict=True))
    except Exception as error:
        if _reads(model, ANYTHING, asks) is None:
            raise Broken from error
    alone = {key: _reads(model, text, asks) for key, text in said.items()}
    return {key: rows[0] for key, rows in alone.items() if rows is not None}


def _reads(model, text, asks):
    """The row of one text, or None where the model cannot read it."""
    try:
        return vectors(model, [text], asks)
    except Exception as error:
        log.warning("meaning.text_not_read", model=model.name, error=repr(error))
        return None


def letters_in(text):
    """Whether there is anything to read."""
    return any(map(str.isalpha, text))


def _for_the_one_in_use(readable, texts, name):
    """The first model that read is in use, another only after :func:`switch`.

    Of what another read, nothing is kept by the one in use that the text no longer says; it catches up.
    """
    in_use = ReaderModel.objects.filter(in_use=True).first()
    if in_use is None and _has_read(name):
        switch(name)
    if in_use is None or in_use.name == name:
        return
    kept = Reading.objects.filter(model=in_use.name, thing=readable.thing, key__in=texts)
    known = dict(kept.values_list("key", "fingerprint"))
    prints = {key: fingerprint(in_use.name, text) for key, text in texts.items()}
    if missed := [key for key, mark in prints.items() if known.get(key) != mark]:
        kept.filter(key__in=missed).delete()
        ReaderModel.objects.filter(name=in_use.name).update(behind=True)


def _has_read(name):
    """Whether a model of this name ever read a text; of an empty one nobody can tell."""
    return name == BY_LETTERS or Reading.objects.filter(model=name, vector__isnull=False).exists()


@transaction.atomic
def _mark(readable, prints, name):
    rows = readable.rows().filter(pk__in=prints)
    rows = rows.select_for_update(no_key=True, of=("self",), skip_locked=True).order_by("pk")
    same = [row.pk for row in rows if fingerprint(name, cut(readable.text(row))) == prints[row.pk]]
    rows.model.objects.filter(pk__in=same).update(read_at=clock.now())


def cut(text):
    """As much of a text as is read."""
    return text.replace("\x00", " ").strip()[:LONGEST]


def fingerprint(name, text):
    """The same for the same text and model."""
    return blake2b(f"{name}\n{text}".encode(), digest_size=16).hexdigest()


def chance(thing, key):
    """A number that has nothing to do with what the text says."""
    return zlib.crc32(f"{thing} {key}".encode()) - 2**31


def read_waiting(most):
    """Read up to so many of the texts that wait, of every kind; returns how many were looked at.

    One worker at a time; the lock goes with its connection.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_SWEEP])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return _read_waiting(most)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_SWEEP])


def _read_waiting(most):
    kind, trouble = chosen()
    if trouble and kind is None:
        _note(BY_LETTERS, trouble)  # also while there is nothing to read
    done = _read_these(waiting, reader, most)
    return done + _catch_up(most - done)


def _read_these(which, by, most):
    """Up to so many of ``which(readable)`` of every kind; ``by()`` gives the model, if there are any."""
    done = 0
    for readable in readables().values():
        rows = list(which(readable)[: most - done])
        if rows:
            read(readable, rows, by())
            done += len(rows)
    return done


def _catch_up(most):
    """Let the model in use read what another read in its stead.

    Mere letters are nobody's choice where a model is named: that takes over once it has read everything.
    """
    in_use = ReaderModel.objects.filter(in_use=True).first()
    stands_in = in_use is not None and in_use.name == BY_LETTERS and chosen()[0] is not None
    if in_use is None or most <= 0 or not (in_use.behind or stands_in):
        return 0
    name = name_of(reader())
    if name != in_use.name and (not stands_in or name == BY_LETTERS):
        return 0
    ReaderModel.objects.filter(name=in_use.name).update(
        behind=False
    )  # whoever misses one says so again
    done = _read_these(lambda readable: unread(readable, name), reader, most)
    if done == most:
        ReaderModel.objects.filter(name=in_use.name).update(behind=True)
    elif name != in_use.name and not any(
        unread(one, name).exists() for one in readables().values()
    ):
        switch(name)
    return done


def read_one(thing, key):
    """Read this text now, if it waits."""
    readable = readables()[thing]
    rows = list(waiting(readable).filter(pk=key))
    return read(readable, rows, reader()) if rows else 0
