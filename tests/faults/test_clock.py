"""Two clocks run: each thing is done once. What mail does after a standstill is in test_redis."""

from factory.journal.models import Event
from market.models import Match
from tests import make
from tests.faults.checker import judge


def test_two_clocks_make_what_is_due_once(town, worker):
    match = make.match("approved")
    Match.objects.filter(pk=match.pk).update(lapse_at=match.created_at)
    town.wake("factory.tasks.make_due_moves", times=4)
    town.wake()
    assert town.drained()
    match.refresh_from_db()
    assert match.state == Match.State.LAPSED
    assert Event.objects.about(match).filter(verb="match.lapse").count() == 1
    assert judge(town).clean
