"""Asking for more, at most three times, each with a question and a day; one reminder before that day."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from challenges.lifecycle.bringing import moves
from challenges.lifecycle.people import those_who_brought_it
from challenges.models import Challenge, Round
from factory import clock
from factory.moves import STAYS
from factory.notices.telling import asks

State = Challenge.State
BEFORE = timedelta(days=2)


def nearly_due(now):
    """Those whose answer is due within two days, and who were not reminded."""
    soon = timezone.localdate(now) + BEFORE
    waiting = Round.objects.open().filter(
        challenge=OuterRef("pk"), reminded_at=None, answer_by__lte=soon
    )
    return Challenge.objects.filter(Exists(waiting), state=State.MORE).order_by("pk")


@moves.by_the_factory(State.MORE, to=STAYS, due=nearly_due, tells=[asks(those_who_brought_it)])
def remind_to_answer(challenge, *, by):
    """The day on which the answer is due is near."""
    challenge.rounds.open().update(reminded_at=clock.now())
