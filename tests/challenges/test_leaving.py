"""People leave; somebody else answers at once for what they answered for, and who is concerned hears so."""

import pytest
from django.utils import translation

from challenges.lifecycle.leaving import go_with_them
from challenges.models import Challenge, CoOwner
from factory.me.closing import close_account
from factory.notices.letters import write
from factory.notices.models import Notice
from partners.lifecycle.people import end_membership, step_out
from tests import contest, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Three who decide: the owner, the deputy, and another."""
    made = contest.contest("open")
    made.third = make.member(made.by, "editor", "Third Colleague")
    return made


def answers(made):
    made.challenge.refresh_from_db()
    return made.challenge.owner, made.challenge.deputy


def test_the_deputy_answers_when_the_owner_steps_out_and_another_is_deputy(made):
    step_out(made.by, by=made.owner)
    assert answers(made) == (made.colleague, made.third)
    told = Notice.objects.mail().filter(event__verb="challenge.take_over")
    assert {made.colleague, made.third} <= {notice.recipient for notice in told}


def test_a_deputy_who_leaves_is_replaced(made):
    seat = made.by.memberships.get(person=made.colleague)
    end_membership(made.by, by=made.owner, membership=seat)
    assert answers(made) == (made.owner, made.third)


def test_an_account_that_is_closed_leaves_nobody_waiting(made):
    close_account(made.owner)
    assert answers(made) == (made.colleague, made.third)


def test_where_nobody_else_is_left_the_name_stays_and_the_coordinators_hear_it(made):
    for person in (made.third, made.colleague):
        step_out(made.by, by=person)
    assert answers(made) == (made.owner, made.colleague)
    told = Notice.objects.mail().filter(event__verb="challenge.take_over")
    assert {n.recipient for n in told} >= {made.owner, made.cleo} - {made.colleague}
    assert made.colleague not in {n.recipient for n in told}


def test_another_who_leaves_and_a_challenge_that_is_over_change_nothing(made):
    step_out(made.by, by=made.third)
    assert answers(made) == (made.owner, made.colleague)
    over = contest.contest("withdrawn")
    step_out(over.by, by=over.owner)
    over.challenge.refresh_from_db()
    assert over.challenge.owner == over.owner


def test_who_pays_along_and_who_was_asked_for_the_jury_hear_that_it_went_with_its_organisation():
    made = contest.contest("shaping")
    payer = make.organisation("Gemeente Zeist Test", "municipality")
    CoOwner.objects.create(challenge=made.challenge, organisation=payer, cents=100)
    asked = make.person("Arie Asked")
    made.challenge.jury.create(person=asked)
    Challenge.objects.filter(pk=made.challenge.pk).update(language="nl")
    made.challenge.refresh_from_db()
    with translation.override("en"):
        go_with_them(made.challenge, on_behalf_of=made.cleo)
    assert made.challenge.state == "withdrawn"
    assert made.challenge.reason == "De organisatie gaf haar naam terug."
    told = Notice.objects.mail().filter(event__verb="challenge.go_with_them")
    assert {(one.recipient, one.template.rpartition("/")[2]) for one in told} == {
        (payer.owner, "go_with_them_all_who_pay_along"),
        (asked, "go_with_them_invited_jurors"),
    }
    for one in told:
        assert made.challenge.title in write(one)[2]
