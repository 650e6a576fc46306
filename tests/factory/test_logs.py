"""The log: what it says, and what it never says."""

import logging
from datetime import timedelta
from types import SimpleNamespace

from gunicorn.config import Config

from factory.access_log import AccessLog
from factory.logs import configure, mask


def test_no_log_holds_an_address_that_acts_for_somebody():
    for path in ("/a/Wz:1x:ab", "/en/unsubscribe/Wz:ab", "/accounts/password/reset/key/3-abc"):
        assert mask(f'"POST {path}/ HTTP/1.1" 302').startswith(
            f'"POST {path.rpartition("/")[0]}/…/ '
        )
    assert mask("/market/lunch/") == "/market/lunch/"


def test_what_django_logs_is_masked_in_both_shapes():
    for as_json in (True, False):
        made = configure("INFO", as_json=as_json)["formatters"]["lines"]
        formatter = made.pop("()")(**made)
        record = logging.LogRecord("django", 30, "", 0, "Gone: %s", ("/a/secret:x/",), None)
        line = formatter.format(record)
        assert "secret" not in line
        assert "Gone" in line


def test_the_log_of_requests_is_masked():
    environ = {"REQUEST_METHOD": "POST", "RAW_URI": "/a/secret:x/", "PATH_INFO": "/a/secret:x/"}
    environ |= {"SERVER_PROTOCOL": "HTTP/1.1", "HTTP_REFERER": "https://here.example/a/secret:x/"}
    request = SimpleNamespace(headers=[("REFERER", environ["HTTP_REFERER"])])
    response = SimpleNamespace(status="302 Found", sent=0, headers=[])
    atoms = AccessLog(Config()).atoms(response, request, environ, timedelta(seconds=1))
    assert atoms["r"] == "POST /a/…/ HTTP/1.1"
    assert not [part for part in atoms.values() if "secret" in str(part)]
