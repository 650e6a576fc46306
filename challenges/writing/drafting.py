"""The letters about one decision: one for each entrant, to whom, and what it says."""

from django.utils import timezone, translation
from django.utils.functional import cached_property

from challenges.models import Award, Entry, Instrument, Letter, RuleSet
from challenges.outcome import JUDGED, standing_decision
from challenges.scoring import told_marks
from challenges.terms import last_day
from challenges.writing.wording import Words
from factory import clock, pdf
from factory.journal.models import Event
from factory.knowledge.models import Norm
from partners.models import Membership

Outcome = Letter.Outcome


def term_days(challenge):
    """How many days one may object or go to court: by the rules that the challenge kept when it opened."""
    period = challenge.instrument.period
    if period == Instrument.Period.NONE:
        return 0
    code, kept = f"{period}-days", RuleSet.objects.filter(challenge=challenge.pk).first()
    if kept and code in kept.values:
        return kept.value(code)
    return Norm.objects.value(code, clock.today())


class Batch:
    """What all letters about one decision share, each asked for once."""

    def __init__(self, challenge, numbers=None):
        self.challenge, self.numbers = challenge, numbers

    @property
    def heard(self):
        """The entrants who hear: all that were judged, and those that were excluded before."""
        return self.challenge.entries.filter(state__in=[*JUDGED, Entry.State.EXCLUDED])

    @cached_property
    def days(self):
        return term_days(self.challenge)

    @cached_property
    def entries(self):
        """Those whose letters are written now, by number."""
        beside = self.heard.select_related("organisation__region", "contact", "finding")
        entries = beside.order_by("number")
        return list(entries if self.numbers is None else entries.filter(number__in=self.numbers))

    @cached_property
    def awards(self):
        """{entry's id: award} of what is decided or final, the largest first."""
        awards = self.challenge.awards.filter(state__in=[Award.State.DECIDED, Award.State.FINAL])
        rows = awards.select_related("entry__organisation", "entry__finding")
        return {award.entry_id: award for award in rows.order_by("-cents", "pk")}

    @cached_property
    def earlier(self):
        """{entry's id: when it was told of a decision that does not count any more}, the last time."""
        letters = self.challenge.letters.exclude(decision__ended_at=None)
        return dict(letters.order_by("written_at").values_list("entry", "written_at"))

    @cached_property
    def back(self):
        """The ids of the entries that were excluded before, and came back because that was not right."""
        came = Event.objects.filter(thing_type=Entry.label(), verb="entry.come_back")
        mine = came.filter(thing_id__in=self.challenge.entries.values("pk"))
        return set(mine.values_list("thing_id", flat=True))

    @cached_property
    def marks(self):
        """{entry's id: [(criterion, mark)]} of these entries and of those that get an award."""
        winners = [award.entry for award in self.awards.values()]
        return told_marks(self.challenge, [*self.entries, *winners])

    @cached_property
    def number(self):
        """How many entrants hear, also where one letter alone is written."""
        return len(self.entries) if self.numbers is None else self.heard.count()

    @cached_property
    def members(self):
        """{organisation's id: those who decide there, owners first}."""
        parties = {entry.organisation_id for entry in self.entries}
        rows = Membership.objects.who_decide().filter(
            organisation__in=parties, person__is_active=True
        )
        found = {}
        for row in rows.select_related("person").order_by("pk"):
            found.setdefault(row.organisation_id, []).append(row)
        owner = Membership.Role.OWNER
        return {party: sorted(rows, key=lambda r: r.role != owner) for party, rows in found.items()}

    def recipient_of(self, entry):
        """The contact person while they decide for the organisation, else its first owner."""
        people = [row.person for row in self.members.get(entry.organisation_id, [])]
        here = next((person for person in people if person.pk == entry.contact_id), None)
        return here or next(iter(people), entry.contact)


def who_hears(challenge):
    """The numbers of the entries that get a letter, in order."""
    return Batch(challenge).heard.order_by("number").values_list("number", flat=True)


def addressed(challenge, numbers):
    """The unsaved letters of the decision that counts to these entries: to whom and which outcome, no words yet."""
    decision, now, batch = standing_decision(challenge), clock.now(), Batch(challenge, numbers)
    return [draft(entry, decision, now, batch) for entry in batch.entries]


def drafts(challenge, numbers=None):
    """The unsaved letters of the decision that counts, worded as of now; all, or those of entries by number."""
    with clock.held():
        decision, now, batch = standing_decision(challenge), clock.now(), Batch(challenge, numbers)
        return [worded(draft(entry, decision, now, batch), now, batch) for entry in batch.entries]


def draft(entry, decision, now, batch):
    """One letter that does not say anything yet."""
    award = batch.awards.get(entry.pk)
    return Letter(
        challenge=batch.challenge,
        decision=decision,
        entry=entry,
        recipient=batch.recipient_of(entry),
        outcome=outcome(entry, award, batch.awards),
        cents=award.cents if award else None,
        written_at=now,
    )


def outcome(entry, award, awards):
    """What this entrant is told."""
    if entry.state == Entry.State.EXCLUDED:
        return Outcome.EXCLUDED
    found = getattr(entry, "finding", None)
    if award:
        return Outcome.AWARDED
    return Outcome.RESERVE if awards and found and found.place else Outcome.NOT_AWARDED


def worded(letter, sent_at, batch=None):
    """The letter with its words, its moment and the last day of the term if it arrives today."""
    batch = batch or Batch(letter.challenge)
    letter.sent_at, letter.last_date = sent_at, None
    if batch.days:
        letter.last_date = last_day(timezone.localdate(sent_at), batch.days)
    with translation.override(letter.recipient.language):
        letter.said = Words(letter, batch).paper().said()
    return letter


def paper_of(letter):
    """The letter as it was sent, for the page and for the press."""
    said = dict(letter.said)
    title, parts, above = said.pop("title"), said.pop("parts"), said.pop("above")
    return pdf.Paper(title, parts, above, more=said)
