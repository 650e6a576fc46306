"""The import contracts speak of every package there is."""

import tomllib

from factory.local.places import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def test_every_package_at_the_top_stands_in_the_contracts():
    packages = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert packages == set(CONTRACTS["root_packages"])


def test_no_folder_of_code_hides_beside_the_packages():
    others = {path.parent.name for path in ROOT.glob("*/*.py")} - set(CONTRACTS["root_packages"])
    assert others == {"tests", "tools"}
