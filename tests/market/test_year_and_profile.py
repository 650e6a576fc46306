"""What an organisation takes along: its year as a sheet, and one page about itself."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from factory import clock
from market.lifecycle import quoting
from market.models import Match
from tests import make

pytestmark = pytest.mark.django_db


def sheet(client, person, organisation, year=None):
    """The rows of the sheet as this person gets it, or the status of the refusal."""
    client.force_login(person)
    year = year or clock.today().year
    answer = client.get(f"/en/market/year/{organisation.slug}/{year}.xlsx")
    if answer.status_code != 200:
        return answer.status_code
    return list(load_workbook(io.BytesIO(answer.getvalue())).active.values)


def test_the_year_holds_what_was_bought_and_sold_and_nothing_of_others(
    client, lunch, broodnodig, lekstede, ada
):
    sold = make.match("completed", need=lunch, supplier=broodnodig, cents=123_456)
    quoting.note_social_return(sold, by=ada, contract="=1+1", authority=lekstede)
    make.match("agreed", need=make.need(by=broodnodig), cents=5000)
    make.match("completed")
    make.match("approved", supplier=broodnodig)
    head, *rows = sheet(client, ada, broodnodig)
    assert [row[1] for row in rows] == ["sold", "bought"]
    assert rows[0][head.index("Counts as")] == 1234.56
    assert rows[0][head.index("Contract reference")] == "'=1+1"
    assert rows[0][2] == "Gemeente Lekstede"


def test_another_year_is_another_sheet(client, lunch, broodnodig, ada):
    make.match("completed", need=lunch, supplier=broodnodig)
    assert len(sheet(client, ada, broodnodig, 2020)) == 1
    assert sheet(client, ada, broodnodig, 1492) == 404


def test_a_match_stands_in_one_year_only(client, lunch, broodnodig, ada):
    now = clock.now()
    match = make.match("completed", need=lunch, supplier=broodnodig)
    Match.objects.filter(pk=match.pk).update(introduced_at=now.replace(year=now.year - 1, day=1))
    years = [len(sheet(client, ada, broodnodig, now.year - n)) - 1 for n in (0, 1)]
    assert years == [1, 0]


def test_only_its_owners_and_editors_take_it_along(client, broodnodig, ada, ben, vera, dan, cleo):
    found = [sheet(client, person, broodnodig) for person in (vera, dan)]
    assert found == [403, 403]
    assert len(sheet(client, ada, broodnodig)) == len(sheet(client, ben, broodnodig)) == 1
    page = client.get(broodnodig.get_absolute_url()).content.decode()
    assert f"/market/year/{broodnodig.slug}/" in page


def test_the_sheet_costs_the_same_at_any_number(client, broodnodig, ada):
    cost, there = [], 0
    client.force_login(ada)
    for number in (1, 3, 50):
        for _n in range(number - there):
            make.match("introduced", supplier=broodnodig)
        there = number
        with CaptureQueriesContext(connection) as spent:
            answer = client.get(f"/en/market/year/{broodnodig.slug}/{clock.today().year}.xlsx")
        assert answer.status_code == 200
        cost.append(len(spent))
    assert cost[0] == cost[1] == cost[2]


def profile(client, organisation):
    return client.get(f"/en/partners/{organisation.slug}.pdf")


def test_everybody_gets_the_one_page_about_an_active_organisation(client, broodnodig):
    make.offer(by=broodnodig, title="Bread every day")
    answer = profile(client, broodnodig)
    assert answer.status_code == 200
    assert b"pdfuaid:part" in answer.content
    assert answer["Content-Disposition"] == 'inline; filename="broodnodig.pdf"'
    assert profile(client, make.organisation(state="applied")).status_code == 404


def test_it_stays_one_page_whatever_was_typed(client):
    words = {"mission": "m " * 140, "description": "# $x$ *woord* " * 350}
    wordy = make.organisation("N" * 100, website="https://example.org/" + "a" * 150, **words)
    for n in range(9):
        make.offer(by=wordy, title=f"{n} " + "t" * 110)
    content = profile(client, wordy).content
    assert b"/Type/Pages/Count 1/" in content


def test_it_names_no_person_and_no_single_amount(client, broodnodig, ada):
    make.match("completed", supplier=broodnodig, cents=123_456)
    make.match("completed", supplier=broodnodig, cents=123_456)
    page = client.get(f"/en/partners/{broodnodig.slug}/").content.decode()
    assert f"/en/partners/{broodnodig.slug}.pdf" in page
    assert "1,234" not in page
    assert ada.name not in page


def test_who_finds_a_supplier_can_ask_them_with_one_press(client, dan, broodnodig, lekstede):
    client.force_login(dan)
    html = client.get(broodnodig.get_absolute_url()).content.decode()
    (link,) = re.findall(r'href="([^"]*/new/need/[^"]*)"', html)
    form = client.get(link.replace("&amp;", "&"))
    assert broodnodig.name in form.context["form"]["text"].value()
    assert "/new/need/" not in client.get(lekstede.get_absolute_url()).content.decode()


def test_nobody_asks_themselves(client, ada, broodnodig):
    client.force_login(ada)
    assert "/new/need/" not in client.get(broodnodig.get_absolute_url()).content.decode()
