"""Who may open a file, and how it is handed over."""

import re
import uuid
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from factory.files.checking import check
from factory.files.keeping import keep
from factory.files.kinds import ATTACHMENTS
from factory.files.models import StoredFile
from factory.moves import Missing
from tests import make
from tests.doors import sign_in
from tests.factory.files.hostile import DISARMED, NAMES, docx, pdf, picture

pytestmark = pytest.mark.django_db


def kept(thing, content=None, name="bread.png", by=None):
    """A file of an organisation."""
    upload = SimpleUploadedFile("x", content or picture())
    upload._name = name  # Django itself cleans the name of what comes by HTTP
    checked = check(upload, ATTACHMENTS)
    file = keep(checked, by=by or thing.memberships.first().person, holder=thing)
    file.attach(thing)
    return file


def test_a_picture_of_a_public_page_is_shown_to_everybody(client, broodnodig):
    answer = client.get(kept(broodnodig).get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'inline; filename="bread.jpg"'
    with Image.open(BytesIO(answer.getvalue())) as shown:
        assert shown.size == (64, 48)


@pytest.mark.parametrize(("content", "name"), [(pdf(), "a.pdf"), (docx(), "a.docx")])
def test_a_paper_is_only_handed_over(client, broodnodig, content, name):
    answer = client.get(kept(broodnodig, content, name).get_absolute_url())
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.getvalue() == content


def test_a_file_is_never_a_page_of_the_site(client, broodnodig):
    answer = client.get(kept(broodnodig).get_absolute_url())
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in answer
    assert "private" in answer["Cache-Control"]


def test_what_one_may_not_see_has_no_files_either(client, ada, dan):
    hidden = make.organisation("Nog Niet", owner=ada, state="applied")
    file = kept(hidden)
    assert sign_in(Client(), ada).get(file.get_absolute_url()).status_code == 200
    for visitor in (client, sign_in(Client(), dan)):
        met = visitor.get(file.get_absolute_url())
        none = visitor.get(reverse("file", args=[uuid.uuid4()]))
        assert (met.status_code, none.status_code) == (404, 404)
        assert len(met.content) == len(none.content)


def test_a_file_of_nothing_yet_is_seen_by_nobody(broodnodig, ada):
    checked = check(SimpleUploadedFile("a.png", picture()))
    file = keep(checked, by=ada, holder=broodnodig)
    assert sign_in(Client(), ada).get(file.get_absolute_url()).status_code == 404


def test_a_file_cannot_be_posted_to(client, broodnodig):
    assert client.post(kept(broodnodig).get_absolute_url()).status_code == 405


def test_a_file_that_went_missing_is_a_404(client, broodnodig):
    file = kept(broodnodig)
    default_storage.delete(file.path)
    assert client.get(file.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_reaches_neither_the_disk_nor_another_header(client, broodnodig, name):
    file = kept(broodnodig, name=name)
    answer = client.get(file.get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("inline; filename")
    assert "Set-Cookie" not in answer
    assert re.fullmatch(r"files/[0-9a-f]{2}/[0-9a-f]{32}", file.path)


def test_more_than_a_file_may_be_is_413_before_anything_is_read(client, settings):
    settings.UPLOAD_MOST_BYTES = 1000
    upload = SimpleUploadedFile("a.png", b"0" * 1_100_000)
    assert client.post("/en/accounts/login/", {"login": upload}).status_code == 413


@pytest.mark.parametrize("name", DISARMED)
def test_what_was_disarmed_is_served_as_a_picture_and_nothing_else(client, broodnodig, name):
    answer = client.get(kept(broodnodig, DISARMED[name], name).get_absolute_url())
    assert answer["Content-Type"] in {"image/jpeg", "image/png"}
    assert b"<script" not in answer.getvalue()


def test_an_organisation_has_only_so_much_room(broodnodig, settings):
    settings.UPLOAD_MOST_FILES_TOGETHER = 2
    kept(broodnodig), kept(broodnodig)
    with pytest.raises(Missing, match=r"room|ruimte"):
        kept(broodnodig)
    settings.UPLOAD_MOST_FILES_TOGETHER = 200
    settings.UPLOAD_MOST_BYTES_TOGETHER = 1000
    with pytest.raises(Missing, match=r"room|ruimte"):
        kept(broodnodig)


def test_the_file_lies_outside_the_web_root_and_is_ours_alone(broodnodig, settings):
    path = settings.MEDIA_ROOT / kept(broodnodig).path
    assert path.stat().st_mode & 0o777 == 0o600
    assert settings.STATIC_ROOT not in path.parents
    assert path.suffix == ""


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "wrong", ["content_type = 'text/html'", "size = 0", "thing_id = NULL", "thing_type = ''"]
)
def test_the_database_refuses_a_file_that_cannot_be(broodnodig, wrong):
    file = kept(broodnodig)
    sql("UPDATE files_storedfile SET name = 'other.jpg' WHERE id = %s", file.pk)
    with pytest.raises(IntegrityError):
        sql(f"UPDATE files_storedfile SET {wrong} WHERE id = %s", file.pk)
    assert StoredFile.objects.about(broodnodig).get().name == "other.jpg"
