"""Coordinators press the same button at the same moment, over HTTP: one approval, the others are told."""

from factory.journal.models import Event
from tests import make
from tests.faults.checker import judge
from tests.faults.people import Browser, at_once

SIDES = 8


def presses(port, match, number):
    """What each of so many coordinators hears who approve this match at once."""
    browsers = [Browser(port, make.coordinator(f"Coordinator{n} Approver")) for n in range(number)]
    path = f"/en/market/matches/{match.pk}/approve/"
    return at_once(
        [lambda b=b, n=n: b.post(path, token=f"press-{n}") for n, b in enumerate(browsers)]
    )


def test_of_many_approvals_at_once_one_is_made_and_the_others_hear_whose(town, worker, web):
    match = make.match()
    answers = presses(web, match, SIDES)
    made = Event.objects.about(match).get(verb="match.approve")
    assert sorted(answer.status for answer in answers) == [302] + [409] * (SIDES - 1)
    told = [answer.text for answer in answers if answer.status == 409]
    assert all(made.actor.name in text for text in told)
    town.wake()
    assert town.drained()
    verdict = judge(town)
    assert verdict.clean, verdict
    assert verdict.extra == 0


def test_without_the_lock_two_approvals_collide(town, unlocked_web):
    """The negative control: two approvals, or an error where the journal's numbering stops the second."""
    match = make.match()
    answers = presses(unlocked_web, match, 2)
    made = Event.objects.about(match).filter(verb="match.approve").count()
    assert (made, sorted(answer.status for answer in answers)) in [(2, [302, 302]), (1, [302, 500])]
