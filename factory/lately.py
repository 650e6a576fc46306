"""What was worked out a moment ago, kept in the process for as long as a reader does not notice."""

import threading
import time


class Lately:
    """At most ``most`` answers, each for ``seconds``; the oldest go first."""

    def __init__(self, seconds, most):
        self.seconds, self.most, self.kept = seconds, most, {}
        self.lock = threading.Lock()

    def get(self, key):
        """The answer, or None if there is none or it is too old."""
        until, answer = self.kept.get(key, (0, None))
        return answer if time.monotonic() < until else None

    def keep(self, key, answer):
        """Remember it from now on."""
        with self.lock:
            self.kept.pop(key, None)
            self.kept[key] = (time.monotonic() + self.seconds, answer)
            while len(self.kept) > self.most:
                self.kept.pop(next(iter(self.kept)), None)

    def forget(self):
        """Start anew."""
        self.kept.clear()
