"""The people around one challenge, and what they and the clock do to bring it further.

``Life`` holds nothing but who is who and the challenge's key: everything else is read from the database each time.
"""

from datetime import timedelta

from challenges.lifecycle import bringing
from challenges.models import (
    Adoption,
    Assessment,
    Award,
    Challenge,
    Contract,
    Criterion,
    Entry,
    Instrument,
    Letter,
    Objection,
    Score,
    Talk,
)
from factory import clock
from factory.moves import registry
from factory.notices.models import Notice
from tests import contest, make
from tests.moving_clock import set_ahead

DAY = timedelta(days=1)
KINDS = (Challenge, Entry, Award, Letter, Objection, Talk, Contract, Adoption, Assessment)
HALF = 5_000_000


class Life:
    """One challenge and everybody around it."""

    def __init__(self):
        self.ahead = 0  # seconds
        self.house = make.organisation("Gemeente Molenrade", "municipality")
        self.second_house = make.organisation("Gemeente Nieuwland", "municipality")
        self.entrants = [make.organisation(f"Entrant {number}") for number in range(3)]
        self.people = {
            "owner": self.house.owner,
            "colleague": make.member(self.house, "owner", "Colleague Second"),
            "writer": make.member(self.house, "writer", "Wim Writer"),
            "viewer": make.member(self.house, "viewer", "Vera Viewer"),
            "payer": self.second_house.owner,
            "cleo": make._cleo(),
            "other": make.coordinator("Chris Second"),
            "chair": make.person("Carla Chair"),
            "juror": make.person("Eva Juror"),
            **{f"juror {n}": make.person(f"Juror Number {n}") for n in (2, 3)},
            "stranger": make.person("Dan Stranger"),
            **{f"entrant {n}": one.owner for n, one in enumerate(self.entrants)},
        }
        mandates = self.people["colleague"].memberships.filter(organisation=self.house)
        mandates.update(mandate_cents=2 * HALF)
        self.pk = self.bring()

    def bring(self):
        """The problem, with all that it needs to be approved."""
        now, made = clock.now(), Challenge(organisation=self.house)
        bringing.bring(
            made,
            by=self.people["owner"],
            **contest.FACTS | {"envelope_cents": 2 * HALF + HALF // 5},
            region=self.house.region,
            deputy=self.people["colleague"],
            instrument=Instrument.objects.get(slug="subsidy"),
            deadline_at=now + 60 * DAY,
            adoption_due_date=clock.today() + 120 * DAY,
            coaching_hours=4,
            explore_teams=2,
            explore_cents=HALF // 10,
            explore_scope="What does a ride cost on a Sunday?",
            coaching_from=now + 80 * DAY,
            coaching_until=now + 90 * DAY,
        )
        self.criteria(made)
        return made.pk

    def criteria(self, challenge):
        for position, (title, weight, at) in enumerate(contest.CRITERIA):
            said = {"title": title, "weight": weight, "scored_at": at, "position": position}
            Criterion.objects.create(challenge=challenge, **said)

    @property
    def challenge(self):
        return Challenge.objects.get(pk=self.pk)

    def things(self, model):
        """All of this kind about the challenge, by age."""
        about = {"pk": self.pk} if model is Challenge else {"challenge": self.pk}
        return model.objects.filter(**about).order_by("pk")

    def every_thing(self):
        return [thing for model in KINDS for thing in self.things(model)]

    def seats(self):
        return list(self.challenge.jury.order_by("pk"))

    def mails_arrive(self, status="sent"):
        """The mail server takes (or refuses) every letter that is on its way."""
        waiting = self.things(Letter).filter(state="waiting")
        mails = Notice.objects.mail().filter(
            event__thing_type=Letter.label(), event__thing_id__in=waiting.values("pk")
        )
        mails.exclude(status="sent").update(status=status, sent_at=clock.now())

    def wait(self, time):
        """So much time passes for everybody; what is due then happens."""
        self.ahead += time.total_seconds()
        set_ahead(self.ahead)
        clock_strikes()

    def wait_until(self, moment):
        """Until just after a moment."""
        self.wait(max(moment - clock.now(), timedelta()) + timedelta(seconds=1))

    def score(self, assessment):
        for criterion, _score in assessment.criteria():
            said = {"points": 7, "motivation": "Well thought out."}
            Score.objects.update_or_create(
                assessment=assessment, criterion=criterion, defaults=said
            )


def clock_strikes():
    """Everything about challenges whose time has come is done."""
    for label, moves in registry.items():
        for move in moves.factory.values():
            if label.startswith("challenges.") and move.due:
                for thing in move.due(clock.now()):
                    move(thing)
