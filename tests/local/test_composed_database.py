"""The database of docker-compose.yml: its words to initdb make a cluster, and deploy/database.sh fills it."""

import re
import shlex

import psycopg2
import pytest
import yaml

from factory.local.places import ROOT
from factory.local.postgres import EXTENSIONS, Postgres, answer

PART = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["database"]
SCRIPT = (ROOT / "deploy/database.sh").read_text()


class Composed(Postgres):
    """A cluster made and filled as the compose file says."""

    def _make_cluster(self):
        words = shlex.split(PART["environment"]["POSTGRES_INITDB_ARGS"])
        program = [*self.wrap, self.bin / "initdb", "-D", self.data, "-U", "postgres", "--no-sync"]
        answer([*program, *words])

    def _provide(self):
        """What psql does with the script: its variables as quoted texts, \\connect as another database."""
        name = "postgres"
        for line in SCRIPT.partition("<<'SQL'\n")[2].partition("\nSQL")[0].splitlines():
            if line.startswith("\\connect"):
                name = line.split()[1]
            else:
                self.ask(re.sub(r":'(\w+)'", r"'secret of \1'", line), name=name)


@pytest.fixture(scope="module")
def composed(tmp_path_factory):
    cluster = Composed(tmp_path_factory.mktemp("composed"), durable=False).start()
    yield cluster
    cluster.destroy()


def test_its_texts_are_utf8_and_sort_alike_everywhere(composed):
    words = "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale FROM pg_database"
    found = composed.ask(f"{words} WHERE datname = 'factory'")
    assert found == [("UTF8", "b", "C.UTF-8")]


def test_the_factorys_database_has_every_extension(composed):
    found = {name for (name,) in composed.ask("SELECT extname FROM pg_extension", name="factory")}
    assert set(EXTENSIONS) <= found


def test_the_application_cannot_make_tables(composed):
    composed.ask("CREATE TABLE a ()", name="factory", role="factory_owner")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        composed.ask("CREATE TABLE b ()", name="factory", role="factory_app")
