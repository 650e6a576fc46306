"""How a challenge of the demo is followed, entered, judged and carried out."""

from itertools import islice

from challenges.demo.bringing import Brought
from challenges.demo.entering import draw, parts
from challenges.lifecycle import (
    announcing,
    calling,
    coaching,
    deciding,
    ending,
    exploring,
    judging,
    jury,
    opening,
    proposing,
    questions,
)
from challenges.lifecycle import assessment as assessments
from challenges.lifecycle import entry as entries
from challenges.models import Entry, Follower, Question, Score
from factory import clock

FEWEST, MOST = 4, 30  # followers
STRONG, WEAK = (
    "Het plan begint bij de mensen om wie het gaat.",
    "Wie betaalt na de proef, kan scherper.",
)
NOT_CHOSEN = "Een goed plan, dat minder punten kreeg dan de plannen die zijn gekozen."
REPORT = "De jury las elk plan twee keer, sprak de finalisten twintig minuten en was het eens."
MOTIVATIONS = (
    "Duidelijk voor wie dit is, en waarom het werkt.",
    "De planning is krap. De mensen zijn er wel.",
    "Goed onderbouwd met cijfers uit de wijk.",
    "Ik mis nog wie het na de proef overneemt.",
)
FINALISTS = 3
COACHES = [
    ("Marieke Postma", "marieke@wijkondernemers.example"),
    ("Joost de Haan", "joost@wijkondernemers.example"),
    ("Aicha Benali", "aicha@wijkondernemers.example"),
]
MINUTES = (180, 90, 45)
ABOUT = "Wie betaalt het tweede jaar?"
CHANGED = "Na de coaching: in het tweede jaar betalen de winkels de helft, per opgehaalde krat."
INVITED, LATELY = 3, 45  # organisations; days since it was put down
A_DRAFT = {"nl": "Nog zonder titel", "en": "Untitled so far"}


