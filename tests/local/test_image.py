"""What the Dockerfile copies is enough to run every part of docker-compose.yml, and it writes nowhere else.

There is no container engine here: the files, the commands, the settings and the health check are the
image's own; only the name of the database, of the broker and of the port are put in their place.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml

from factory.local.mail import listening
from factory.local.places import ROOT
from factory.local.process import Children, wait_until
from tests.plugin_services import WORKER

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("up")]

GIVEN = {
    "DOMAIN": "markt.example",
    "SECRET_KEY": "a text of more than fifty characters, made for one test alone",
    "EMAIL_HOST": "127.0.0.1",
    "FRONT_DESK_PHONE": "+31 30 555 01 00",
}
SETTING = re.compile(r"\$\{(\w+)(?::[?-]([^{}]*(?:\$\{\w+\})?))?\}")


def steps(word):
    """The lines of the image's last stage that begin with ``word``, without it."""
    last = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").rpartition("\nFROM ")[2]
    return [line.removeprefix(word).strip() for line in last.splitlines() if line.startswith(word)]


def filled(value):
    """A value of the compose file with what .env would give."""
    while SETTING.search(value):
        value = SETTING.sub(lambda found: GIVEN.get(found[1], found[2] or ""), value)
    return value


class Image:
    """The files of the image in a folder, and its commands run there with the compose file's settings."""

    def __init__(self, folder, postgres, name):
        self.folder, self.children = Path(folder), Children()
        with listening() as free:
            self.port = free.getsockname()[1]
        self.parts = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
        number = 15 - len(WORKER) % 2
        broker = os.environ["REDIS_URL"].rpartition("/")[0] + f"/{number}"
        self.place = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "PYTHONDONTWRITEBYTECODE": "1",
            "DATABASE_URL": postgres.url("factory_app", name),
            "DATABASE_OWNER_URL": postgres.url("factory_owner", name),
            "REDIS_URL": broker,
        }

    def build(self):
        """COPY and RUN, but for the user and the packages."""
        for line in steps("COPY"):
            *sources, aim = line.split()
            if not sources[0].startswith("--from"):
                for source in sources:
                    self._copy(ROOT / source, self.folder / aim)
        for line in steps("RUN"):
            words = line.partition("&& chown")[0]
            if "manage.py" in words:
                self._do(
                    ["sh", "-ec", words], {"PATH": self.place["PATH"], "FACTORY_MODE": "production"}
                )

    def _copy(self, source, aim):
        if source.is_dir():
            shutil.copytree(source, aim, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(source, aim)

    def settings(self, part):
        """What the compose file gives this part, where its things are here."""
        given = {k: filled(v) for k, v in self.parts[part]["environment"].items()}
        ours = {k: v for k, v in self.place.items() if k in given or not k.endswith("_URL")}
        return given | ours

    def run(self, part, *command):
        """One command of this part, to its end."""
        return self._do(command or self.parts[part]["command"], self.settings(part))

    def _do(self, command, env):
        done = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, part, command):
        with (self.folder.parent / f"{part}.log").open("w") as log:
            env = self.settings(part)
            self.children.start(part, command, cwd=self.folder, env=env, stdout=log, stderr=log)

    def says(self, part):
        return (self.folder.parent / f"{part}.log").read_text()

    def files(self):
        """Everything there but the volume of uploads."""
        found = {path.relative_to(self.folder) for path in self.folder.rglob("*")}
        return {path for path in found if not path.is_relative_to("var/media")}

    def get(self, path, scheme="https"):
        """A page as the proxy asks for it."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        asked.add_header("Host", GIVEN["DOMAIN"])
        asked.add_header("X-Forwarded-Proto", scheme)
        asked.add_header("X-Forwarded-For", "192.0.2.7")
        return urllib.request.build_opener(Stay).open(asked, timeout=20)


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_how):
        return None


@pytest.fixture(scope="module")
def image(postgres, tmp_path_factory):
    name = f"image_{WORKER}"
    postgres.ask(f"CREATE DATABASE {name} OWNER factory_owner TEMPLATE factory")
    made = Image(tmp_path_factory.mktemp("image") / "app", postgres, name)
    made.folder.mkdir()
    made.build()
    made.built = made.files()
    made.run("prepare")
    bind = f"127.0.0.1:{made.port}"
    web = [bind if word == "0.0.0.0:8000" else word for word in json.loads(steps("CMD")[-1])]
    made.start("web", web)
    made.start("worker", made.parts["worker"]["command"])
    made.start("beat", made.parts["beat"]["command"])
    yield made
    made.children.stop()
    postgres.ask(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def healthy(image):
    """By the image's own health check."""
    (line,) = steps("HEALTHCHECK")
    check = [
        word.replace(":8000", f":{image.port}") for word in json.loads(line.partition("CMD")[2])
    ]

    def answers():
        return not subprocess.run(
            check, cwd=image.folder, env=image.place, capture_output=True
        ).returncode

    assert wait_until(answers, seconds=60, pause=0.5), image.says("web")
    return image


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/partners/", "/market/", "/challenges/", "/impact/"]
)
def test_the_pages_come_through_the_proxy(healthy, path):
    with healthy.get(path) as page:
        assert page.status == 200
        assert "max-age=63072000" in page.headers["Strict-Transport-Security"]


def test_without_tls_one_is_sent_to_it(healthy):
    with pytest.raises(urllib.error.HTTPError) as sent:
        healthy.get("/", scheme="http")
    assert sent.value.code == 301
    assert sent.value.headers["Location"] == f"https://{GIVEN['DOMAIN']}/"


def test_styles_come_packed_and_for_good(healthy):
    page = healthy.get("/").read().decode()
    path = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)[1]
    with healthy.get(path) as sheet:
        assert sheet.status == 200
        assert "immutable" in sheet.headers["Cache-Control"]


def test_worker_and_beat_are_there(healthy):
    def ready():
        try:
            return healthy.get("/readyz").status == 200
        except urllib.error.HTTPError:
            return False

    assert wait_until(ready, seconds=90, pause=1), healthy.says("worker") + healthy.says("beat")
    assert healthy.children.ended() == []


def test_the_first_administrator_gets_a_way_in(healthy):
    said = healthy.run("web", "python", "manage.py", "create_first_admin", "ada@markt.example")
    way_in = re.search(rf"https://{GIVEN['DOMAIN']}(/\S+)", said)[1]
    with pytest.raises(urllib.error.HTTPError) as sent:
        healthy.get(way_in)
    assert sent.value.code == 302  # allauth hides the key of the link from the address


def test_nothing_of_the_demo_is_served(healthy):
    with pytest.raises(urllib.error.HTTPError) as missing:
        healthy.get("/dev/mail/")
    assert missing.value.code == 404


def test_the_running_parts_write_only_where_they_may(healthy):
    assert healthy.files() - healthy.built == set()
