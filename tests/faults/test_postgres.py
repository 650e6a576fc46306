"""PostgreSQL crashes under traffic: what was answered is there, the rest is whole or absent."""

import time
from threading import Event, Thread

from tests.faults.checker import judge
from tests.faults.people import Browser

CRASHES = 2
WITHIN = 15  # seconds in which everything must work again


class Traffic:
    """People who keep writing until told to stop. ``acknowledged``: what they were told is done."""

    def __init__(self, port, pairs, pause=0.05):
        self.acknowledged, self.refused, self.pause = [], [], pause
        self.over = Event()
        browsers = [(Browser(port, pair.buyer), pair) for pair in pairs]
        self.threads = [Thread(target=self._write, args=found) for found in browsers]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        for thread in self.threads:
            thread.join(60)

    def _write(self, browser, pair):
        number = 0
        while not self.over.wait(self.pause):
            number += 1
            text = f"Message {number} in {pair.match}"
            answer = browser.post(pair.path, text=text, token=f"{pair.match}-{number}")
            (self.acknowledged if answer.status == 302 else self.refused).append(
                text if answer.status == 302 else answer.status
            )


def test_a_crash_of_postgresql_loses_nothing_that_was_acknowledged(town, worker, web, pair):
    with Traffic(web, [pair]) as traffic:
        for _n in range(CRASHES):
            before = len(traffic.acknowledged)
            time.sleep(1.5)
            assert len(traffic.acknowledged) > before
            town.restart_postgres()
        begin, before = time.monotonic(), len(traffic.acknowledged)
        while len(traffic.acknowledged) == before and time.monotonic() < begin + WITHIN:
            time.sleep(0.05)
        assert len(traffic.acknowledged) > before, "nobody was served again in time"
    assert town.settled()
    verdict = judge(town, traffic.acknowledged)
    assert verdict.clean, verdict
    assert verdict.extra <= CRASHES
