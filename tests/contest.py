"""A challenge, an entry or an award in any state, made through the moves of those who make them.

What happens before the deadline is replayed, so that the deadline can be over: see ``DAYS``.
"""

from contextlib import contextmanager
from datetime import timedelta

from challenges.lifecycle import (
    announcing,
    bringing,
    deciding,
    ending,
    following,
    judging,
    jury,
    letter,
    opening,
    proposing,
)
from challenges.lifecycle import assessment as assessments
from challenges.lifecycle import contract as contracts
from challenges.lifecycle import entry as entries
from challenges.models import (
    Adoption,
    Assessment,
    Award,
    Challenge,
    Contract,
    Criterion,
    Entry,
    Instrument,
    Juror,
    Score,
)
from factory import clock
from factory.journal.models import Event
from factory.moves import the_factory
from factory.notices.models import Notice
from tests import make
from tests.coaching import coached, start_coaching
from tests.lending import lent_jury
from tests.worlds import kept

BROUGHT, LATER = 40, 10  # days ago: it was put down, and the deadline of one that is closed
OPEN_FOR = BROUGHT - LATER
BEFORE = ["bring", "submit", "shape", "approve", "schedule", "publish"]
AFTER = [*BEFORE, "close", "open_entries"]
SCORED = [*AFTER, "start_scoring"]
AGREED = [*SCORED, "deliberate"]
PROPOSED = [*AGREED, "propose"]
TOLD = [*PROPOSED, "decide", "notify"]
PATHS = {
    "draft": BEFORE[:1],
    "submitted": BEFORE[:2],
    "more": [*BEFORE[:2], "ask_for_more"],
    "declined": [*BEFORE[:2], "turn_down"],
    "redirected": [*BEFORE[:2], "redirect"],
    "to_change": [*BEFORE[:2], "point_to_change"],
    "shaping": BEFORE[:3],
    "approved": BEFORE[:4],
    "scheduled": BEFORE[:5],
    "open": BEFORE,
    "paused": [*BEFORE, "pause"],
    "closed": [*BEFORE, "close"],
    "checking": AFTER,
    "scoring": SCORED,
    "consensus": AGREED,
    "pitching": [*AGREED, "shortlist"],
    "coaching": [*AGREED, "shortlist", "start_coaching"],
    "proposed": PROPOSED,
    "decided": PROPOSED + ["decide"],
    "notified": TOLD,
    "awarded": [*TOLD, "award"],
    "running": [*TOLD, "award", "start_pilot"],
    "finished": [*TOLD, "award", "start_pilot", "finish"],
    "unsuccessful": [*BEFORE, "close", "end_without_entries"],
    "withdrawn": [*BEFORE, "withdraw"],
    "cancelled": [*BEFORE, "close", "cancel"],
}
FACTS = {
    "title": "Rides for who cannot drive",
    "problem": "Residents without a car do not reach the clinic.",
    "sentence": "Three hundred residents miss care because there is no ride.",
    "budget_holder": "Mila Holder",
    "mandate": "Mandate register 2026, row 12",
    "adoption_by": "The municipality, from the budget for transport",
    "who_may_enter": "Social enterprises that are registered in the Netherlands.",
    "envelope_cents": 10_000_000,
}
CRITERIA = [("Impact", 50, "text"), ("Feasibility", 30, "text"), ("Pitch", 20, "pitch")]


