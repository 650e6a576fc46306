"""The mail server goes away or says no in the middle of a batch; the worker goes on with the rest."""

from factory.local.process import wait_until
from factory.notices.outbox import post
from tests.faults.checker import judge

SLOW = 8  # seconds; a sender waits for 35 before it tries again
TRIED = "SELECT count(*) FROM notices_notice WHERE status = 'waiting' AND answer <> ''"


def queue(number, name="batch"):
    for n in range(number):
        post(f"{name}{n}@mail.example", "Your code", f"Code {n}")


def test_mail_waits_while_the_server_is_away_and_leaves_when_it_is_back(town, worker):
    town.post.close()
    queue(5)
    town.wake()
    assert wait_until(lambda: town.ask(TRIED)[0][0] > 0, seconds=30)
    town.post.open()
    assert town.settled()
    verdict = judge(town)
    assert verdict.clean, verdict
    assert verdict.extra == 0


def test_a_server_that_hangs_up_in_the_middle_gets_the_rest_over_a_new_connection(town, worker):
    queue(6)
    town.post.answers += ["250 Taken", "421 Going away", "250 Taken", "451 Greylisted"]
    town.wake()
    assert wait_until(lambda: len(town.post.taken) == 4, seconds=30)
    assert wait_until(lambda: town.ask(TRIED) == [(2,)], seconds=5)
    assert town.settled()
    verdict = judge(town)
    assert verdict.clean, verdict
    assert verdict.extra == 0


def test_a_server_that_takes_its_time_over_one_mail_holds_no_other_up(town, worker):
    town.post.slow.append(SLOW)
    queue(6)
    town.wake()
    town.wake()  # two senders
    assert wait_until(lambda: town.waiting() == 1, seconds=SLOW, pause=0.02)
    assert len(town.post.taken) == 5, "nothing was slow: this proves nothing"
    assert not town.post.slow
    assert town.drained()
    assert len(town.post.taken) == 6
    verdict = judge(town)
    assert verdict.clean, verdict
    assert verdict.extra == 0


def test_recipients_that_do_not_exist_hold_nobody_up(town, worker):
    queue(3, "bad")
    queue(5, "good")
    town.post.to |= {f"bad{n}@mail.example": "550 No such person" for n in range(3)}
    town.wake()
    assert town.drained()
    said = town.ask(
        "SELECT address FROM notices_notice WHERE status = 'failed' AND id > %s", [town.since]
    )
    assert {address for (address,) in said} == {f"bad{n}@mail.example" for n in range(3)}
    assert len(town.post.taken) == 5
    assert judge(town).clean
    town.post.to.clear()
    assert len(judge(town).lost) == 3  # who is not refused must not have failed
