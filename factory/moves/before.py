"""What a coordinator's move changed, kept for as long as it can be taken back: its own and what followed it."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from factory import clock
from factory.models import Undoable

_watching = ContextVar("watching", default=None)
made = ContextVar("made", default=None)  # a list, where somebody wants to know what was just made


def can_be_undone(move, thing, by, on_behalf_of):
    """Whether this is a coordinator's own move that can be taken back; what is noted for somebody is their deed."""
    if move.touches is None or not by.is_staff or on_behalf_of:
        return False
    return settings.TAKE_BACK_SECONDS > 0 and not clock.replaying()


def is_watched():
    """Whether what happens now is part of a move that can be taken back: its mail waits."""
    return _watching.get() is not None


@contextmanager
def watched(move, thing, by, on_behalf_of=None):
    """Keep what the move changes. Yields a :class:`Watch`, or None if this cannot be taken back."""
    outer = _watching.get()
    if outer is None and not can_be_undone(move, thing, by, on_behalf_of):
        yield None
        return
    watch, found = Watch(move, thing), [] if outer is None else outer
    mark = _watching.set(found)
    try:
        yield watch
        found.append(watch)
        if outer is None:
            _keep(found, root=watch)
    finally:
        _watching.reset(mark)


def _keep(found, root):
    if made.get() is not None:
        made.get().append(root.event)
    Undoable.objects.bulk_create(
        Undoable(event=watch.event, root=root.event, rows=watch.changes()) for watch in found
    )


def itself(thing):
    """For a move that changes no rows but the thing's own."""
    return ()


class Watch:
    """The rows of one move, as they were. ``event`` is set once the move is in the journal."""

    event = None

    def __init__(self, move, thing):
        self.thing = thing
        self.rows = move.touches or itself
        self.before = self._now() if thing.pk else {}

    def _now(self):
        own = self.thing._meta.model._base_manager.filter(pk=self.thing.pk)
        return rows_of([own, *self.rows(self.thing)])

    def changes(self):
        """``[[model, key, before, after]]``: of what stays the columns that differ, of what came or went all."""
        after, own = self._now(), (self.thing.label(), self.thing.pk)
        after |= read_again([key for key in self.before if key not in after])
        changed = [_difference(key, self.before.get(key), after.get(key), own) for key in
                   dict.fromkeys([*self.before, *after])]  # fmt: skip
        return [change for change in changed if change]


def _difference(key, before, after, own):
    if before == after or (key == own and not before):
        return None
    if before and after:
        names = [name for name in before if before[name] != after[name]]
        names = [name for name in names if key != own or name != "state"]
        before = {name: before[name] for name in names}
        after = {name: after[name] for name in names}
    return [*key, before, after] if before or after else None


def rows_of(querysets):
    """``{(model, key): row}``, each row as the database writes it as JSON."""
    found = {}
    for rows in querysets:
        label, table = rows.model._meta.label_lower, rows.model._meta.db_table
        whole_row = f"to_jsonb({connection.ops.quote_name(table)})"
        row = RawSQL(whole_row, [], JSONField())  # noqa: S611 - our own names
        pairs = rows.order_by("pk").annotate(as_json=row).values_list("pk", "as_json")
        found |= {(label, pk): whole for pk, whole in pairs}
    return found


def read_again(keys):
    """What these rows are now, by ``(model, key)``; what is gone is left out."""
    pks = {}
    for label, pk in keys:
        pks.setdefault(label, []).append(pk)
    return rows_of(
        [apps.get_model(label)._base_manager.filter(pk__in=some) for label, some in pks.items()]
    )


def stands_as_left(rows):
    """Whether all these rows are still as the move left them."""
    now = read_again((label, pk) for label, pk, _before, _after in rows)
    return all(_is_as_left(now.get((label, pk)), after) for label, pk, _before, after in rows)


def _is_as_left(row, after):
    if not (row and after):
        return not (row or after)
    return all(row[name] == value for name, value in after.items())


def bring_back(thing, rows):
    """Bring back the columns of the thing, which the caller saves, and the other rows."""
    own = (thing.label(), thing.pk)
    for label, pk, before, after in reversed(rows):
        if (label, pk) == own:
            _set(thing, before)
        else:
            _bring_back(apps.get_model(label), pk, before, after)


def _set(thing, before):
    for field in thing._meta.concrete_fields:
        if field.column in before:
            value = before[field.column]
            setattr(thing, field.attname, value if value is None else field.to_python(value))


def _bring_back(model, pk, before, after):
    if before is None:
        made = model._base_manager.get(pk=pk)
        made.let_go() if hasattr(made, "let_go") else made.delete()  # a file lies on a disk, too
        return
    quote, table = connection.ops.quote_name, connection.ops.quote_name(model._meta.db_table)
    made = {field.column for field in model._meta.concrete_fields if field.generated}
    names = ", ".join(quote(name) for name in before if name not in made)
    row = f"SELECT {names} FROM jsonb_populate_record(NULL::{table}, %s)"  # noqa: S608 - our own names
    values = [JSONField().get_db_prep_value(before, connection)]
    sql = f"INSERT INTO {table} ({names}) {row}"
    if after is not None:
        sql = f"UPDATE {table} SET ({names}) = ({row}) WHERE {quote(model._meta.pk.column)} = %s"  # noqa: S608
        values.append(pk)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
