"""Worlds that tests begin with: made by their moves once a process, and from then on put back as the rows they left.

A world is the outcome of a call such as ``contest("scoring")``. It is kept only where nothing but other worlds was
written before it in the same test, nothing of our code is replaced, the clock is the real one, and language and
settings are the same: so the same calls always lead to the same rows, and a test cannot tell whether it got them from
the moves or from here.
"""

import copy
import functools
import json

from django.conf import UserSettingsHolder, settings
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import get_language

from factory import clock

# The tests' own, in a schema of theirs: rows are read and put back past the triggers, which the application cannot.
FUNCTIONS = """
CREATE SCHEMA tests;
GRANT USAGE ON SCHEMA tests TO PUBLIC;
CREATE FUNCTION tests.written() RETURNS TABLE (place text, line text) LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE one text;
BEGIN
    FOR one IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
        RETURN QUERY EXECUTE format('SELECT %L::text, x::text FROM %s x WHERE x.xmin::text::bigint >= $1', one, one)
            USING pg_current_xact_id()::text::bigint;
    END LOOP;
END $$;
CREATE FUNCTION tests.columns_of(place regclass) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$
    SELECT string_agg(quote_ident(attname), ',' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = place AND attnum > 0 AND NOT attisdropped AND attgenerated = '' $$;
CREATE FUNCTION tests.put_back(statements text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET session_replication_role = replica AS $$ BEGIN EXECUTE statements; END $$;
"""
READS = ("SELECT", "SAVEPOINT", "RELEASE", "SET", "SHOW", "DECLARE", "FETCH", "CLOSE")
TAKES_AWAY = "DELETE FROM {place} t USING unnest(%s::text[]::{place}[]) r WHERE t.id = r.id"
PUTS_BACK = (
    "INSERT INTO {place} ({columns}) OVERRIDING SYSTEM VALUE "
    "SELECT {columns} FROM unnest(%s::text[]::{place}[])"
)


class Shelf:
    """What is kept in this process, and what the test that runs has written so far."""

    def __init__(self):
        self.worlds, self.columns = {}, {}
        self.filled = frozenset()  # the tables that migrations fill
        self.path = None  # the worlds this test consists of; None once it wrote something else

    def begin(self, test):
        """A test begins: nothing is written yet. Another test may have left us another connection."""
        self.test, self.path, self.lines = test, (), frozenset()
        if not self.sees_all():
            connection.execute_wrappers.append(self.notice)

    def sees_all(self):
        return self.notice in connection.execute_wrappers

    def notice(self, execute, sql, params, many, context):
        """Django's own wrapper round every statement: any that writes ends what is alike in all tests."""
        if not sql.lstrip("( \n").startswith(READS):
            self.path = None
        elif "setval(" in sql:
            self.path, self.worlds = None, {}  # numbers that we keep may be given out again
        return execute(sql, params, many, context)

    def get(self, build, args, facts):
        """The outcome of ``build(*args, **facts)``: put back if it is kept, else made and kept if it can be."""
        key = self.key(build, args, facts)
        if key is None:
            return build(*args, **facts)
        if key not in self.worlds:
            return self.make(key, build, args, facts)
        lines, gone, made = self.worlds[key]
        self.put_back(lines, gone)
        self.path, self.lines = key, (self.lines - gone) | lines
        return copy.deepcopy(made)

    def key(self, build, args, facts):
        if self.path is None or not self.sees_all() or not connection.in_atomic_block:
            return None
        if self.is_another_day():
            return None
        if not self.path and not nobody_is_there():
            return None
        try:
            asked = json.dumps([args, facts, overridden()], default=of_a_thing, sort_keys=True)
        except TypeError:
            return None
        said = (
            build.__module__,
            build.__qualname__,
            asked,
            get_language(),
            str(timezone.localdate()),
        )
        return (*self.path, said)

    def is_another_day(self):
        """Whether a test has put something in the place of our code, or moved the clock."""
        patch = self.test.funcargs.get("monkeypatch")
        return clock.replaying() or bool(patch and (patch._setattr or patch._setitem))

    def make(self, key, build, args, facts):
        self.path = None  # worlds inside a world are not kept apart
        made = build(*args, **facts)
        with connection.cursor() as cursor:
            cursor.execute("SELECT place, line FROM tests.written()")
            there = frozenset(cursor.fetchall())
        self.worlds[key] = there - self.lines, self.lines - there, copy.deepcopy(made)
        self.path, self.lines = key, there
        return made

    def put_back(self, lines, gone):
        with connection.cursor() as cursor:
            said = [cursor.mogrify(*one).decode() for one in self.statements(cursor, lines, gone)]
            cursor.execute("SELECT tests.put_back(%s)", [";".join(said)])

    def statements(self, cursor, lines, gone):
        changed = {line for line in lines if line[0] in self.filled}
        for place, rows in by_place(gone | changed):
            if "id" in self.of(cursor, place).split(","):
                yield TAKES_AWAY.format(place=place), [rows]
        for place, rows in by_place(lines):
            yield PUTS_BACK.format(place=place, columns=self.of(cursor, place)), [rows]

    def of(self, cursor, place):
        if place not in self.columns:
            cursor.execute("SELECT tests.columns_of(%s)", [place])
            self.columns[place] = cursor.fetchone()[0]
        return self.columns[place]


def by_place(lines):
    found = {}
    for place, line in sorted(lines):
        found.setdefault(place, []).append(line)
    return found.items()


def overridden():
    """The settings that this test changes."""
    found, holder = {}, settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        mine = {name: value for name, value in vars(holder).items() if name.isupper()}
        found, holder = mine | found, holder.default_settings
    return found


def nobody_is_there():
    """Whether the database is as migrations left it: a module may have a world of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM partners_person")
        return cursor.fetchone()[0] == 1  # the Factory


def of_a_thing(value):
    """A thing from an earlier world is named by its key."""
    if isinstance(value, models.Model) and value.pk:
        return [value._meta.label, value.pk]
    raise TypeError


shelf = Shelf()


def kept(build):
    """For a function that makes a world: it does so, or puts back what it left the last time."""

    @functools.wraps(build)
    def get(*args, **facts):
        return shelf.get(build, args, facts)

    return get
