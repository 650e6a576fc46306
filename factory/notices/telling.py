"""Who hears of a move, how urgently, and what they may answer from the mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from factory import clock
from factory.contributions import gather
from factory.notices.models import Notice, Urgency
from factory.notices.models.notice import AWAY
from factory.notices.sight import can_see
from factory.notices.timing import mail_at
from factory.notices.waking import hint

LONG_AGO = timedelta(days=60)


@dataclass(frozen=True)
class Tell:
    """``who(thing)`` gives the people; ``answers`` are names of moves they may make from the mail."""

    who: Callable
    urgency: str = Urgency.NEWS
    answers: tuple = ()

    def template(self, move):
        """The words: ``notices/<model>/<move>_<who>``, such as ``notices/match/approve_suppliers``."""
        return f"notices/{move.model._meta.model_name}/{move.name}_{self.who.__name__}"


def asks(who, *answers):
    """These people must answer; their clock runs."""
    return Tell(who, Urgency.ASK, answers)


def warns(who, *answers):
    """These people must know now: a date or a term depends on it."""
    return Tell(who, Urgency.CLOCK, answers)


def informs(who):
    """These people will want to know."""
    return Tell(who)


def tell(move, thing, event, waits=False):
    """Write the notices of ``event``, in its transaction, for everybody but the one who acted.

    ``waits``: what happens now can be taken back for a while; its notices show and leave after that.

    What is replayed from long ago is told to nobody: who opens an inbox does not read that far back.
    """
    if event.replayed and event.at < timezone.now() - LONG_AGO:
        return []
    held = clock.now() + timedelta(seconds=settings.TAKE_BACK_SECONDS if waits else 0)
    notices = [
        notice
        for part in move.tells
        for person in _audience(part, thing, event)
        for notice in _by_each_way(part, move, thing, event, person, held)
    ]
    if any(notice.next_at and not event.replayed for notice in notices):
        transaction.on_commit(hint, robust=True)
    return Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _audience(part, thing, event):
    """Everybody but the one who acted; who set off a move of the machine hears only what has a date."""
    told = {event.actor_id}
    if part.urgency != Urgency.CLOCK:
        told.add(event.on_behalf_of_id)
    for person in part.who(thing):
        if person.pk not in told and person.is_active:
            told.add(person.pk)
            yield person


def _by_each_way(part, move, thing, event, person, held):
    facts = _facts(part, move, event, person)
    yield _in_the_inbox(event, held, facts)
    when = mail_at(person, part.urgency, thing.label(), held)
    if when is None:
        return
    facts["address"] = person.email
    if event.replayed:
        yield Notice(channel=Notice.Channel.MAIL, status=Notice.Status.DROPPED, **facts, **when)
    elif stand_in := _stand_in(person, thing, event, _able(part, move, thing)):
        away = {"status": Notice.Status.DROPPED, "answer": f"{AWAY}{stand_in.email}"}
        yield Notice(channel=Notice.Channel.MAIL, **away, **facts, **when)
        facts = _facts(part, move, event, stand_in) | {"instead_of": person}
        yield _in_the_inbox(event, held, facts)
        facts["address"] = stand_in.email
        when = mail_at(stand_in, part.urgency, thing.label(), held) or when
        yield _by_mail(stand_in, thing, facts, when)
    else:
        yield _by_mail(person, thing, facts, when)


def _facts(part, move, event, person):
    return {
        "event": event,
        "created_at": event.at,
        "recipient": person,
        "template": part.template(move),
        "urgency": part.urgency,
        "answers": list(part.answers),
        "language": person.language,
    }


def _in_the_inbox(event, held, facts):
    return Notice(
        channel=Notice.Channel.INBOX,
        status=Notice.Status.SENT,
        shown_at=held,
        read_at=held if event.replayed else None,
        **facts,
    )


def _by_mail(person, thing, facts, when):
    must_see = can_see(person, thing)
    return Notice(channel=Notice.Channel.MAIL, must_see=must_see, **facts, **when)


def _stand_in(person, thing, event, able):
    """Who gets the mail while this person is away, unless it was they who acted."""
    found = (ask(person, thing, able) for ask in gather("stand_in_for"))
    stand_in = next((somebody for somebody in found if somebody), None)
    return stand_in if stand_in and stand_in.pk != event.actor_id else None


def _able(part, move, thing):
    """Whether somebody may give one of the answers that are asked; anybody, where none is."""
    asked = [move.lifecycle[name].may for name in part.answers if name in move.lifecycle]
    return lambda somebody: not asked or any(may.test(somebody, thing) for may in asked)
