"""What entries put on somebody's desk: what is being written, what was sent in, what came of it."""

from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.models import Entry, Letter
from challenges.models.entry import WRITTEN
from challenges.models.states import PHASES, Phase
from factory import clock
from factory.templatetags.words import moment, short_day

SOON = timedelta(days=3)
MOST = 100
# Nothing is asked and nothing comes of it any more: the letter, the mail and the public page say how it ended.
WITHOUT = (Entry.State.NOT_AWARDED, Entry.State.EXCLUDED, Entry.State.DECLINED)
OVER = Q(challenge__state__in=[*PHASES[Phase.ENDED], "finished"])
OVER |= Q(challenge__state__in=PHASES[Phase.AWARDED], state__in=WITHOUT)
SHOWN = [state for state in Entry.State if state not in (Entry.State.WITHDRAWN, Entry.State.UNSENT)]


def desk_queues(person):
    """The entries of this person's organisations, by whose turn it is."""
    now, yours, others = clock.now(), [], []
    if person.roles is None:
        person.remember_roles()
    decides = person.decides_for()
    mine = person.memberships.confirmed().values("organisation")
    rows = Entry.objects.visible_to(person).filter(organisation__in=mine, state__in=SHOWN)
    rows = rows.exclude(OVER)
    rows = rows.annotate(letter=_letter())
    rows = rows.select_related("challenge").order_by("challenge__deadline_at", "pk")[:MOST]
    for entry in rows if getattr(person, "enters", True) else ():
        if entry.letter and entry.organisation_id in decides:
            others.append(told(entry))
        one = to_repair(entry, now) or item(entry, now, is_to_send_in(entry, now))
        (yours if one["action"] else others).append(one)
    return [
        {"title": _("Your entries"), "kind": "yours", "items": yours},
        {"title": _("Entries that others decide about"), "kind": "others", "items": others},
    ]


def _letter():
    """The letter of the decision that counts, while its term is not over."""
    letters = Letter.objects.current().filter(entry=OuterRef("pk"))
    return Subquery(letters.filter(challenge__state="notified").values("pk")[:1])


def told(entry):
    """What the letter says is there to be read."""
    return {
        "title": entry.challenge.title,
        "lang": entry.language,
        "meta": _("The outcome; the term is not over"),
        "url": reverse("challenges:letter", args=[entry.letter]),
        "action": _("Read the letter"),
        "urgent": False,
        "late": False,
    }


def to_repair(entry, now):
    """The line of an entry in which something must be repaired; None if nothing must."""
    if entry.state != Entry.State.REPAIR:
        return None
    day, asked = entry.repair_by_date, _("%(challenge)s, something is missing")
    if day:
        asked = _("%(challenge)s, something is missing, until %(day)s")
    return {
        "title": str(entry),
        "lang": entry.language,
        "meta": asked % {"challenge": entry.challenge.title, "day": short_day(day) if day else ""},
        "url": entry.get_absolute_url(),
        "action": _("Repair your entry"),
        "urgent": True,
        "late": bool(day) and day < timezone.localdate(now),
    }


def is_to_send_in(entry, now):
    """Whether something was written that counts only once it is sent in."""
    is_open = entry.challenge.state == "open" and now <= entry.challenge.deadline_at
    return is_open and (entry.state == Entry.State.DRAFT or entry.has_newer_words)


def item(entry, now, waits):
    """One line of the desk."""
    open_until = _("%(challenge)s, until %(moment)s") % {
        "challenge": entry.challenge.title,
        "moment": moment(entry.challenge.deadline_at),
    }
    is_written = entry.state in WRITTEN and now <= entry.challenge.deadline_at
    return {
        "title": str(entry),
        "lang": entry.language,
        "meta": open_until
        if is_written
        else f"{entry.challenge.title}, {entry.get_state_display()}",
        "url": entry.get_absolute_url(),
        "action": _("Write and send in") if waits else "",
        "urgent": waits and entry.challenge.deadline_at - now < SOON,
        "late": False,
    }
