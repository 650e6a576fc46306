"""What coordinators take along as a sheet, and that it is written down."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from factory.journal.models import Event
from partners.models import Organisation, Person
from tests import make
from tests.doors import sign_in
from tests.staff import at_the_desk

MODELS = ["partners_organisation", "partners_person", "market_listing", "market_match"]


def address(model="partners_organisation", kind="csv", asked=""):
    return reverse(f"admin:{model}_export", args=[kind]) + asked


@pytest.fixture
def desk(cleo):
    return sign_in(Client(), cleo)


def sheet(answer):
    """The rows of a sheet as dicts."""
    content = b"".join(answer.streaming_content)
    if content.startswith(b"PK"):
        rows = list(load_workbook(io.BytesIO(content)).active.values)
    else:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_organisations_leave_as_they_stand(desk, broodnodig, kind):
    Organisation.objects.filter(pk=broodnodig.pk).update(kvk="01234567", phone="+31 30 5550124")
    (row,) = sheet(desk.get(address(kind=kind, asked="?in=all&q=Broodnodig")))
    assert row["Naam"] == "Broodnodig"
    assert row["Soort"] == "Sociale onderneming"
    assert row["Gemeente"] == row["Provincie"] == "Utrecht"
    assert row["KvK-nummer"] == ("'01234567" if kind == "csv" else "01234567")
    assert row["Telefoonnummer"] == "'+31 30 5550124"


def test_a_sheet_holds_what_is_filtered_in_the_list(desk, broodnodig, lekstede):
    rows = sheet(desk.get(address(asked="?in=active&kind__exact=municipality")))
    assert [row["Naam"] for row in rows] == ["Gemeente Lekstede"]
    assert sheet(desk.get(address())) == []  # what waits for a coordinator: nothing


def test_an_address_with_nonsense_leads_to_the_list(desk):
    answer = desk.get(address(asked="?nonsense=1"))
    assert answer.url == reverse("admin:partners_organisation_changelist")
    assert desk.get(address(kind="exe")).status_code == 404


def test_matches_leave_with_their_amounts_in_euros(desk, broodnodig, lunch):
    make.match("completed", need=lunch, supplier=broodnodig, cents=123_456)
    (row,) = sheet(desk.get(address("market_match", "xlsx", "?in=all")))
    assert (row["Koper"], row["Leverancier"]) == ("Gemeente Lekstede", "Broodnodig")
    assert row["Telt mee als"] == 1234.56
    (row,) = sheet(desk.get(address("market_match", "csv", "?in=all")))
    assert row["Telt mee als"] == "1234,56"


def test_people_leave_with_where_they_work(desk, ada, broodnodig):
    (row,) = sheet(desk.get(address("partners_person", asked="?q=Ada")))
    assert (row["Naam"], row["Organisaties"]) == ("Ada Owner", "Broodnodig")
    everybody = sheet(desk.get(address("partners_person")))
    assert len(everybody) == Person.objects.filter(is_the_factory=False).count()


@pytest.mark.parametrize("model", MODELS)
def test_the_journal_says_who_took_how_much_along(desk, cleo, model, lunch, match):
    desk.get(address(model, "xlsx", "?in=all" if "person" not in model else ""))
    event = Event.objects.filter(verb__startswith="export.").get()
    assert event.actor == cleo
    assert event.verb == f"export.{model.partition('_')[2]}"
    assert event.details["rows"] >= 1
    assert set(event.details) == {"kind", "rows"}


@pytest.mark.parametrize("model", MODELS)
def test_taking_along_asks_again_who_one_is(cleo, model, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    answer = at_the_desk(cleo).get(address(model))
    assert answer.status_code == 302
    assert "reauthenticate" in answer.url
    assert not Event.objects.filter(verb__startswith="export.").exists()


@pytest.mark.parametrize("model", MODELS)
def test_only_the_desk_takes_along(ada, model):
    assert sign_in(Client(), ada).get(address(model)).status_code == 403
    assert Client().get(address(model)).status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_a_sheet_costs_as_many_queries_for_fifty_rows_as_for_one(desk, model):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            rows = sheet(desk.get(address(model, asked="?in=all" if "person" not in model else "")))
        return len(rows), len(found)

    make.match()
    few, cost = queries()
    for _n in range(3):
        make.match()
    more, again = queries()
    assert more > few
    assert again == cost <= 18


def test_the_list_leads_to_its_sheets_with_the_same_filter(desk, broodnodig):
    page = desk.get(reverse("admin:partners_organisation_changelist") + "?in=active&q=Brood")
    assert address(kind="xlsx", asked="?in=active&amp;q=Brood") in page.content.decode()