class Contest:
    """A challenge with its people, on its way to a state."""

    def __init__(self, state, by, entrants, instrument, criteria, facts):
        self.by = by or make.organisation("Gemeente Molenrade", "municipality")
        self.owner = make._owner(self.by)
        self.colleague = make.member(self.by, "owner", "Colleague Second")
        self.cleo, self.other = make._cleo(), make.coordinator("Chris Second")
        self.entrants, self.entries = entrants, []
        self.instrument, self.criteria, self.facts = instrument, criteria, facts
        if "start_coaching" in PATHS[state]:
            self.facts = coached() | facts
        self.ago = LATER if state in EARLY else BROUGHT
        self.challenge = Challenge(organisation=self.by)
        for name in PATHS[state]:
            getattr(self, name)()
        self.challenge.refresh_from_db()

    @contextmanager
    def on_day(self, day):
        """As if it were so many days after it was brought."""
        with make.days_ago(self.ago - day):
            yield

    def bring(self):
        with self.on_day(0):
            facts = {**FACTS, "region": self.by.region, **self.facts}
            facts.setdefault("instrument", Instrument.objects.filter(slug=self.instrument).first())
            facts.setdefault("deadline_at", clock.now() + timedelta(days=OPEN_FOR))
            facts.setdefault("adoption_due_date", clock.today() + timedelta(days=400))
            facts.setdefault("deputy", self.colleague)
            bringing.bring(self.challenge, by=self.owner, **facts)
            for position, (title, weight, at) in enumerate(self.criteria):
                Criterion.objects.create(
                    challenge=self.challenge,
                    title=title,
                    weight=weight,
                    scored_at=at,
                    position=position,
                )

    def submit(self):
        with self.on_day(0.1):
            bringing.submit(self.challenge, by=self.owner)

    def ask_for_more(self):
        day = clock.today() + timedelta(days=14)
        bringing.ask_for_more(
            self.challenge, by=self.cleo, question="What does it cost now?", answer_by=day
        )

    def turn_down(self):
        bringing.turn_down(self.challenge, by=self.cleo, reason="Nobody would run it.")

    def redirect(self):
        bringing.redirect(self.challenge, by=self.cleo, reason="It is an order.")

    def point_to_change(self):
        bringing.point_to_change(
            self.challenge, by=self.cleo, reason="You can change it yourselves."
        )

    def shape(self):
        with self.on_day(0.2):
            bringing.shape(self.challenge, by=self.cleo)

    def approve(self):
        with self.on_day(0.3):
            facts = {"approver": "Mila Holder", "approved_date": clock.today()}
            facts["approval_number"] = "2026-114"
            bringing.approve(self.challenge, by=self.cleo, **facts)

    def schedule(self):
        with self.on_day(0.4):
            at = clock.now() + timedelta(hours=2)
            if self.challenge.deadline_at <= at:
                at = self.challenge.deadline_at - timedelta(seconds=1)
            opening.schedule(self.challenge, by=self.cleo, publish_at=at)

    def publish(self):
        with self.on_day(1):
            opening.publish(self.challenge)
        for number, by in enumerate(self.entrants):
            self.enter(by, 2 + number / 24)

    def enter(self, by, day):
        with self.on_day(day):
            self.entries.append(entry(self.challenge, by))

    def pause(self):
        opening.pause(self.challenge, by=self.cleo)

    def close(self):
        with self.on_day(OPEN_FOR + 0.1):
            opening.close(self.challenge)

    def open_entries(self):
        opening.ask_to_open(self.challenge, by=self.cleo)
        opening.open_entries(self.challenge, by=self.other)

    def start_scoring(self):
        if not self.entries:
            raise ValueError("a challenge that is scored has entrants")
        for one in self.entries:
            entries.admit(one, by=self.cleo)
        with lent_jury(self.challenge):
            judging.start_scoring(self.challenge, by=self.cleo)

    def score(self):
        """Every juror there is declares to be free of a conflict, scores everything and locks it."""
        if not self.challenge.jury.seated().exists():
            juror(self.challenge, "Judith Juror")
        for seat in self.challenge.jury.all():
            declare(self.challenge, seat)
        if self.challenge.jury.exists():
            jury.assign(self.challenge, by=self.cleo, each=self.challenge.jury.count())
        for assessment in self.challenge.assessments.all():
            scored(assessment)

    def deliberate(self):
        self.score()
        judging.deliberate(self.challenge, by=self.cleo)

    def shortlist(self):
        judging.shortlist(self.challenge, by=self.cleo, entries=self.entries)

    def start_coaching(self):
        start_coaching(self.challenge, self.cleo)

    def propose(self):
        awards = [(self.entries[0], self.challenge.envelope_cents // 2)]
        said = {"report": "The jury read everything twice.", "findings": findings(self.entries)}
        proposing.propose(self.challenge, by=self.cleo, awards=awards, **said)

    def decide(self):
        mine = self.colleague.memberships.filter(organisation=self.by)
        mine.update(mandate_cents=self.challenge.envelope_cents)
        deciding.decide(self.challenge, by=self.colleague)

    def notify(self):
        announcing.notify(self.challenge, by=self.cleo)

    def award(self):
        arrive(self.challenge)
        yesterday = clock.today() - timedelta(days=1)
        Challenge.objects.filter(pk=self.challenge.pk).update(term_ends_date=yesterday)
        announcing.award(self.challenge)

    def start_pilot(self):
        award = self.challenge.awards.get(state="final")
        self.contract = contract(award, by=self.owner, state="signed")
        self.challenge.refresh_from_db()

    def finish(self):
        contracts.end_early(self.contract, by=self.owner, reason="It was done sooner.")
        if promised := Adoption.objects.filter(challenge=self.challenge).first():
            following.decide(promised, by=self.owner, choice="adopt", reason="It works.")
        self.challenge.refresh_from_db()

    def end_without_entries(self):
        ending.end_without_entries(self.challenge, by=self.cleo, reason="Nobody entered.")

    def withdraw(self):
        ending.withdraw(self.challenge, by=self.owner, reason="The money went elsewhere.")

    def cancel(self):
        ending.cancel(self.challenge, by=self.owner, reason="The council decided otherwise.")


def arrive(challenge):
    """The mail server took every letter, and the term begins."""
    letters = list(challenge.letters.current())
    keys = [one.pk for one in letters]
    events = Event.objects.filter(thing_type="challenges.letter", thing_id__in=keys)
    # By their keys: of tables that were filled a moment ago PostgreSQL knows too little to join well.
    mails = Notice.objects.mail().filter(event__in=list(events))
    mails.update(status="sent", sent_at=clock.now())
    for one in letters:
        letter.go_out(one)
    announcing.begin_term(challenge)
    challenge.refresh_from_db()


def findings(entries):
    """What a jury wrote of each."""
    said = ("Close to the people.", "Who pays afterwards is open.", "It fits the question.")
    return dict.fromkeys(entries, said)


EARLY = {
    "draft", "submitted", "more", "declined", "redirected", "to_change", "shaping", "approved", "scheduled", "open",
    "paused", "withdrawn",
}  # fmt: skip


@kept
def contest(state="open", by=None, entrants=(), instrument="subsidy", criteria=CRITERIA, **facts):
    """A challenge in ``state`` with its people: ``.challenge``, ``.owner``, ``.colleague``, ``.cleo``, ``.other``,
    ``.entries`` (one for each of ``entrants``, organisations; those judged have one at least).
    """
    if not entrants and state not in EARLY | {"closed", "unsuccessful", "cancelled", "checking"}:
        entrants = [make.organisation()]
    return Contest(state, by, entrants, instrument, criteria, facts)


def challenge(state="open", **facts):
    """A challenge in a state."""
    return contest(state, **facts).challenge


def entry(challenge, by=None, state="submitted", **facts):
    """An entry for an open challenge: ``draft``, ``submitted`` or ``withdrawn``."""
    by = by or make.organisation()
    facts = {
        "title": f"Ride along with {by}",
        "summary": "Volunteers drive, people learn to plan.",
        "plan": "In a year we drive three thousand rides.",
        "amount_cents": min(5_000_000, challenge.envelope_cents),
    } | facts
    if challenge.disclosure == "anonymous":
        facts = {"blind": "Volunteers drive, without saying who we are."} | facts
        facts["title"] = facts["title"].replace(str(by), "us")
    made = Entry(challenge=challenge, organisation=by)
    entries.start(made, by=make._owner(by), **facts)
    if state != "draft":
        entries.submit(made, by=make._owner(by))
    if state == "withdrawn":
        entries.withdraw(made, by=make._owner(by))
    return Entry.objects.get(pk=made.pk)


def contract(award, by, state="draft"):
    """The contract of an award that stands: half at the start, half at the end."""
    made, today = Contract(award=award, challenge=award.challenge), clock.today()
    days = {"starts_date": today, "ends_date": today + timedelta(days=200)}
    contracts.draw_up(made, by=by, **days)
    half = award.cents // 2
    for title, cents in (("Start", half), ("End", award.cents - half)):
        contracts.add_milestone(made, by=by, title=title, due_date=today, cents=cents)
    contracts.add_indicator(made, by=by, title="Rides", unit="rides", baseline=0, target=3000)
    if state == "signed":
        contracts.sign(made, by=by, signed_date=today)
    return made


def juror(challenge, name="Eva Juror", chairs=False, **facts):
    """Somebody on the jury."""
    person = make.person(name)
    seat = {"challenge": challenge, "person": person, "chairs": chairs, "said_yes_at": clock.now()}
    return Juror.objects.create(**seat, **facts)


def declare(challenge, seat, conflicts=()):
    """A juror declares about every entry: a conflict with ``conflicts``, none with the others."""
    entries = list(challenge.entries.to_judge())
    said = dict.fromkeys(conflicts, "We worked together.")
    jury.declare(challenge, by=seat.person, juror=seat, entries=entries, conflicts=said)


def assessment(entry, seat, state="open", points=7):
    """A juror's assessment of an entry that the jury scores, with the same mark everywhere; or ``void``."""
    if not seat.interests.filter(entry=entry).exists():
        declare(entry.challenge, seat)
    jury.assign(entry.challenge, by=make._cleo(), juror=seat, entry=entry)
    made = Assessment.objects.standing().get(juror=seat, entry=entry)
    if state == "locked":
        scored(made, points)
    if state == "void":
        assessments.release(made, by=make._cleo(), reason="Too much work.")
    return Assessment.objects.get(pk=made.pk)


def scored(assessment, points=7, lock=True):
    """The same mark for everything, and locked."""
    for criterion, _score in assessment.criteria():
        facts = {"points": points, "motivation": "Well thought out."}
        Score.objects.update_or_create(assessment=assessment, criterion=criterion, defaults=facts)
    if lock:
        assessments.lock(assessment, by=assessment.juror.person)
    return assessment


@kept
def award(state="proposed", cents=5_000_000, **facts):
    """An award in a state."""
    states = {"proposed": "proposed", "decided": "decided", "final": "awarded"}
    made = contest(states[state], **facts)
    return Award.objects.get(challenge=made.challenge)


__all__ = [
    "assessment",
    "award",
    "challenge",
    "contest",
    "declare",
    "entry",
    "juror",
    "scored",
    "start_coaching",
    "the_factory",
]
