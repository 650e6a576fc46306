"""A clock that a test moves: for PostgreSQL, its triggers and the application alike.

Nothing of the application is told. In the schema ``moved`` stand functions with the names of PostgreSQL's own clock; a
connection that looks there first lives as many seconds later as its setting ``walk.ahead`` says.
"""

from contextlib import closing, contextmanager

from django.db import connection

FUNCTIONS = """
CREATE SCHEMA moved;
GRANT USAGE ON SCHEMA moved TO PUBLIC;
CREATE FUNCTION moved.ahead() RETURNS interval LANGUAGE sql STABLE AS
    $$ SELECT make_interval(secs => COALESCE(NULLIF(current_setting('walk.ahead', true), ''), '0')::float) $$;
CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
    $$ SELECT pg_catalog.clock_timestamp() + moved.ahead() $$;
CREATE FUNCTION moved.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT pg_catalog.statement_timestamp() + moved.ahead() $$;
"""


@contextmanager
def moving_clock(postgres):
    """Inside the block this connection's clock can be moved by :func:`set_ahead`."""
    name = connection.settings_dict["NAME"]
    with closing(postgres.connect(name)) as owner, owner.cursor() as cursor:
        cursor.execute(FUNCTIONS)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET search_path = moved, pg_catalog, public")
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET search_path TO DEFAULT")
        with closing(postgres.connect(name)) as owner, owner.cursor() as cursor:
            cursor.execute("DROP SCHEMA moved CASCADE")


def set_ahead(seconds):
    """From now on it is so many seconds later than it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('walk.ahead', %s, false)", [str(seconds)])
