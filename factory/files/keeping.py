"""Puts a checked file away, within the room that its holder has; and sweeps up what nobody refers to."""

import uuid
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from factory import clock
from factory.files.models import StoredFile, path_of
from factory.files.refusals import WORDS
from factory.moves import Missing

A_WHILE = timedelta(hours=1)  # longer than any form is on its way


def keep(checked, *, by, holder):
    """A StoredFile of it, in the move's transaction; ``attach`` it to what it belongs to.

    The holder's row is locked by the move or the number may be one too many; that harms nobody.
    """
    if lacks_room(holder, len(checked.content)):
        raise Missing([WORDS["full"]])
    kept = StoredFile(
        key=uuid.uuid4(),
        name=checked.name,
        content_type=checked.kind.content_type,
        size=len(checked.content),
        sha256=checked.sha256,
        width=checked.width,
        height=checked.height,
        put_by=by,
        put_at=clock.now(),
        holder_type=holder._meta.label_lower,
        holder_id=holder.pk,
    )
    default_storage.save(kept.path, ContentFile(checked.content))
    kept.save()
    return kept


def lacks_room(holder, size):
    """Whether one more file of this size is too much for the holder."""
    number, held = StoredFile.objects.held_by(holder).taken()
    return (
        number >= settings.UPLOAD_MOST_FILES_TOGETHER
        or held + size > settings.UPLOAD_MOST_BYTES_TOGETHER
    )


def sweep():
    """Remove what a move that failed left behind: rows of nothing, and files without a row."""
    before = datetime.now(UTC) - A_WHILE
    loose = list(StoredFile.objects.loose(before))
    with transaction.atomic():
        for file in loose:
            file.discard()
    return len(loose) + sum(map(_removed, _forgotten(before)))


def _forgotten(before):
    """Paths of old files that no row knows."""
    for folder in _listed("files")[0]:
        names = _listed(f"files/{folder}")[1]
        known = set(_keys(names))
        for name in names:
            path = f"files/{folder}/{name}"
            if name not in known and default_storage.get_modified_time(path) < before:
                yield path


def _keys(names):
    """Of these names those that a row has."""
    found = StoredFile.objects.filter(key__in=[name for name in names if _is_key(name)])
    return (key.hex for key in found.values_list("key", flat=True))


def _is_key(name):
    try:
        return path_of(uuid.UUID(name)).endswith(name)
    except ValueError:
        return False


def _listed(path):
    return default_storage.listdir(path) if default_storage.exists(path) else ([], [])


def _removed(path):
    default_storage.delete(path)
    return 1
