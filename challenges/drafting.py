"""Keeping what colleagues type into an entry: newer than what was sent in, and never over words nobody saw."""

import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from challenges.models import Entry, Submission
from challenges.models.entry import TYPED_IN
from challenges.models.submission import fingerprint, in_writing
from factory import clock
from factory.fields import EuroField

WORDS = ("title", "summary", "plan", "blind")
ONE = (*WORDS, "amount_cents", "own_share")
MANY = ("budget", "partners", "answers")
OURS = re.compile(
    rf"(?:{'|'.join(ONE)}|answer-\d{{1,12}}|partner\d{{1,2}}-(?:name|share)|budget\d{{1,2}}-(?:label|cents))"
)
LONGEST = (
    30_000  # characters of one field that are kept, also of a text that is too long to send in
)


@dataclass(frozen=True)
class Seen:
    """How far a form saw its entry: its last version, or a save by this very page."""

    version: int
    page: str

    @classmethod
    def of(cls, posted):
        """Read from the hidden fields of the form."""
        said = posted.get("seen", "")
        version = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1
        return cls(version, posted.get("page", "")[:32])

    def is_of(self, entry):
        """Whether nobody else wrote in it since."""
        return entry.version == self.version or (bool(self.page) and entry.page == self.page)

    def keep(self, entry, typed, by):
        """Write these words down unless somebody else did meanwhile, or the deadline is over; whether they were."""
        mine = Q(version=self.version)
        if self.page:
            mine |= Q(page=self.page)
        new = {"typed": typed, "version": F("version") + 1, "page": self.page, "saved_by": by}
        rows = Entry.objects.filter(mine, pk=entry.pk, state__in=TYPED_IN)
        try:
            with transaction.atomic():
                return bool(rows.update(saved_at=clock.now(), **new))
        except IntegrityError:  # at the deadline itself, between looking and writing
            return False


def typed_in(posted):
    """The form's own fields as they were typed (a QueryDict)."""
    return {
        name: posted[name][:LONGEST] for name in posted if OURS.fullmatch(name) and posted[name]
    }


def typed_of(entry):
    """What the form begins with: what was typed last, else what was sent in."""
    return entry.typed or sent_of(entry)


def sent_of(entry):
    """What was sent in, as a form would hold it."""
    euros = EuroField().prepare_value
    facts = {name: getattr(entry, name) for name in WORDS}
    facts |= {"amount_cents": euros(entry.amount_cents), "own_share": str(entry.own_share or "")}
    for n, line in enumerate(entry.budget):
        facts |= {f"budget{n}-label": line["label"], f"budget{n}-cents": euros(line["cents"])}
    for n, one in enumerate(entry.partners):
        facts |= {f"partner{n}-name": one["name"], f"partner{n}-share": str(one["share"])}
    facts |= {f"answer-{one['question']}": one["answer"] for one in entry.answers}
    return {name: value for name, value in facts.items() if value}


def differences(form, mine, theirs):
    """``[(label, what the other wrote)]`` for each field in which two versions differ."""
    apart = [name for name in form.fields if mine.get(name) != theirs.get(name)]
    return [(form[name].label, theirs.get(name) or "–") for name in apart]


def fill(entry, facts):
    """Take over what was typed and is right."""
    entry.version += 1
    for name, value in facts.items():
        setattr(entry, name, value)


def clear(entry):
    """Nothing is newer than what is sent in now."""
    entry.typed = {}


def hand_in(entry, *, by, at):
    """Keep the words for good, with their fingerprint; the entry's own receipt is the newest."""
    said = in_writing(contents(entry, entry.attachments.drafted()))
    last = entry.submissions.order_by("-number").first()
    number = (last.number if last else 0) + 1
    made = Submission(entry=entry, number=number, at=at, by=by, said=said, sha256=fingerprint(said))
    made.save(force_insert=True)
    entry.receipt = made.sha256


def contents(entry, attachments=None):
    """Everything that is sent in, ready to be written down; its files by what they hold.

    Without ``attachments`` those that were sent in last.
    """
    attachments = entry.attachments.sent() if attachments is None else attachments
    files = [one.file for one in attachments]
    return {
        "challenge": entry.challenge.slug,
        "number": entry.number,
        **{name: getattr(entry, name) for name in (*ONE, *MANY)},
        "files": [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in files],
    }
