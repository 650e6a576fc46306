"""The bench: a network loaded in bulk is a real one, and everything in it can be measured."""

import pytest
from django.test import override_settings

from challenges.lifecycle import assessment as assessments
from challenges.models import Challenge
from challenges.scoring import Standing
from factory.bench.measuring import Probe, measured
from factory.bench.report import head, table
from factory.bench.weight import first_visits
from factory.bench.weight import table as weight_table
from factory.bulk import enlarge
from factory.contributions import gather
from factory.journal.models import Event
from factory.journal.sealing import faults
from market.lifecycle import match as matches
from market.models import Listing, Match
from partners.models import Organisation
from tests import contest

SIZE = 300


@pytest.fixture
def network(as_the_owner):
    said = []
    enlarge(SIZE, said.append)
    return said


def test_a_bulk_load_says_what_is_there_and_is_in_the_journal(network):
    event = Event.objects.get(verb="door.bulk-load")
    assert event.details["listings"] == Listing.objects.count() == SIZE
    assert event.details["organisations"] == Organisation.objects.active().count()
    assert any(words == f"{SIZE} listings" for words in network), "no word of a table"
    assert not list(faults())


def test_what_was_loaded_lives_on_by_moves(network):
    met = Match.objects.filter(state="introduced").first()
    matches.agree(met, by=met.buyer.memberships.get().person, cents=5000, chosen_for="fit")
    assert Match.objects.get(pk=met.pk).agreed_cents == 5000


def test_a_larger_network_grows_out_of_a_smaller(network):
    enlarge(SIZE + 50, lambda words: None)
    assert Listing.objects.count() == SIZE + 50


@pytest.mark.slow
def test_everything_there_is_to_measure_can_be_measured(network, monkeypatch):
    monkeypatch.setattr("partners.demo.probes.LINES", 20)
    monkeypatch.setattr("partners.demo.probes.MEMBERS", 20)
    with override_settings(ROOT_URLCONF="factory.bench.urls"):
        probes, counted = [Probe("bare page", ["/bare/"])], {}
        for part in gather("bench_probes"):
            numbers, more = part()
            counted |= numbers
            probes += more
        costs = measured(probes, 2)
    text = head() + table(counted, costs)
    assert all(f"| {cost.name} |" in text for cost in costs)
    assert costs[0].queries == 1
    queries = {cost.name.split(",")[0]: cost.queries for cost in reversed(costs)}
    assert queries["shortlist screen"] <= 10
    assert queries["challenges"] <= 8
    assert queries["challenge"] <= 8
    assert queries["jury"] <= 12
    assert queries["scoring page"] <= 10


def test_a_first_visit_is_weighed_as_production_sends_it(client, db):
    ((address, files, size),) = first_visits(["/"])
    text = weight_table([(address, files, size)])
    assert f"| / | {files} | {size} |" in text
    assert files == 5
    assert 40_000 < size <= 150_000


def test_two_juries_are_at_work_and_go_on_by_moves(network):
    scored, compared = (Challenge.objects.get(state=s) for s in ("scoring", "consensus"))
    for challenge in (scored, compared):
        number = challenge.entries.count()
        assert number == SIZE // 10
        assert challenge.jury.count() == 10
        assert challenge.assessments.count() == 10 * number
    assert not compared.assessments.filter(state="open").exists()
    one = scored.assessments.filter(state="open").first()
    assessments.lock(contest.scored(one, lock=False), by=one.juror.person)
    places = Standing(compared).places
    assert {place.rank is None for place in places} == {False}


def test_challenges_stand_on_their_board_too(client, as_the_owner):
    enlarge(1200, lambda words: None)
    assert client.get("/en/challenges/?state=all").context["total"] == 12
    slug = client.get("/en/challenges/").context["page_obj"][0].slug
    assert client.get(f"/en/challenges/{slug}/").status_code == 200
