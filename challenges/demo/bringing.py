"""How a challenge of the demo comes to be and opens."""

from datetime import timedelta

from challenges.demo.entering import ask
from challenges.house_terms import answer_days
from challenges.lifecycle import bringing, ending, opening
from challenges.models import Challenge, Criterion, Instrument
from factory import clock
from factory.working_days import after
from partners.models import Goal, Theme

CRITERIA = [
    ("Wat het verandert voor wie het aangaat", 40, "text"),
    ("Of het kan: mensen, geld en planning", 25, "text"),
    ("Of het blijft na de proef", 20, "text"),
    ("Hoe het verhaal overkomt op het podium", 15, "pitch"),
]
CRITERIA_EN = [
    ("What it changes for those concerned", 40, "text"),
    ("Whether it can be done: people, money and planning", 25, "text"),
    ("Whether it stays after the trial", 20, "text"),
    ("How the story comes across on the stage", 15, "pitch"),
]
WORDS = (
    "title", "sentence", "problem", "sufferers", "causes", "tried", "success", "baseline", "bounds",
    "adoption_by", "adoption_budget", "co_funders",
)  # fmt: skip
WHO_MAY_ENTER = {
    "nl": "Sociale ondernemingen, stichtingen, coöperaties en bedrijven uit heel Nederland. Samen indienen mag.",
    "en": "Social enterprises, foundations, co-operatives and companies in the Netherlands. Entering together is fine.",
}
YOURS = {
    "nl": "Je plan blijft van jou. De gemeente mag het verslag van de proef delen.",
    "en": "Your plan stays yours. The city may share the report of the trial.",
}
CENTS = 100


class Brought:
    """One challenge of the demo, from a problem in somebody's own words to the day it opens."""

    def __init__(self, row, parties, dates, by):
        self.row, self.parties, self.dates, self.by = row, parties, dates, by
        self.organisation = parties.by_name[row["organisation"]]
        self.owner, self.deputy = parties.deciders(self.organisation)[:2]
        self.coordinator = parties.coordinator(self.organisation)
        self.other = parties.second(self.coordinator)
        self.language = row.get("language", "nl")
        self.challenge = None

    def bring(self):
        """Put down with everything that the file knows of it."""
        said = {name: self.row[name] for name in WORDS if name in self.row}
        self.challenge = Challenge(organisation=self.organisation)
        facts = {"region": self.organisation.region, **said}
        if "instrument" in self.row:
            facts |= self.rules() | self.dates | self.adoption()
        bringing.bring(self.challenge, by=self.owner, **facts)
        if "instrument" in self.row:
            self.lay_down_criteria()
            ask(self.challenge, self.language)

    def rules(self):
        """Under which rules it opens."""
        return {
            "instrument": Instrument.objects.get(slug=self.row["instrument"]),
            "envelope_cents": self.row["envelope"] * CENTS,
            "who_may_enter": WHO_MAY_ENTER[self.language],
            "property_terms": YOURS[self.language],
            "effort_hours": self.row["hours"],
            "coaching_hours": self.row.get("coaching"),
            **self.exploring(),
            "themes": Theme.objects.filter(slug__in=self.row["themes"]),
            "goals": Goal.objects.filter(order__in=self.row["goals"]),
        }

    def exploring(self):
        """How many teams explore, for what and about what; nothing for most."""
        if "explore" not in self.row:
            return {}
        teams, euros, scope, _found = self.row["explore"]
        return {
            "explore_teams": teams,
            "explore_cents": euros * CENTS,
            "explore_scope": scope,
            "explored_by": self.dates["decision_by"],
        }

    def adoption(self):
        """Who says yes, and what comes after."""
        due = self.dates["decision_by"] + timedelta(days=480)
        return {
            "deputy": self.deputy,
            "budget_holder": self.deputy.name,
            "budget_holder_job": self.deputy.job or "budgethouder",
            "mandate": "Mandaatregister, rij 12",
            "adoption_by": self.row.get("adoption_by", self.organisation.name),
            "adoption_due_date": due.date(),
        }

    def lay_down_criteria(self):
        """The same four for all."""
        criteria = CRITERIA_EN if self.language == "en" else CRITERIA
        for position, (title, weight, scored_at) in enumerate(criteria):
            rest = {"weight": weight, "scored_at": scored_at, "position": position}
            Criterion.objects.create(challenge=self.challenge, title=title, **rest)

    def submit(self):
        bringing.submit(self.challenge, by=self.owner)

    def ask_for_more(self):
        question = "Wie kan dit na de proef betalen, en wanneer beslist die daarover?"
        day = after(clock.today(), answer_days())
        bringing.ask_for_more(self.challenge, by=self.coordinator, question=question, answer_by=day)

    def turn_down(self):
        bringing.turn_down(self.challenge, by=self.coordinator, reason=self.row["reason"])

    def redirect(self):
        bringing.redirect(self.challenge, by=self.coordinator, reason=self.row["reason"])

    def point_to_change(self):
        bringing.point_to_change(self.challenge, by=self.coordinator, reason=self.row["reason"])

    def shape(self):
        bringing.shape(self.challenge, by=self.coordinator)

    def approve(self):
        signed = {"approver": f"{self.deputy.name}, budgethouder", "approval_number": self.number()}
        day = self.dates["publish_at"].date() - timedelta(days=8)
        bringing.approve(self.challenge, by=self.coordinator, approved_date=day, **signed)

    def number(self):
        """The number of a decision."""
        return f"{self.dates['publish_at']:%Y}-{self.by.randrange(1000, 9999)}"

    def schedule(self):
        at = self.dates["publish_at"]
        opening.schedule(self.challenge, by=self.coordinator, publish_at=at)

    def publish(self):
        opening.publish(self.challenge)

    def pause(self):
        opening.pause(self.challenge, by=self.coordinator)

    def withdraw(self):
        ending.withdraw(self.challenge, by=self.owner, reason=self.row["reason"])
