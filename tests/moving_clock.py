"""A clock that a test moves: for PostgreSQL, its triggers and the application alike.

Nothing of the application is told. In the schema ``moved`` stand functions with the names of PostgreSQL's own clock; a
connection that looks there first lives as many seconds later as the row in ``moved.hands`` says.
"""

from contextlib import closing, contextmanager

from django.db import connection

SEARCH = "search_path = moved, pg_catalog, public"
FUNCTIONS = """
CREATE SCHEMA moved;
GRANT USAGE ON SCHEMA moved TO PUBLIC;
CREATE TABLE moved.hands (seconds float NOT NULL);
INSERT INTO moved.hands VALUES (0);
GRANT SELECT, UPDATE ON moved.hands TO PUBLIC;
CREATE FUNCTION moved.ahead() RETURNS interval LANGUAGE sql VOLATILE AS
    $$ SELECT make_interval(secs => seconds) FROM moved.hands $$;
CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
    $$ SELECT pg_catalog.clock_timestamp() + moved.ahead() $$;
CREATE FUNCTION moved.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT pg_catalog.statement_timestamp() + make_interval(secs => seconds) FROM moved.hands $$;
"""


@contextmanager
def moving_clock(postgres, *, for_all=False):
    """Inside the block this connection's clock can be moved by :func:`set_ahead`.

    ``for_all``: the clock of every connection made in the block too, such as those of a live server. The functions
    stay when the block ends, found by nobody: to drop them would wait for the test's own open transaction.
    """
    name = connection.settings_dict["NAME"]
    with closing(postgres.connect(name)) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('moved') IS NULL")
        if cursor.fetchone()[0]:
            cursor.execute(FUNCTIONS)
        if for_all:
            cursor.execute(f'ALTER DATABASE "{name}" SET {SEARCH}')
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET {SEARCH}")
        set_ahead(0)
        yield
    finally:
        set_ahead(0)
        with connection.cursor() as cursor:
            cursor.execute("SET search_path TO DEFAULT")
        if for_all:
            with closing(postgres.connect(name)) as owner, owner.cursor() as cursor:
                cursor.execute(f'ALTER DATABASE "{name}" RESET search_path')


def set_ahead(seconds):
    """From now on it is so many seconds later than it is."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE moved.hands SET seconds = %s", [seconds])
