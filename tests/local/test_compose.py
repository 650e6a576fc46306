"""The production files hold together, and nobody runs production with a secret of ours."""

import json
import os
import re
import subprocess
import sys

import jsonschema
import pytest
import yaml

from factory.environment import INSECURE
from factory.local.places import ROOT

HERE = ROOT / "tests/local"
VARIABLE = re.compile(r"\$\{(\w+)")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_compose_file_holds_to_the_compose_schema(compose):
    schema = json.loads((HERE / "compose_spec.json").read_text())
    jsonschema.Draft7Validator(schema).validate(compose)


def test_the_schema_refuses_a_misspelt_key(compose):
    schema = json.loads((HERE / "compose_spec.json").read_text())
    broken = compose | {"services": {"web": {"imagee": "x"}}}
    assert not jsonschema.Draft7Validator(schema).is_valid(broken)


def test_every_part_is_there(compose):
    parts = {"proxy", "web", "worker", "beat", "database", "broker"}
    assert parts <= set(compose["services"])
    assert compose["services"]["database"]["image"].startswith("pgvector/pgvector:")
    assert "--appendonly yes" in " ".join(compose["services"]["broker"]["command"])


def test_only_the_proxy_is_reachable_from_outside(compose):
    assert [name for name, part in compose["services"].items() if "ports" in part] == ["proxy"]


def test_only_what_migrates_or_keeps_knows_the_owners_password(compose):
    owners = [
        name
        for name, part in compose["services"].items()
        if "DATABASE_OWNER_URL" in part.get("environment", {})
    ]
    assert owners == ["prepare", "keeper"]


def test_the_example_names_every_setting_of_the_compose_file():
    asked = set(VARIABLE.findall((ROOT / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.M))
    assert asked == named


def test_every_setting_is_read_by_somebody(compose):
    code = "".join(
        (ROOT / "factory" / name).read_text() for name in ("settings.py", "environment.py")
    )
    given = compose["services"]["web"]["environment"]
    assert [name for name in given if f'"{name}"' not in code] == []


LEFT_OUT = {
    "AS_DATABASE_OWNER": "only for what migrates or keeps",
    "CSRF_TRUSTED_ORIGINS": "the site itself, which is what it is without",
    "DATABASE_OWNER_URL": "only for what migrates or keeps",
    "DEBUG": "never in production",
    "DEV_MAIL_DIR": "the demo's mail catcher",
    "MEDIA_ROOT": "a volume is mounted there",
    "NO_SSL_REDIRECT": "for trying out without a certificate; here the proxy has one",
    "PORT": "the demo's; here the proxy has the ports",
}
READ = re.compile(r"""(?:environ\.get|flag|listed)\(\s*["'](\w+)["']""")


def test_every_setting_that_is_read_can_be_given_or_is_left_out_for_a_reason(compose):
    read = set()
    for name in ("settings.py", "environment.py"):
        read |= set(READ.findall((ROOT / "factory" / name).read_text()))
    given = set(compose["services"]["web"]["environment"])
    assert len(read) > 25
    assert read - given == set(LEFT_OUT)


@pytest.mark.parametrize("key", [None, INSECURE, "change-me" * 9, "short"])
def test_production_refuses_to_start_with_a_secret_that_is_not_its_own(key):
    environment = os.environ | {"FACTORY_MODE": "production", "ALLOWED_HOSTS": "example.org"}
    environment.pop("SECRET_KEY", None)
    environment |= {"SECRET_KEY": key} if key else {}
    started = subprocess.run(
        [sys.executable, "-c", "import factory.settings"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert started.returncode == 1
    assert "Set SECRET_KEY to a random text" in started.stderr
