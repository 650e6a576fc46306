"""Notices as lines in a list: one sentence each, in the reader's language, at a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps

from factory.notices.facts import in_bulk
from factory.notices.models import Notice
from factory.notices.words import subject_of, words_about


@dataclass(frozen=True)
class Line:
    """A notice in one sentence. ``url`` is empty if the person may not see the thing any more."""

    notice: Notice
    words: str
    url: str
    topic: str


def lines(notices, person):
    """The :class:`Line` of each of this person's notices, in the same order."""
    notices = list(notices)
    things, seen = _things(notices, person)
    return [_line(notice, person, things, seen) for notice in notices]


def _line(notice, person, things, seen):
    notice.recipient = person
    key = notice.event.thing_type, notice.event.thing_id
    thing = things[key]
    said = subject_of(notice.template, words_about(notice, thing))
    url = thing.get_absolute_url() if key in seen else ""
    return Line(notice, said, url, thing._meta.verbose_name_plural)


def _things(notices, person):
    """``{(type, key): thing}``, and which of them the person may see now."""
    asked = defaultdict(set)
    for notice in notices:
        asked[notice.event.thing_type].add(notice.event.thing_id)
    things, seen = {}, set()
    for label, keys in asked.items():
        model = apps.get_model(label)
        things |= {(label, key): thing for key, thing in in_bulk(model, keys).items()}
        visible = model._default_manager.visible_to(person).filter(pk__in=keys)
        seen |= {(label, key) for key in visible.values_list("pk", flat=True)}
    return things, seen
