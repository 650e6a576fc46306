"""PostgreSQL and Redis together: the ground the web and the workers stand on."""

import os
import shutil
from pathlib import Path

import psycopg2

from factory.local.broker import Broker
from factory.local.places import socket_folder
from factory.local.postgres import Postgres
from factory.local.trouble import TO_GO_ON, Trouble


class Ground:
    """Starts what the environment does not name; its data live in `folder`."""

    def __init__(self, folder, *, durable=True, environ=None):
        environ = os.environ if environ is None else environ
        self.folder = Path(folder)
        self.named = environ.get("DATABASE_URL")
        self.postgres = None if self.named else Postgres(folder, durable=durable)
        self.broker = None if environ.get("REDIS_URL") else Broker(folder, durable=durable)

    def start(self, **how):
        if self.postgres:
            self.postgres.start(**how)
        else:
            refuse_a_silent_database(self.named)
        if self.broker:
            self.broker.start()
        return self

    def room(self):
        """How many bytes must be free before they start."""
        return self.postgres.room() if self.postgres else TO_GO_ON

    def stop(self):
        for server in (self.broker, self.postgres):
            if server:
                server.stop()
        shutil.rmtree(socket_folder(self.folder), ignore_errors=True)

    def ended(self):
        """The names of servers that stopped by themselves."""
        return [
            name
            for server in (self.postgres, self.broker)
            if server
            for name in server.children.ended()
        ]

    def destroy(self):
        """Stop, and remove what was kept."""
        if self.postgres:
            self.postgres.destroy()
        self.stop()
        shutil.rmtree(self.folder / "redis", ignore_errors=True)

    def environment(self, name="factory", number=0):
        """What settings.py reads, for one database by name and one Redis by number."""
        found = {}
        if self.postgres:
            found["DATABASE_URL"] = self.postgres.url("factory_app", name)
            found["DATABASE_OWNER_URL"] = self.postgres.url("factory_owner", name)
        if self.broker:
            found["REDIS_URL"] = self.broker.url(number)
        return found


def refuse_a_silent_database(url):
    """Trouble where the database of DATABASE_URL cannot be reached; the address holds a password, so not in it."""
    try:
        psycopg2.connect(url, connect_timeout=10).close()
    except psycopg2.OperationalError as error:
        said = (str(error).strip().splitlines() or ["it said nothing"])[0]
        raise Trouble(
            f"The database of DATABASE_URL does not answer ({said}): start it, or correct the address."
        ) from error
    except psycopg2.Error as error:
        raise Trouble("DATABASE_URL is not the address of a PostgreSQL: correct it.") from error
