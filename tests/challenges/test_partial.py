"""Who has an interest in an entry reads nothing of what was found and proposed before the results are public."""

import pytest
from django.test import Client
from django.urls import reverse

from challenges.lifecycle import ending
from challenges.lifecycle.bringing import moves
from challenges.models import Interest
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
PAGES = ("deciding", "report", "report_pdf")


@pytest.fixture
def made():
    """A proposal, with a juror who is free and one who has an interest in the first entry."""
    made = contest.contest("scoring", entrants=[make.organisation(), make.organisation()])
    made.free = contest.juror(made.challenge, "Frida Free")
    made.partial = contest.juror(made.challenge, "Paul Partial")
    contest.declare(made.challenge, made.partial, made.entries[:1])
    made.deliberate()
    made.propose()
    return made


def joins(organisation, person):
    organisation.memberships.create(
        person=person, role="editor", confirmed_at=organisation.created_at
    )


def answers(made, person):
    client = sign_in(Client(), person)
    return {
        client.get(reverse(f"challenges:{name}", args=[made.challenge.slug])).status_code
        for name in PAGES
    }


def test_a_juror_with_an_interest_reads_the_report_once_the_results_are_public(made):
    assert answers(made, made.free.person) == {200}
    assert answers(made, made.partial.person) == {404}
    made.decide()
    made.notify()
    assert answers(made, made.partial.person) == {404}
    made.award()
    assert answers(made, made.partial.person) == {200}


def test_a_juror_of_an_organisation_that_enters_does_not_either(made):
    joins(made.entries[0].organisation, made.free.person)
    assert answers(made, made.free.person) == {404}


def test_the_seat_that_was_given_back_and_the_people_of_the_owner_make_no_difference(made):
    joins(made.by, made.partial.person)
    assert answers(made, made.partial.person) == {404}
    type(made.partial).objects.filter(pk=made.partial.pk).update(
        said_yes_at=None, said_no_at=made.challenge.deadline_at
    )
    assert answers(made, made.partial.person) == {404}


def test_the_page_of_the_challenge_does_not_lead_there(made):
    at = reverse("challenges:deciding", args=[made.challenge.slug])
    pages = {
        seat: sign_in(Client(), seat.person).get(made.challenge.get_absolute_url()).content.decode()
        for seat in (made.free, made.partial)
    }
    assert at in pages[made.free]
    assert at not in pages[made.partial]


def test_who_has_an_interest_does_not_decide(made):
    joins(made.by, made.partial.person)
    joins(made.by, made.free.person)
    for name in ("decide", "note_decision"):
        assert moves[name].open_to(made.free.person, made.challenge)
        assert not moves[name].open_to(made.partial.person, made.challenge)


def test_before_the_jury_deliberates_there_is_no_such_page_for_anybody():
    made = contest.contest("scoring", entrants=[make.organisation()])
    juror = contest.juror(made.challenge).person
    for person in (juror, made.owner, made.cleo):
        assert answers(made, person) == {404}
    made.deliberate()
    assert answers(made, juror) == answers(made, made.owner) == {200}


def test_a_juror_who_has_not_said_of_every_entry_whether_they_have_an_interest_reads_no_titles(
    made,
):
    silent = contest.juror(made.challenge, "Sil Silent")
    assert answers(made, silent.person) == {404}
    made.challenge.refresh_from_db()
    page = sign_in(Client(), silent.person).get(made.challenge.get_absolute_url())
    assert reverse("challenges:deciding", args=[made.challenge.slug]) not in page.content.decode()
    said = {"juror": silent, "declared_by": silent.person, "conflicted": False}
    for entry in made.entries:
        Interest.objects.create(entry=entry, **said)
    assert answers(made, silent.person) == {200}


def test_what_was_called_off_is_read_if_the_jury_had_written_something(made):
    ending.cancel(made.challenge, by=made.owner, reason="The council decided otherwise.")
    assert answers(made, made.owner) == {200}
    early = contest.contest("checking", by=made.by, entrants=[make.organisation()])
    ending.cancel(early.challenge, by=early.owner, reason="The council decided otherwise.")
    assert answers(early, early.owner) == {404}
