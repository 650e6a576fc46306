"""The clock stands still, then runs twice: nothing is forgotten and each thing is done once."""

from factory.journal.models import Event
from factory.notices.outbox import post
from market.models import Match
from tests import make
from tests.faults.checker import judge


def test_after_a_standstill_two_clocks_send_each_mail_once(town):
    for n in range(20):
        post(f"clock{n}@mail.example", "Your code", f"Code {n}")
    town.start_worker(children=2)
    assert town.waiting() == 20  # no clock and no hint: it waits, and nothing is lost
    for _n in range(2):
        town.start_beat()
    assert town.drained(60)
    verdict = judge(town)
    assert (verdict.events, verdict.extra) == (20, 0)
    assert verdict.clean, verdict


def test_two_clocks_make_what_is_due_once(town):
    match = make.match("approved")
    Match.objects.filter(pk=match.pk).update(lapse_at=match.created_at)
    town.wake("factory.tasks.make_due_moves", times=4)
    town.start_worker(children=4)
    town.wake()
    assert town.drained()
    match.refresh_from_db()
    assert match.state == Match.State.LAPSED
    assert Event.objects.about(match).filter(verb="match.lapse").count() == 1
    assert judge(town).clean
