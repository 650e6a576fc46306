"""Many digests ready to leave, and how long a mail that cannot wait takes meanwhile."""

import time
from itertools import count, zip_longest

from factory import clock
from factory.journal.models import Event
from factory.local.process import wait_until
from factory.notices.digests import TEMPLATE
from factory.notices.models import Notice, Urgency
from factory.notices.timing import last_digest, week_of
from partners.models import Person

numbers = count(1)


MAIL = {"channel": Notice.Channel.MAIL, "urgency": Urgency.NEWS, "language": "nl"}


def readers(number):
    """So many people who read their mail."""
    return Person.objects.bulk_create(
        Person(email=f"digest{next(numbers)}@mail.example", name="Digest Reader")
        for _n in range(number)
    )


def queue_lines(pair, people, digests=()):
    """A line for each of these people in the digest of last Friday, which is there already or not yet."""
    told = Event.objects.filter(thing_type="market.match", thing_id=pair.match)
    event = told.filter(verb="match.approve").get()
    friday = last_digest(clock.now())
    return Notice.objects.bulk_create(
        Notice(
            event=event,
            recipient=person,
            address=person.email,
            template="notices/match/approve_buyers_who_agreed",
            digest=digest,
            digest_at=friday,
            **MAIL,
        )
        for person, digest in zip_longest(people, digests)
    )


def queue_digests(pair, number):
    """So many people with a digest that is due now, with one line in it."""
    people, friday = readers(number), last_digest(clock.now())
    digests = Notice.objects.bulk_create(
        Notice(
            recipient=person,
            address=person.email,
            template=TEMPLATE,
            week=week_of(friday),
            next_at=friday,
            **MAIL,
        )
        for person in people
    )
    queue_lines(pair, people, digests)


def delays(town, browser, pair, number):
    """Write so many messages one after the other; seconds from each answer to its mail's arrival."""
    return [delay(town, browser, pair, f"At once {next(numbers)}") for _n in range(number)]


def delay(town, browser, pair, text):
    address = pair.supplier.email
    before = len(town.post.sent_to(address))
    assert browser.post(pair.path, text=text, token=text).status == 302
    answered = time.time()
    assert wait_until(lambda: len(town.post.sent_to(address)) > before, seconds=60, pause=0.02), (
        text
    )
    came = [copy.at for copy in town.post.taken if copy.to == address]
    return max(0, came[before] - answered)
