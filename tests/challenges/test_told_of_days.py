"""Who must be somewhere on a day that changed gets the new day in their diary; who need not, does not."""

from datetime import timedelta

import pytest
from django.utils import translation

from challenges.lifecycle import exploring
from challenges.lifecycle.later_days import change_days
from challenges.models import Challenge
from factory import clock
from factory.notices.letters import write
from factory.notices.models import Notice
from tests import contest, make
from tests.challenges.test_exploring import PROMISED
from tests.market.test_dates_in_mails import entries as in_the_diary

pytestmark = pytest.mark.django_db
DATES = {"scores_by": 10, "pitch_at": 20, "explored_by": 30, "decision_by": 40}


def planned(state, **facts):
    made = contest.contest(state, entrants=[make.organisation("Rijders")], **facts)
    names = [name for name in DATES if state == "scoring" or name != "scores_by"]
    days = {name: whole_day(DATES[name]) for name in names}
    Challenge.objects.filter(pk=made.challenge.pk).update(**days)
    made.challenge.refresh_from_db()
    return made


def whole_day(number):
    return (clock.now() + timedelta(days=number)).replace(second=0, microsecond=0)


def change(made, **numbers):
    moved = {name: whole_day(number) for name, number in numbers.items()}
    said = {"reason": "Ill.", "version": made.challenge.version, "moved": moved}
    change_days(made.challenge, by=made.cleo, **said)
    return moved


def mail_to(person):
    """The one mail about other days to this person."""
    return Notice.objects.mail().get(recipient=person, template__contains="change_days")


def days_in(mail):
    """Which days it carries for the diary, and what it says."""
    with translation.override("en"):
        mail.language = "en"
        return {entry["DTSTART"].dt for entry in in_the_diary(mail)}, write(mail)[2]


@pytest.mark.parametrize(
    "numbers", [{"scores_by": 12}, {"pitch_at": 22}, {"scores_by": 12, "pitch_at": 22}]
)
def test_jurors_get_the_days_of_the_jury_that_changed(numbers):
    made = planned("scoring")
    seat = contest.juror(made.challenge, "Eva Juror")
    moved = change(made, **numbers, decision_by=41)
    found, text = days_in(mail_to(seat.person))
    assert found == {moved[name] for name in numbers}
    assert "comes with this mail" in text


def test_where_no_day_of_the_jury_changed_nothing_is_said_of_one():
    made = planned("scoring")
    seat = contest.juror(made.challenge, "Eva Juror")
    change(made, decision_by=41)
    found, text = days_in(mail_to(seat.person))
    assert not found
    assert "this mail for your diary" not in text


def test_teams_that_explore_get_the_day_on_which_it_is_due():
    made = planned("pitching", **PROMISED)
    exploring.name_teams(made.challenge, by=made.cleo, entries=made.entries)
    moved = change(made, explored_by=32)
    mail = mail_to(made.entries[0].contact)
    assert mail.template.endswith("change_days_exploring_teams")
    assert days_in(mail)[0] == {moved["explored_by"]}


def test_they_hear_of_other_days_as_everybody_who_wrote_a_plan():
    made = planned("pitching", **PROMISED)
    exploring.name_teams(made.challenge, by=made.cleo, entries=made.entries)
    change(made, decision_by=41)
    mail = mail_to(made.entries[0].contact)
    assert mail.template.endswith("change_days_other_followers")
    assert not days_in(mail)[0]


def test_coaches_get_the_day_of_the_pitch():
    made = planned("coaching")
    coach = made.challenge.coachings.get().coach
    coach.follows.create(challenge=made.challenge)
    moved = change(made, pitch_at=22)
    mail = mail_to(coach)
    assert mail.template.endswith("change_days_coaches_of_finalists")
    assert days_in(mail)[0] == {moved["pitch_at"]}


def test_coaches_hear_nothing_of_days_that_are_not_theirs():
    made = planned("coaching")
    coach = made.challenge.coachings.get().coach
    change(made, decision_by=41)
    assert not Notice.objects.filter(recipient=coach, template__contains="change_days").exists()
