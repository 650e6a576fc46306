"""The demo's own pages show codes to sign in with: to who sits at this machine alone."""

import pytest

from factory.local.views import is_of_this_machine

HERE = {"REMOTE_ADDR": "127.0.0.1"}


def test_the_demos_pages_are_for_this_machine():
    assert is_of_this_machine(HERE)
    assert not is_of_this_machine({"REMOTE_ADDR": "10.0.0.7"})


@pytest.mark.parametrize("said", ["X_FORWARDED_FOR", "X_FORWARDED_HOST", "FORWARDED", "VIA"])
def test_who_comes_through_a_proxy_on_this_machine_sees_none(said):
    assert not is_of_this_machine(HERE | {f"HTTP_{said}": "127.0.0.1"})
