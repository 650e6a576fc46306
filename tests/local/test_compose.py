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
