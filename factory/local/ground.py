"""PostgreSQL and Redis together: the ground the web and the workers stand on."""

import os
import shutil
from pathlib import Path

from factory.local.broker import Broker
from factory.local.places import socket_folder
from factory.local.postgres import Postgres


class Ground:
    """Starts what the environment does not name; its data live in `folder`."""

    def __init__(self, folder, *, durable=True, environ=None):
        environ = os.environ if environ is None else environ
        self.folder = Path(folder)
        self.postgres = None if environ.get("DATABASE_URL") else Postgres(folder, durable=durable)
        self.broker = None if environ.get("REDIS_URL") else Broker(folder, durable=durable)

    def start(self, **how):
        if self.postgres:
            self.postgres.start(**how)
        if self.broker:
            self.broker.start()
        return self

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
