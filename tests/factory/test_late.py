"""The web process carries no numpy, until somebody asks for a sheet or texts are compared."""

import os
import subprocess
import sys

LOADED = """
import sys, factory.wsgi
from django.urls import get_resolver
assert get_resolver().url_patterns
print("numpy" in sys.modules, "market.views.board" in sys.modules)
"""


def test_the_web_starts_without_numpy():
    command = [sys.executable, "-W", "ignore", "-c", LOADED]
    found = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "True"]
