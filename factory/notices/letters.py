"""From a notice to a mail: subject, text and HTML from the same words, and the bytes that go out."""

from itertools import groupby
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from factory.context import coordinator_for
from factory.moves.registry import moves_of
from factory.notices import links
from factory.notices.envelopes import envelope
from factory.notices.facts import facts
from factory.notices.lines import lines
from factory.notices.models import Notice, Urgency
from factory.notices.models.preference import DIGEST
from factory.notices.sight import can_see, thing_of
from factory.notices.words import page, subject_of, words_about
from factory.texts import button


def write(notice):
    """``(message_id, subject, text, raw)`` of a mail; None if nothing is left to tell."""
    with translation.override(notice.language):
        words = _common(notice) | _own(notice)
        if notice.is_digest and not words["groups"]:
            return None
        words["subject"] = subject = notice.subject or subject_of(notice.template, words)
        text = page(notice.template, "mail.txt", words)
        html = page(notice.template, "mail.html", words, escaped=True)
        message_id = notice.message_id or f"<{uuid4().hex}@{settings.MAIL_DOMAIN}>"
        raw = envelope(notice, message_id, subject, text, html, words)
    return message_id, subject, text, raw


def _common(notice):
    person = notice.recipient
    topic = DIGEST if notice.is_digest else notice.event_id and notice.event.thing_type
    stoppable = topic and notice.urgency != Urgency.CLOCK
    return {
        "notice": notice,
        "person": person,
        "first_name": person.get_short_name() if person else "",
        "coordinator": coordinator_for(person),
        "language": notice.language,
        "site_url": settings.SITE_URL,
        "home_url": settings.SITE_URL + reverse("home"),
        "preferences_url": settings.SITE_URL + reverse("preferences"),
        "unsubscribe_url": links.unsubscribe_url(person.pk, topic) if stoppable else "",
    }


def _own(notice):
    """What only this kind of notice has to say."""
    if notice.is_of_an_account:
        return {}
    return {"groups": _groups(notice)} if notice.is_digest else _of_event(notice)


def _of_event(notice):
    thing = thing_of(notice.event)
    seen = can_see(notice.recipient, thing)
    words = words_about(notice, thing)
    return {
        **words,
        "url": settings.SITE_URL + thing.get_absolute_url() if seen else "",
        "answers": _answers(notice, thing, words),
    }


def _answers(notice, thing, words):
    """The buttons: what this notice asks for, on its own thing or on another, and is still open to this person."""
    asked = [(thing, name, words) for name in notice.answers]
    for other, name in words.get("also", {}).get(notice.template, ()):
        asked.append((other, name, facts(other, notice.recipient)))
    return [
        {"label": label, "url": links.answer_url(notice, other, name)}
        for other, name, told in asked
        if (label := _label(other, name, told.get("buttons", {})))
        and moves_of(other)[name].open_to(notice.recipient, other)
    ]


def _label(thing, name, buttons):
    """What a button says: the words of ``buttons``, else the move's own; "" where it has no place now."""
    return buttons[name] if name in buttons else button(moves_of(thing)[name])


def _groups(digest):
    """The lines of a digest by what they are about, without what the person may no longer see."""
    told = Notice.objects.of_digest(digest)
    shown = [line for line in lines(told, digest.recipient) if line.url or not line.notice.must_see]
    return [
        {"name": name, "lines": list(found)}
        for name, found in groupby(sorted(shown, key=_topic), key=_topic)
    ]


def _topic(line):
    return str(line.topic)
