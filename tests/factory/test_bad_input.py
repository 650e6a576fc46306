"""What no form sees: refused in plain words or left out, never a 500."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.doors import sign_in

LOGIN = "/accounts/login/"


@pytest.mark.parametrize("address", ["/?q=%00", "/?%00=1", "/par%00tners/", "/en/?q=a%00b"])
def test_nul_in_an_address_is_400(client, db, address):
    assert client.get(address).status_code == 400


def test_nul_in_a_field_is_400(client, db):
    assert client.post(LOGIN, {"login": "a\x00@b.nl", "password": "x"}).status_code == 400


def test_nul_in_the_name_of_a_field_is_400(client, db):
    assert client.post(LOGIN, {"a\x00": "x"}).status_code == 400


def test_nul_in_a_session_cookie_is_400(client, db):
    client.cookies["sessionid"] = "abcdefgh\x00ijkl"
    assert client.get("/").status_code == 400


def test_nul_in_json_is_400(client, db):
    for body in ('{"login": "a\\u0000"}', '{"login": "a\x00"}'):
        assert client.post(LOGIN, body, content_type="application/json").status_code == 400


def test_nul_in_the_name_of_a_file_is_never_a_500(client, db):
    file = io.BytesIO(b"x")
    file.name = "a\x00.pdf"
    assert client.post(LOGIN, {"file": file}).status_code < 500


def test_control_characters_and_turned_text_are_left_out(client, dan):
    sign_in(client, dan).post(
        reverse("me"), {"name": "D\x07an\u202e \u2066Stranger\x1b", "language": "nl"}
    )
    dan.refresh_from_db()
    assert dan.name == "Dan Stranger"


def test_hebrew_arabic_and_emoji_stay_as_they_are(client, dan):
    name = "דן عمر 🙂"
    sign_in(client, dan).post(reverse("me"), {"name": name, "language": "nl"})
    dan.refresh_from_db()
    assert dan.name == name


def test_new_lines_and_tabs_stay(client, dan):
    answer = sign_in(client, dan).post(reverse("me"), {"name": "", "job": "a\tb"})
    assert "a\tb" in answer.content.decode()


def test_too_large_a_body_is_413(client, db):
    assert client.post(LOGIN, {"login": "x" * 1_100_000}).status_code == 413


def test_too_many_fields_are_400(client, db):
    assert client.post(LOGIN, {f"f{n}": "" for n in range(500)}).status_code == 400


def test_a_broken_upload_is_400(client, db):
    answer = client.post(LOGIN, b"no boundary", content_type="multipart/form-data")
    assert answer.status_code == 400


def test_a_file_where_text_belongs_is_no_500(client, db):
    file = SimpleUploadedFile("x.html", b"<script>")
    assert client.post(LOGIN, {"login": file}).status_code == 200


def test_bytes_that_are_no_text_are_no_500(client, db):
    answer = client.post(LOGIN, b"login=%ff%fe", content_type="application/x-www-form-urlencoded")
    assert answer.status_code < 500


def test_an_unknown_host_is_400(client, db):
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400
