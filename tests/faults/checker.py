"""The one judge of every fault test: acknowledged requests against rows against mails."""

from collections import defaultdict
from dataclasses import dataclass, field

MAILS = """SELECT id, status, message_id, address, event_id, recipient_id, template
    FROM notices_notice WHERE channel = 'mail' AND next_at IS NOT NULL AND id > %s"""
MESSAGES = "SELECT text, count(*) FROM market_message GROUP BY text"
TORN = """SELECT m.id FROM market_message m WHERE NOT EXISTS (
        SELECT FROM journal_event e WHERE e.verb = 'match.write' AND e.thing_id = m.match_id
        AND (e.details->>'message')::bigint = m.id
        AND EXISTS (SELECT FROM notices_notice n WHERE n.event_id = e.id AND n.channel = 'mail'))"""


@dataclass
class Verdict:
    """What was lost, what was done twice, and what was sent twice."""

    events: int = 0
    lost: list = field(default_factory=list)
    doubled: list = field(default_factory=list)
    extra: int = 0  # copies of a mail beyond the first
    changed: list = field(default_factory=list)  # copies with another Message-ID or other bytes

    @property
    def clean(self):
        return not (self.lost or self.doubled or self.changed)


def judge(town, acknowledged=()):
    """Compare. ``acknowledged``: the texts of messages that were answered with 2xx or 3xx."""
    verdict = Verdict(events=len(acknowledged))
    _requests(town, acknowledged, verdict)
    _mails(town, verdict)
    return verdict


def _requests(town, acknowledged, verdict):
    """Each answered request is there once; each other one is wholly there or not at all."""
    there = dict(town.ask(MESSAGES))
    verdict.lost += [text for text in acknowledged if text not in there]
    verdict.doubled += [text for text, times in there.items() if times > 1]
    verdict.lost += [f"half of message {pk}" for (pk,) in town.ask(TORN)]


def _mails(town, verdict):
    """Each notice that was due has arrived under its own number, and under no other."""
    copies = town.post.copies()
    rows = town.ask(MAILS, [town.since])
    verdict.events += len(rows)
    for pk, status, number, address, *_rest in rows:
        if not (is_right(status, address, town) and (copies[number] or status == "failed")):
            verdict.lost.append(f"notice {pk} is {status}")
    told = defaultdict(set)
    for _pk, _status, number, _address, event, *whom in rows:
        if event:
            told[event, *whom].add(number)
    verdict.doubled += [key for key, numbers in told.items() if len(numbers) > 1]
    verdict.extra = sum(times - 1 for times in copies.values())
    verdict.changed += _changed(town, copies)


def is_right(status, address, town):
    """Sent; or failed, where the server refuses this address for good."""
    refused = town.post.to.get(address, "").startswith("5")
    return status == ("failed" if refused else "sent")


def _changed(town, copies):
    """Numbers that no notice has, and numbers that stand for more than one mail."""
    known = {number for (number,) in town.ask("SELECT message_id FROM notices_notice")}
    bytes_of = defaultdict(set)
    for copy in town.post.taken:
        bytes_of[copy.message_id].add((copy.to, copy.content))
    return [n for n in copies if n not in known or len(bytes_of[n]) > 1]
