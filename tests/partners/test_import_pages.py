"""The coordinators' pages of an import."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from factory.journal.models import Event
from partners.imports.entering import Enterer
from partners.imports.reading import Reader
from partners.imports.waking import forgotten
from partners.models import Import, Organisation
from tests import make
from tests.doors import sign_in
from tests.partners.test_import import GOOD, HEAD, looked_at, sheet

ADD = reverse("admin:partners_import_add")


@pytest.fixture
def desk(cleo):
    return sign_in(Client(), cleo)


def upload(desk, content, name="partners.csv"):
    return desk.post(ADD, {"file": SimpleUploadedFile(name, content)})


def text(answer):
    return answer.content.decode()


def page(batch):
    return reverse("admin:partners_import_change", args=[batch.pk])


def test_from_a_sheet_to_partners_in_two_presses(desk, cleo):
    answer = upload(desk, sheet(GOOD, "Zon;iets;Utrecht"))
    batch = Import.objects.get()
    assert answer.url == page(batch)
    waiting = text(desk.get(page(batch)))
    assert "<progress" in waiting
    assert 'http-equiv="refresh"' in waiting

    Reader(batch.pk).run()
    found = text(desk.get(page(batch)))
    assert "“iets”" in found
    assert 'http-equiv="refresh"' not in found
    assert "De Zon" in text(desk.get(page(batch) + "?show=new"))

    desk.post(page(batch))
    Enterer(batch.pk).run()
    assert Organisation.objects.filter(name="De Zon").exists()
    assert "De Zon" in text(desk.get(page(batch) + "?show=entered"))
    verbs = ["import.bring", "import.enter"]
    assert list(Event.objects.about(batch).values_list("verb", flat=True)) == verbs
    assert all(event.actor == cleo for event in Event.objects.about(batch))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"PK\x03\x04", "beschadigd"),
        (b"\x00\x01", "geen spreadsheet"),
        (b"Naam;Soort\nx;y", "Gemeente"),
        (b"x" * 5_000_001, "te groot"),
    ],
)
def test_what_is_no_sheet_of_partners_gives_the_form_back_with_why(desk, content, words):
    answer = upload(desk, content)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Import.objects.exists()


def test_a_strange_name_of_a_file_is_only_shown(desk):
    upload(desk, sheet(GOOD), '<b onmouseover="x">' + "a" * 300 + ".csv")
    batch = Import.objects.get()
    assert len(batch.file_name) <= 200
    assert "<b onmouseover" not in text(desk.get(page(batch)))
    upload(desk, sheet(GOOD), "a\u202egpj.csv")
    assert Import.objects.last().file_name == "agpj.csv"


def test_a_sheet_that_turns_out_to_be_unreadable_says_so_on_its_page(desk, cleo):
    upload(desk, sheet(GOOD) + b'\n"' + b"x" * 200_000)
    batch = Import.objects.get()
    Reader(batch.pk).run()
    assert "Regel 3" in text(desk.get(page(batch)))


def test_typed_text_is_harmless_wherever_it_is_shown(desk, cleo):
    batch = looked_at(cleo, '<script>x</script>;"<img src=x>";Utrecht')
    assert "<script>x" not in text(desk.get(page(batch)))
    assert "<img src=x>" not in text(desk.get(page(batch)))


def test_what_is_not_right_can_be_taken_along_mended_and_brought_again(desk, cleo):
    batch = looked_at(cleo, GOOD, "=1+1;iets;Utrecht")
    content = b"".join(desk.get(reverse("admin:partners_import_export", args=[batch.pk, "xlsx"])))
    head, row = load_workbook(io.BytesIO(content)).active.values
    assert list(head) == [*HEAD.split(";"), "Wat er niet klopt"]
    assert row[0] == "'=1+1"
    assert "“iets”" in row[-1]
    assert upload(desk, content, "again.xlsx").status_code == 302


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_can_be_brought_as_it_is(desk, kind):
    content = b"".join(desk.get(reverse("admin:partners_import_example", args=[kind])))
    upload(desk, content, f"x.{kind}")
    batch = Import.objects.get()
    Reader(batch.pk).run()
    assert [line.remarks for line in batch.lines.all()] == [[]]


def test_a_lost_hint_or_a_killed_worker_is_made_good(desk, cleo):
    upload(desk, sheet(GOOD))
    batch = Import.objects.get()
    assert forgotten() == []
    Import.objects.update(worked_at=batch.at.replace(year=2020))
    assert forgotten() == [batch.pk]
    Reader(batch.pk).run()
    assert forgotten() == []


def test_imports_are_the_coordinators(ada, cleo):
    batch = looked_at(cleo, GOOD)
    assert not Import.objects.visible_to(ada).exists()
    client = sign_in(Client(), ada)
    for address in (
        ADD,
        page(batch),
        reverse("admin:partners_import_export", args=[batch.pk, "csv"]),
    ):
        assert client.get(address).status_code == 403
    assert (
        sign_in(Client(), cleo).get(page(batch).replace(str(batch.pk), "99999")).status_code == 404
    )


@pytest.mark.parametrize("n", [1, 3, 50])
def test_a_page_costs_the_same_however_many_lines(desk, cleo, n):
    make.organisation("Known", kvk="12345678")
    batch = looked_at(cleo, *(f"Zon {i * 7919};iets;Utrecht" for i in range(n)))
    with CaptureQueriesContext(connection) as found:
        assert desk.get(page(batch)).status_code == 200
    assert len(found) <= 10
