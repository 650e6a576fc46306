"""The pages of the jury: declaring, sharing out, scoring that keeps itself, locking, and a conflict that turns up."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from challenges.lifecycle import jury
from challenges.models import Assessment, Entry, Score
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """A challenge that is scored, with two entries, a chair and a juror at their computers."""
    made = contest.contest("scoring", entrants=[make.organisation(), make.organisation()])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    made.eva = contest.juror(made.challenge)
    made.at = made.challenge.get_absolute_url()
    made.evas, made.chairs = (sign_in(Client(), seat.person) for seat in (made.eva, made.chair))
    return made


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as told:
        assert client.get(address).status_code == 200
    return len([q for q in told if "SAVEPOINT" not in q["sql"]])


def typed(assessment, **extra):
    """Every mark a seven, with its reason."""
    data = {"seen": Assessment.objects.get(pk=assessment.pk).version} | extra
    for criterion, _score in assessment.criteria():
        data |= {f"points_{criterion.pk}": "7", f"why_{criterion.pk}": "Fine."}
    return data


def test_a_juror_declares_on_one_page_with_the_names_alone(made):
    page = made.evas.get(f"{made.at}declare/").content.decode()
    one, other = made.entries
    assert one.organisation.name in page
    assert other.organisation.name in page
    assert one.summary not in page
    said = {"token": "a", "none_else": "on", f"has_{one.pk}": "on"}
    assert made.evas.post(f"{made.at}declare/", said).status_code == 422
    said |= {f"which_{one.pk}": "My brother works there.", "token": "b"}
    assert made.evas.post(f"{made.at}declare/", said).status_code == 302
    assert [i.conflicted for i in made.eva.interests.order_by("entry")] == [True, False]


def test_nothing_is_declared_without_saying_that_there_is_no_other_interest(made):
    assert made.evas.post(f"{made.at}declare/", {"token": "a"}).status_code == 422
    assert not made.eva.interests.exists()


def test_where_the_jury_reads_without_names_a_clerk_compares_them():
    made = contest.contest("scoring", instrument="prize", disclosure="anonymous")
    eva, at = contest.juror(made.challenge), made.challenge.get_absolute_url()
    evas, cleos = sign_in(Client(), eva.person), sign_in(Client(), made.cleo)
    name = made.entries[0].organisation.name
    assert name not in evas.get(f"{at}declare/").content.decode()
    assert evas.post(f"{at}declare/", {"token": "a", "none_else": "on"}).status_code == 422
    assert name in cleos.get(f"{at}declare/?juror={eva.pk}").content.decode()
    said = {"token": "a", "none_else": "on", "juror": eva.pk}
    assert cleos.post(f"{at}declare/", said).status_code == 302
    mine = contest.assessment(made.entries[0], eva)
    page = evas.get(mine.get_absolute_url()).content.decode()
    assert name not in page.replace(made.entries[0].title, "")


def test_what_is_typed_is_kept_and_two_devices_do_not_overwrite_each_other(made):
    mine = contest.assessment(made.entries[0], made.eva)
    data, script = typed(mine), {"Accept": "application/json"}
    answer = made.evas.post(mine.get_absolute_url(), data, headers=script)
    assert answer.json()["seen"] == 1
    assert made.evas.post(mine.get_absolute_url(), data, headers=script).status_code == 409
    assert Score.objects.filter(assessment=mine, points=7).count() == 2
    half = typed(mine)
    half.pop(next(name for name in half if name.startswith("points_")))
    assert made.evas.post(mine.get_absolute_url(), half).status_code == 302
    assert Score.objects.filter(assessment=mine, points=None).count() == 1


def test_a_juror_locks_and_then_reads_the_others(made):
    mine = contest.assessment(made.entries[0], made.eva)
    theirs = contest.assessment(made.entries[0], made.chair)
    contest.scored(theirs)
    address = mine.get_absolute_url()
    assert "Well thought out." not in made.evas.get(address).content.decode()
    assert made.evas.post(f"{address}lock/", {"token": "a"}).status_code == 409
    answer = made.evas.post(address, typed(mine, then="lock"))
    assert answer["Location"] == f"{address}lock/"
    assert made.evas.post(answer["Location"], {"token": "b"}).status_code == 302
    assert "Well thought out." in made.evas.get(address).content.decode()
    assert made.evas.post(address, typed(mine)).status_code == 409


def test_entries_are_shared_out_and_each_juror_hears_it(made):
    for seat in (made.eva, made.chair):
        contest.declare(made.challenge, seat)
    assert made.chairs.post(f"{made.at}assign/", {"token": "a", "each": "1"}).status_code == 302
    loads = [seat.assessments.count() for seat in (made.eva, made.chair)]
    assert loads == [1, 1]
    assert made.chairs.post(f"{made.at}assign/", {"token": "b", "each": "2"}).status_code == 302
    assert Assessment.objects.count() == 4


def test_a_conflict_closes_the_entry_everywhere_and_the_chair_gives_it_to_another(made):
    entry = made.entries[0]
    mine = contest.assessment(entry, made.eva, "locked")
    contest.declare(made.challenge, made.chair)
    assert Entry.objects.read_by_jury(made.eva.person).exists()
    said = {"token": "a", "reason": "It is my neighbour."}
    assert made.evas.post(f"{mine.get_absolute_url()}recuse/", said).status_code == 302
    for address in (mine.get_absolute_url(), entry.get_absolute_url()):
        assert made.evas.get(address).status_code == 404
    page = made.chairs.get(f"{made.at}jury/{entry.number}/").content.decode()
    reads, _bar, happened = page.partition('id="trail"')
    assert "Carla Chair" in reads
    assert "Eva Juror" not in reads
    assert "Eva Juror" in happened
    give = {"token": "b", "juror": made.eva.pk, "entry": entry.pk}
    assert made.chairs.post(f"{made.at}assign/", give).status_code == 422
    give |= {"token": "c", "juror": made.chair.pk}
    assert made.chairs.post(f"{made.at}assign/", give).status_code == 302


@pytest.mark.parametrize("entrants", [1, 3, 50])
def test_the_pages_cost_the_same_however_many_there_are(entrants):
    made = contest.contest("scoring", entrants=[make.organisation() for _ in range(entrants)])
    seats = [contest.juror(made.challenge, chairs=not n) for n in range(min(entrants, 10))]
    for seat in seats:
        contest.declare(made.challenge, seat)
    jury.assign(made.challenge, by=made.cleo, each=len(seats))
    mine = seats[0].assessments.first()
    client, at = sign_in(Client(), seats[0].person), made.challenge.get_absolute_url()
    assert queries(client, f"{at}jury/") <= 12
    assert queries(client, mine.get_absolute_url()) <= 10
    page = client.get(mine.get_absolute_url()).content.decode()
    assert page.count("/challenges/assessments/") <= 20


def test_locked_marks_say_so_and_not_that_nobody_sees_them(made):
    mine = contest.assessment(made.entries[0], made.eva)
    address, recuse = mine.get_absolute_url(), f'href="{mine.get_absolute_url()}recuse/"'
    before = made.evas.get(address).content.decode()
    contest.scored(mine)
    after = made.evas.get(address).content.decode()
    assert recuse in before
    assert recuse in after
    assert 'role="status"' in before
    assert "data-drafts" not in after
