"""Asking for more: one reminder, and who does not answer comes back on the call list."""

from datetime import timedelta

import pytest

from factory import clock
from factory.knowledge.models import Norm
from factory.moves import make_due_moves
from factory.notices.letters import write
from factory.notices.models import Notice
from factory.templatetags.words import day
from factory.working_days import after
from partners import lifecycle as organisations
from partners.calls import coordinator_queues
from partners.models import Organisation
from tests import make


@pytest.fixture
def asked(cleo):
    """In check, and asked something."""
    new = make.organisation(state="in_check")
    organisations.ask_more(new, by=cleo, note="Since when?")
    return new


def to_call(cleo):
    queue = next(q for q in coordinator_queues(cleo, everywhere=True) if q.key == "check")
    return [row.title for row in queue.rows]


def days_later(organisation, days):
    """As if it was asked so many days earlier."""
    organisation.refresh_from_db()
    until = organisation.asked_until - timedelta(days=days)
    Organisation.objects.filter(pk=organisation.pk).update(asked_until=until)


def reminders():
    return Notice.objects.mail().filter(event__verb="organisation.remind_to_answer")


def test_the_time_to_answer_is_a_norm_in_working_days(asked, cleo):
    days = Norm.objects.value("application-answer-days")
    assert asked.asked_until == after(clock.today(), days)
    Norm.objects.filter(code="application-answer-days").update(value=3)
    another = make.organisation(state="in_check")
    organisations.ask_more(another, by=cleo, note="Since when?")
    assert another.asked_until == after(clock.today(), 3)


def test_who_does_not_answer_is_on_the_call_list_again(asked, cleo):
    assert asked.name not in to_call(cleo)
    last = (asked.asked_until - clock.today()).days
    days_later(asked, last)
    assert asked.name not in to_call(cleo)  # the last day is theirs
    days_later(asked, 1)
    assert asked.name in to_call(cleo)
    organisations.check(asked, by=cleo)
    assert asked.name in to_call(cleo)
    organisations.ask_more(asked, by=cleo, note="And now?")
    assert asked.name not in to_call(cleo)


def test_what_was_asked_before_there_was_a_last_day_comes_back_too(asked, cleo):
    Organisation.objects.filter(pk=asked.pk).update(asked_until=None)
    assert asked.name in to_call(cleo)


def test_they_are_reminded_once_and_the_mail_says_what_was_asked(asked):
    make_due_moves()
    assert not reminders().exists()
    days_later(asked, (asked.asked_until - clock.today()).days - 2)
    for _time in "12":
        make_due_moves()
    mail = reminders().get()
    assert mail.recipient == asked.owner
    text = write(mail)[2]
    assert "Since when?" in text
    asked.refresh_from_db()
    assert day(asked.asked_until) in text


def test_a_new_question_has_a_reminder_of_its_own(asked, cleo):
    days_later(asked, 30)
    make_due_moves()
    organisations.check(asked, by=cleo)
    organisations.ask_more(asked, by=cleo, note="And now?")
    assert asked.reminded_at is None
    days_later(asked, 30)
    make_due_moves()
    assert reminders().count() == 2


def test_who_answered_is_not_reminded_and_waits_for_a_coordinator(asked, cleo):
    facts = {"kind": asked.kind, "name": asked.name, "region": asked.region}
    organisations.revise(asked, by=asked.owner, answer="Since 2016.", **facts)
    assert (asked.question, asked.asked_until) == ("", None)
    make_due_moves()
    assert not reminders().exists()
    assert asked.name in to_call(cleo)
