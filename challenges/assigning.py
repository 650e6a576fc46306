"""Who reads what: every entry by so many jurors, conflicts kept apart, the work shared out evenly.

Nothing here knows of a database: entries and jurors are any hashable keys.
"""

from collections import defaultdict


def plan(entries, jurors, each, closed=(), fits=(), standing=(), done=()):
    """What to add, as a list of (juror, entry), so that every entry has ``each`` jurors if so many can.

    ``closed``: pairs (juror, entry) that may not be; ``fits``: pairs in which the juror knows the subject;
    ``standing``: pairs that are there already and stay; ``done``: of jurors who left, what they had read counts.
    Evenly: nobody gets an entry who could give one away
    to somebody with two fewer, straight or by way of others.
    """
    return Plan(entries, jurors, each, closed, fits, standing, done).made()


class Plan:
    """The assignment while it is made: ``readers`` of each entry, ``load`` of each juror."""

    def __init__(self, entries, jurors, each, closed, fits, standing, done=()):
        self.entries, self.jurors, self.each = list(entries), list(jurors), each
        self.closed, self.fits = set(closed), set(fits)
        self.standing = {pair for pair in standing if pair[0] in set(self.jurors)}
        self.readers, self.held = defaultdict(set), defaultdict(list)
        self.load = dict.fromkeys(self.jurors, 0)
        self.done = set(done)
        for juror, entry in self.done:
            self.readers[entry].add(juror)
        for juror, entry in self.standing:
            self._give(juror, entry)

    def made(self):
        order = {juror: place for place, juror in enumerate(self.jurors)}
        for entry in sorted(self.entries, key=self._choice):
            for _turn in range(self.each - len(self.readers[entry])):
                free = [juror for juror in self.jurors if self._may(juror, entry)]
                if not free:
                    break
                best = min(
                    free, key=lambda j: (self.load[j], (j, entry) not in self.fits, order[j])
                )
                self._give(best, entry)
        while self._evened():
            pass
        asked = set(self.entries)
        given = [(j, e) for e in self.entries for j in self.readers[e] if e in asked]
        return [pair for pair in given if pair not in self.standing | self.done]

    def _choice(self, entry):
        """Entries that few can read come first."""
        return sum((juror, entry) not in self.closed for juror in self.jurors)

    def _may(self, juror, entry):
        return (juror, entry) not in self.closed and juror not in self.readers[entry]

    def _give(self, juror, entry):
        self.readers[entry].add(juror)
        self.held[juror].append(entry)
        self.load[juror] += 1

    def _take(self, juror, entry):
        self.readers[entry].discard(juror)
        self.held[juror].remove(entry)
        self.load[juror] -= 1

    def _evened(self):
        """Move one entry, or one along a chain, from who has most to who has two fewer; False if none can."""
        for start in sorted(self.jurors, key=self.load.get, reverse=True):
            if chain := self._chain(start):
                for giver, entry, taker in chain:
                    self._take(giver, entry)
                    self._give(taker, entry)
                return True
        return False

    def _chain(self, start):
        """The shortest chain of (giver, entry, taker) that ends at somebody with two fewer than ``start``."""
        came, line = {start: None}, [start]
        for giver in line:
            for taker in self.jurors:
                if taker in came or not (entry := self._gift(giver, taker)):
                    continue
                came[taker] = (giver, *entry, taker)
                if self.load[taker] <= self.load[start] - 2:
                    return self._back(came, taker)
                line.append(taker)
        return []

    def _gift(self, giver, taker):
        """An entry that may pass from one to the other, as a tuple of one; empty if none may."""
        pairs = [
            e for e in self.held[giver] if (giver, e) not in self.standing and self._may(taker, e)
        ]
        if not pairs:
            return ()
        return (min(pairs, key=lambda e: ((taker, e) not in self.fits, (giver, e) in self.fits)),)

    @staticmethod
    def _back(came, end):
        chain = []
        while came[end]:
            chain.append(came[end])
            end = came[end][0]
        return chain
