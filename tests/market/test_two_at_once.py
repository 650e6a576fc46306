"""Two people at the same moment: one move is made, the other is told. With the fault shown once the lock is off."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from factory.journal.models import Event
from factory.moves import NotNow, Token
from factory.moves import move as kernel
from factory.notices.models import Notice
from market.lifecycle import match as matches
from market.models import Match
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
SIDES = 8


def at_once(deeds):
    """Run the deeds in threads that start together; returns what each gave or raised."""
    outcomes, start = [], Barrier(len(deeds))

    def run(deed):
        try:
            start.wait()
            outcomes.append(deed())
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def approvals(match, number=SIDES):
    """As many coordinators as asked for, each about to approve the match as they last saw it."""
    people = [make.coordinator() for _n in range(number)]
    return [
        lambda who=who: matches.approve(Match.objects.get(pk=match.pk), by=who) for who in people
    ]


def test_of_many_approvals_one_is_made_and_the_others_are_told(match):
    outcomes = at_once(approvals(match))
    assert sum(isinstance(outcome, Event) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, NotNow) for outcome in outcomes) == SIDES - 1
    assert Event.objects.about(match).filter(verb="match.approve").count() == 1


def test_without_the_lock_more_than_one_is_made(match, monkeypatch):
    """The negative control: this is the fault that the lock prevents."""
    rendezvous = Barrier(2)
    monkeypatch.setattr(kernel, "lock", lambda thing: rendezvous.wait(10))
    outcomes = at_once(approvals(match, 2))
    made = [outcome for outcome in outcomes if isinstance(outcome, Event)]
    broken = [outcome for outcome in outcomes if not isinstance(outcome, Event | NotNow)]
    # Both got past the check: nobody was told that it was too late.
    assert len(made) + len(broken) == 2


def test_both_sides_saying_yes_at_once_meet_exactly_once(lunch, broodnodig, noor, ada):
    lunch.ask_me_first = lunch.hides_name = True
    lunch.save()
    match = make.match("approved", need=lunch, supplier=broodnodig)
    deeds = [
        lambda who=who: matches.accept(Match.objects.get(pk=match.pk), by=who)
        for who in (noor, ada)
    ]
    at_once(deeds)
    match.refresh_from_db()
    assert match.state == Match.State.INTRODUCED
    assert Event.objects.about(match).filter(verb="match.introduce").count() == 1


def test_twenty_identical_requests_are_one_move_and_one_set_of_mails(match, cleo):
    token = Token.of("one-request", [("reason", "no_fit")])
    deeds = [
        lambda: matches.approve(Match.objects.get(pk=match.pk), by=cleo, token=token)
        for _n in range(20)
    ]
    at_once(deeds)
    assert Event.objects.filter(verb="match.approve").count() == 1
    assert Notice.objects.filter(event__verb="match.approve").mail().count() == 2


def test_two_agreements_on_one_need_fill_it_once(lunch, noor):
    first, second = (make.match("introduced", need=lunch) for _n in range(2))
    deeds = [
        lambda m=m: matches.agree(
            Match.objects.get(pk=m.pk), by=noor, cents=500_000, chosen_for="fit"
        )
        for m in (first, second)
    ]
    outcomes = at_once(deeds)
    assert sum(isinstance(outcome, Event) for outcome in outcomes) == 1
    lunch.refresh_from_db()
    assert lunch.state == "filled"
    assert Event.objects.about(lunch).filter(verb="listing.close").count() == 1
