"""Whether somebody may still be told: judged again right before the mail leaves."""

from dataclasses import dataclass

from django.apps import apps

from factory.notices.models import Notice


@dataclass(frozen=True)
class Reason:
    """Why a mail does not go: the status it gets, and the words for the delivery log."""

    status: str
    words: str


GONE = Reason(Notice.Status.DROPPED, "the person no longer has an account")
FAILING = Reason(Notice.Status.FAILED, "this address refused an earlier mail")
HIDDEN = Reason(Notice.Status.DROPPED, "the person may no longer see this")


def thing_of(event):
    """What an event is about."""
    return apps.get_model(event.thing_type)._base_manager.get(pk=event.thing_id)


def can_see(person, thing):
    """Whether this person may see the thing now."""
    seen = type(thing)._default_manager.visible_to(person)
    return seen.filter(pk=thing.pk).exists()


def why_not(notice):
    """The reason why this mail may no longer go, or None."""
    person = notice.recipient
    if person is None:
        return None
    if not person.is_active:
        return GONE
    if person.address_fails_since:
        return FAILING
    if notice.must_see and not can_see(person, thing_of(notice.event)):
        return HIDDEN
    return None
