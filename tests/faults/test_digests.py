"""A crowd of digests is being sent when something that cannot wait comes: it does not queue behind them."""

from factory.local.process import wait_until
from tests.faults.crowd import delays, queue_digests
from tests.faults.people import Browser

CROWD = 250
AT_ONCE = 10  # seconds from the answer to the mail server's 250


def test_a_crowd_of_digests_does_not_hold_up_what_cannot_wait(town, worker, web, pair):
    browser = Browser(web, pair.buyer)
    queue_digests(pair, CROWD)
    town.wake()
    assert wait_until(lambda: len(town.post.taken) > 3, seconds=30)
    took = delays(town, browser, pair, 3)
    assert max(took) < AT_ONCE
    assert town.waiting() > CROWD / 10, "the digests were gone before: this proves nothing"
