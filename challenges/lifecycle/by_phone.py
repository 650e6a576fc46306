"""A problem that is told by phone: a coordinator types it, and whose it is says whether it is right."""

from django.utils.translation import gettext as _

from challenges.house_terms import answer_days
from challenges.lifecycle.bringing import bring, moves, submit
from challenges.models import Challenge
from challenges.rules import brings_it
from factory import clock
from factory.coordination.answers import when_denied
from factory.working_days import after

State = Challenge.State
moves.by_phone(bring, submit)


@moves.by_the_factory(State.DRAFT, to=State.SUBMITTED)
def send_along(challenge, *, by, told_by):
    """What was told by phone is sent in at once, as the deed of who told it."""
    challenge.submitted_by, challenge.submitted_at = told_by, clock.now()


@bring.then
def what_was_told_is_sent_in(challenge, event, **facts):
    if event.on_behalf_of_id and brings_it.test(event.whose, challenge):
        send_along(challenge, on_behalf_of=event.whose, told_by=event.whose)


@when_denied("challenge.bring", "challenge.submit")
def it_is_theirs_to_change(challenge, event):
    """They did not mean this: it is theirs again to fill in."""
    words = _("You say that this is not right. Change what you want, and send it in again.")
    day = after(clock.today(), answer_days())
    moves["ask_for_more"](challenge, by=event.actor, question=words, answer_by=day)
