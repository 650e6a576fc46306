"""Between the deadline and the jury everybody hears whose turn it is, and the coordinators' list holds it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from challenges.checking_desk import coordinator_queues
from challenges.lifecycle import entry as entries
from challenges.lifecycle import opening
from challenges.models import Challenge
from factory import clock
from factory.moves import Missing
from factory.notices.models import Notice
from partners.models import Region
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


def heard(verb):
    """Who has it in the inbox."""
    return {one.recipient for one in Notice.objects.filter(channel="inbox", event__verb=verb)}


def queue(person, key):
    """The rows of one queue: what is said of each, and the button."""
    found = next(queue for queue in coordinator_queues(person) if queue.key == key)
    assert found.total == len(found.rows)
    return [(row.meta, row.action, row.late) for row in found.rows]


def test_the_deadline_is_heard_by_the_owners_side_the_coordinators_and_who_was_too_late():
    made = contest.contest("open", deadline_at=clock.now() + timedelta(days=3))
    draft = contest.entry(made.challenge, make.organisation(), "draft")
    with clock.held(clock.now() + timedelta(days=4)):
        opening.close(made.challenge)
    assert heard("challenge.close") == {made.owner, made.colleague, made.cleo, made.other}
    assert heard("entry.run_out") == {draft.contact}


def test_the_second_coordinator_hears_until_when_and_sees_it_on_the_list():
    made = contest.contest("closed", entrants=[make.organisation()])
    nobody_asked = [("Twee verbinders openen ze", "Vraag om te openen", False)]
    assert queue(made.cleo, "sealed") == queue(made.other, "sealed") == nobody_asked
    opening.ask_to_open(made.challenge, by=made.cleo)
    assert made.other in heard("challenge.ask_to_open")
    assert made.cleo not in heard("challenge.ask_to_open")
    (mine,), (theirs,) = queue(made.cleo, "sealed"), queue(made.other, "sealed")
    assert mine[1] == ""
    assert (made.cleo.name in theirs[0], theirs[1], theirs[2]) == (
        True,
        "Open de inzendingen",
        False,
    )
    Challenge.objects.update(asked_to_open_at=clock.now() - timedelta(hours=20))
    assert queue(made.other, "sealed")[0][2]
    Challenge.objects.update(asked_to_open_at=clock.now() - timedelta(hours=25))
    assert queue(made.other, "sealed") == nobody_asked


def test_where_one_coordinator_answers_for_the_province_all_others_are_asked():
    made = contest.contest("closed", entrants=[make.organisation()])
    made.challenge.province.coordinators.add(made.cleo)
    Region.objects.get(code="PV29").coordinators.add(made.other)  # Zeeland
    opening.ask_to_open(made.challenge, by=made.cleo)
    assert heard("challenge.ask_to_open") == {made.other}
    assert queue(made.other, "sealed")[0][1] == "Open de inzendingen"


def test_opened_entries_are_told_to_the_owner_and_nobody_is_asked_any_more():
    made = contest.contest("closed", entrants=[make.organisation()])
    opening.ask_to_open(made.challenge, by=made.cleo)
    asked = Notice.objects.mail().filter(event__verb="challenge.ask_to_open")
    assert {one.status for one in asked} == {"waiting"}
    opening.open_entries(made.challenge, by=made.other)
    assert {one.status for one in asked.all()} == {"dropped"}
    assert {made.owner, made.colleague} <= heard("challenge.open_entries")
    assert queue(made.cleo, "sealed") == []


def test_who_asked_can_take_it_back_and_not_once_they_are_open():
    made = contest.contest("closed", entrants=[make.organisation()])
    opening.ask_to_open(made.challenge, by=made.cleo)
    opening.take_back(made.challenge, by=made.cleo)
    made.challenge.refresh_from_db()
    assert made.challenge.asked_to_open_at is None
    made.open_entries()
    with pytest.raises(Missing):
        opening.take_back(made.challenge, by=made.cleo)


def test_the_list_says_how_far_the_check_is_and_a_repair_is_heard(client):
    made = contest.contest("checking", entrants=[make.organisation(), make.organisation()])
    one, two = made.entries
    assert queue(made.cleo, "formal") == [("2 inzendingen om te controleren", "Controleer", False)]
    entries.admit(two, by=made.cleo)
    entries.ask_to_repair(one, by=made.cleo, reason="No map.", until=clock.today())
    assert queue(made.cleo, "formal") == [("op 1 herstel wordt gewacht", "", False)]
    type(one).objects.filter(pk=one.pk).update(repair_by_date=clock.today() - timedelta(days=1))
    assert queue(made.cleo, "formal")[0][0] == "1 inzending om te controleren"
    type(one).objects.filter(pk=one.pk).update(repair_by_date=clock.today())
    entries.repair(one, by=one.contact, plan="With the map.")
    assert made.cleo in heard("entry.repair")
    entries.admit(one, by=made.cleo)
    assert queue(made.cleo, "formal")[0][1] == "Laat de jury scoren"
    Challenge.objects.update(check_by=clock.now() - timedelta(hours=1))
    assert queue(made.cleo, "formal")[0][2]
    page = sign_in(client, made.cleo).get(reverse("admin:index")).content.decode()
    assert reverse("challenges:check", args=[made.challenge.slug]) in page


def test_both_queues_are_one_query_however_much_waits(django_assert_num_queries):
    for state in ("closed", "checking", "closed", "checking"):
        contest.contest(state, entrants=[make.organisation()])
    cleo = make._cleo()
    with django_assert_num_queries(2):  # the provinces, and the rows
        coordinator_queues(cleo)
