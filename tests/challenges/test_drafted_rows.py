"""While a contract is drawn up its rows change and go again; once it is signed they stand."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import formats

from challenges.lifecycle import contract as contracts
from challenges.lifecycle import drafted_rows
from factory import clock
from factory.moves import Missing, NotNow
from tests import contest
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Drawn up: half at the start, half at the end, one thing measured."""
    made = contest.contest("awarded")
    made.award = made.challenge.awards.get()
    made.contract = contest.contract(made.award, by=made.owner)
    made.first, made.last = made.contract.milestones.order_by("pk")
    return made


def test_a_slip_in_an_amount_is_put_right_and_the_contract_can_be_signed(made):
    half, day = made.last.cents, clock.today()
    change = {"row": made.first, "title": "Begin", "due_date": day}
    drafted_rows.change_milestone(made.contract, by=made.owner, **change, cents=half - 100)
    with pytest.raises(Missing):
        contracts.sign(made.contract, by=made.owner, signed_date=day)
    with pytest.raises(Missing, match="meer dan"):
        drafted_rows.change_milestone(made.contract, by=made.owner, **change, cents=half + 1)
    drafted_rows.change_milestone(made.contract, by=made.owner, **change, cents=half)
    contracts.sign(made.contract, by=made.owner, signed_date=day)
    assert made.contract.milestones.get(pk=made.first.pk).title == "Begin"
    for move in (drafted_rows.change_milestone, drafted_rows.drop_milestone):
        with pytest.raises(NotNow):
            move(made.contract, by=made.owner, row=made.first)


def test_a_milestone_goes_and_its_money_can_be_planned_anew(made):
    cents, day = made.last.cents, clock.today()
    drafted_rows.drop_milestone(made.contract, by=made.owner, row=made.last)
    assert list(made.contract.milestones.all()) == [made.first]
    contracts.add_milestone(made.contract, by=made.owner, title="End", due_date=day, cents=cents)
    contracts.sign(made.contract, by=made.owner, signed_date=day)


def test_what_is_measured_changes_by_either_side_and_goes(made):
    winner, one = made.entries[0].contact, made.contract.indicators.get()
    said = {"title": "Rides", "unit": "rides", "baseline": 12, "target": 900}
    drafted_rows.change_indicator(made.contract, by=winner, row=one, **said)
    assert made.contract.indicators.get().target == 900
    drafted_rows.drop_indicator(made.contract, by=made.owner, row=one)
    for move in (drafted_rows.drop_indicator, drafted_rows.change_indicator):
        with pytest.raises(Missing):
            move(made.contract, by=made.owner, row=one)


def test_the_page_leads_to_the_form_of_each_row_that_begins_with_what_stands_there(client, made):
    sign_in(client, made.owner)
    page = client.get(made.contract.get_absolute_url()).content.decode()
    address = reverse("challenges:contract_move", args=[made.contract.pk, "change_milestone"])
    assert f"{address}?row={made.last.pk}" in page
    form = BeautifulSoup(client.get(f"{address}?row={made.last.pk}").content, "html.parser")
    told = {box.get("name"): box.get("value") for box in form.select("input")}
    assert (told["row"], told["title"]) == (str(made.last.pk), made.last.title)
    said = {"row": made.last.pk, "title": "Report", "cents": told["cents"], "token": "a" * 32}
    said["due_date"] = formats.date_format(clock.today(), "d-m-Y")
    answer = client.post(address, said)
    assert answer.status_code == 302, answer.content.decode()
    assert made.contract.milestones.get(pk=made.last.pk).title == "Report"


def test_nobody_reaches_the_row_of_another_contract(client, made):
    other = contest.contest("awarded")
    theirs = contest.contract(other.challenge.awards.get(), by=other.owner).milestones.first()
    sign_in(client, made.owner)
    address = reverse("challenges:contract_move", args=[made.contract.pk, "drop_milestone"])
    assert client.post(address, {"row": theirs.pk}).status_code == 422
    assert "Start" in str(theirs)
    assert client.get(f"{address}?row={theirs.pk}").status_code == 200
