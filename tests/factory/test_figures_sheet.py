"""The figures of the coordinators as a sheet: as they were written, for coordinators alone, and written down."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import format_html

from factory.coordination.lines import Lines
from factory.coordination.tables import _plain, shown
from factory.journal.models import Event
from tests import make
from tests.doors import sign_in
from tests.staff import at_the_desk

pytestmark = pytest.mark.django_db


def address(key="gaps", kind="csv"):
    return reverse("admin:figures_export", args=[key, kind])


def lines(answer):
    return answer.getvalue().decode("utf-8-sig").splitlines()


def test_names_leave_as_they_were_written(cleo):
    make.need(
        by=make.organisation(kind="municipality", place="'s-Hertogenbosch"),
        sector=make.sector("green"),
    )
    bakers = make.organisation("Bakkers <B> & zoon")
    make.match("introduced", supplier=bakers)
    desk = at_the_desk(cleo)
    row = next(line for line in lines(desk.get(address())) if "Hertogenbosch" in line)
    assert row.startswith(f'"{make.sector("green")}, \'s-Hertogenbosch"')
    assert lines(desk.get(address("answers")))[1].startswith('"Bakkers <B> & zoon"')


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("Bakkers <B> &amp; zoon", "Bakkers <B> &amp; zoon"),
        (
            format_html('<a href="/">{}</a>', "Groen & tuin, 's-Hertogenbosch <B>"),
            "Groen & tuin, 's-Hertogenbosch <B>",
        ),
        (3, 3),
    ],
)
def test_only_what_is_html_is_read_as_html(cell, plain):
    assert _plain(cell) == plain


@pytest.mark.parametrize(
    "key", ["introduced", "three", "answers", "demand", "gaps", "idle", "attention"]
)
def test_the_journal_says_who_took_which_figures_along(cleo, key):
    make.need(by=make.organisation(kind="municipality"))
    answer = at_the_desk(cleo).get(address(key, "xlsx"))
    assert answer.status_code == 200
    event = Event.objects.get(verb__startswith="export.")
    assert (event.actor, event.verb) == (cleo, f"export.figures-{key}")
    assert set(event.details) == {"kind", "rows"}


@pytest.mark.parametrize(("key", "kind"), [("nothing", "csv"), ("gaps", "doc")])
def test_what_is_not_there_leaves_nothing_in_the_journal(cleo, key, kind):
    assert at_the_desk(cleo).get(address(key, kind)).status_code == 404
    assert not Event.objects.filter(verb__startswith="export.").exists()


def test_taking_along_asks_again_who_one_is(cleo, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    answer = at_the_desk(cleo).get(address())
    assert answer.status_code == 302
    assert "reauthenticate" in answer.url
    assert not Event.objects.filter(verb__startswith="export.").exists()


def test_only_the_desk_takes_along(ada):
    assert sign_in(Client(), ada).get(address()).status_code == 403
    assert Client().get(address()).status_code == 302


def test_the_page_makes_no_row_that_it_does_not_show():
    made = []
    rows = Lines(list(range(100)), lambda number: made.append(number) or (number,))
    block = shown({"rows": rows, "bars": []})
    assert (len(block["shown"]), block["left"], len(made)) == (40, 60, 40)


@pytest.mark.parametrize(("many", "queries"), [(2, 1), (3, 2)])
def test_more_suppliers_than_fit_are_counted_and_not_fetched(
    many, queries, django_assert_num_queries
):
    suppliers = [make.organisation().pk for _n in range(many)]
    rows = Lines(type(make.organisation()).objects.filter(pk__in=suppliers).values_list("name"))
    with django_assert_num_queries(queries):
        some, left = rows.first(2)
    assert (len(some), left) == (2, many - 2)