class Judged(Brought):
    """One challenge of the demo from the day it opens on."""

    def __init__(self, *said):
        super().__init__(*said)
        day = self.dates["publish_at"].date()
        self.entrants = self.parties.who_enters(self.row, day, self.by)
        self.entries, self.amounts = [], {}
        apart = {one.pk for one in self.entrants}
        others = [one for one in self.parties.known(day) if one.pk not in apart]
        self.partner = others[0] if others else None

    def follow(self):
        """Some people follow it; the jury is named."""
        everybody = [people[0] for people in self.parties.people.values()]
        chosen = self.by.sample(everybody, self.by.randrange(FEWEST, MOST))
        since = {"challenge": self.challenge, "since": clock.now()}
        Follower.objects.bulk_create(Follower(person=person, **since) for person in chosen)
        entering = [*self.entrants, self.partner] if self.partner else self.entrants
        self.parties.who_judges(self.challenge, entering, self.row["jurors"], self.by)

    def invite(self):
        """A coordinator invites some who work on the same; nobody lately, so that all have room for others."""
        if self.row["ago"] < LATELY:
            return
        known = self.parties.known(self.dates["publish_at"].date())
        about_it = self.parties.who_work_on(self.challenge.themes.all(), known)
        able = (one for one in about_it if not list(calling.hinders(self.challenge, one)))
        for organisation in islice(able, INVITED):
            said = {"by": self.coordinator, "organisation": organisation}
            calling.invite_partner(self.challenge, **said)

    def question(self):
        """What was asked, and for the most part answered."""
        for text, answer in self.row.get("questions", []):
            made = self.asked(text)
            questions.reply(made, by=self.owner, answer=answer)
        for text in self.row.get("asked", []):
            self.asked(text)

    def asked(self, text):
        made = Question(challenge=self.challenge)
        somebody = self.by.choice(self.parties.known(self.dates["publish_at"].date()))
        asker = self.parties.deciders(somebody)[0]
        questions.ask(made, by=asker, text=text)
        return made

    def enter(self):
        """Plans that were sent in, and some that are still being written."""
        plans = self.row["plans"]
        for number, entrant in enumerate(self.entrants[: len(plans)]):
            title, summary, euros, _why = plans[number]
            cents = (euros or self.row["envelope"] // 2) * 100
            facts = parts(self.challenge, self.language, number, cents, self.partner)
            facts |= {"title": title, "summary": summary, "amount_cents": cents}
            made = self.started(entrant, **facts)
            if number == 0:
                draw(made, self.by)
            entries.submit(made, by=self.parties.deciders(entrant)[0])
            self.entries.append(made)
        for entrant in self.entrants[len(plans) :]:
            self.started(entrant, title=A_DRAFT[self.language])

    def started(self, entrant, **facts):
        made = Entry(challenge=self.challenge, organisation=entrant)
        entries.start(made, by=self.parties.deciders(entrant)[0], **facts)
        return made

    def close(self):
        opening.close(self.challenge)

    def cancel(self):
        ending.cancel(self.challenge, by=self.owner, reason=self.row["reason"])

    def end_without_entries(self):
        reason = self.row["reason"]
        ending.end_without_entries(self.challenge, by=self.coordinator, reason=reason)

    def open_entries(self):
        opening.ask_to_open(self.challenge, by=self.coordinator)
        opening.open_entries(self.challenge, by=self.other)

    def start_scoring(self):
        for made in self.entries:
            entries.admit(made, by=self.coordinator)
        judging.start_scoring(self.challenge, by=self.coordinator)

    def declare(self):
        """Nobody has an interest; every juror reads everything, and the chair is done first."""
        made, seats = list(self.challenge.entries.to_judge()), self.challenge.jury.all()
        for seat in seats:
            said = {"juror": seat, "entries": made, "conflicts": {}}
            jury.declare(self.challenge, by=seat.person, **said)
        jury.assign(self.challenge, by=self.coordinator, each=len(seats))
        self.score(self.challenge.assessments.filter(juror__chairs=True))

    def score(self, those=None):
        """Marks with a reason, higher for the plans that get money."""
        those = self.challenge.assessments.filter(state="open") if those is None else those
        worth = {
            made.pk: plan[2] for made, plan in zip(self.entries, self.row["plans"], strict=True)
        }
        for assessment in those.select_related("juror__person"):
            for criterion, _score in assessment.criteria():
                points = self.by.randrange(5, 8) + 2 * bool(worth[assessment.entry_id])
                said = {"points": points, "motivation": self.by.choice(MOTIVATIONS)}
                Score.objects.create(assessment=assessment, criterion=criterion, **said)
            assessments.lock(assessment, by=assessment.juror.person)

    def deliberate(self):
        judging.deliberate(self.challenge, by=self.coordinator)

    def shortlist(self):
        finalists = self.entries[:FINALISTS]
        judging.shortlist(self.challenge, by=self.coordinator, entries=finalists)

    def start_coaching(self):
        """Every finalist has a coach who has nothing to do with the jury."""
        coaches = dict(zip(self.entries, COACHES, strict=False))
        until = self.challenge.coaching_until
        coaching.start_coaching(self.challenge, by=self.coordinator, coaches=coaches, until=until)

    def be_coached(self):
        """Some used more of it than others, and one finalist changed the plan."""
        for one, minutes in zip(self.challenge.coachings.all(), MINUTES, strict=False):
            said = {"coaching": one, "held_date": clock.today(), "minutes": minutes}
            coaching.note_coaching(self.challenge, by=one.coach, note=ABOUT, **said)
        first = Entry.objects.get(pk=self.entries[0].pk)
        entries.change(first, by=first.contact, plan=f"{first.plan}\n\n{CHANGED}")

    def explore(self):
        """Some finalists looked further for a fee, and told what they found."""
        *_rules, found = self.row["explore"]
        teams = self.entries[: len(found)]
        exploring.name_teams(self.challenge, by=self.coordinator, entries=teams)
        for row, result in zip(self.challenge.explorations.all(), found, strict=True):
            said = {"row": row, "result": result}
            exploring.note_result(self.challenge, by=self.coordinator, **said)
            paid = {"row": row, "paid_date": clock.today()}
            exploring.pay_fee(self.challenge, by=self.owner, **paid)

    def propose(self):
        """What the file says each plan gets, with a reason for each of them."""
        if "explore" in self.row:
            self.explore()
        said = list(zip(self.entries, self.row["plans"], strict=True))
        awards = [(made, euros * 100) for made, (_t, _s, euros, _why) in said if euros]
        findings = {
            made: (STRONG, WEAK, why if len(why) > 1 else NOT_CHOSEN)
            for made, (_t, _s, _euros, why) in said
        }
        proposing.propose(
            self.challenge, by=self.coordinator, awards=awards, findings=findings, report=REPORT
        )

    def decide(self):
        deciding.decide(self.challenge, by=self.parties.may_decide(self.organisation))

    def notify(self):
        announcing.notify(self.challenge, by=self.coordinator)

    def award(self):
        announcing.award(self.challenge)
