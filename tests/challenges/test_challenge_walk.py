"""The whole life of a challenge, and from each state of it any moves by anybody at a clock that moves.

One life goes from a problem to a finished pilot. Wherever it is, walks turn off from it: whoever is around does
whatever comes to mind, mail arrives or not, days pass. After every step all that must always be so is looked at, and
the walk is rolled back. Another day has other walks (tests/turns.py); ``make audit`` takes many more, and the long
form of it says how far it is:

    LIFE_WALKS=200x50 LIFE_FROM=draft,open,scoring,notified pytest -m audit tests/challenges/test_challenge_walk.py

That is 200 walks of 50 steps from each of these states (all of them without ``LIFE_FROM``), reached by a life that
is carried on as far as that. Each state is a test of its own.
"""

import os
import time
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from challenges.lifecycle import approving
from challenges.lifecycle import contract as contracts
from challenges.lifecycle import entry as entries
from challenges.lifecycle import objection as objections
from challenges.lifecycle import talk as talks
from challenges.models import Award, Challenge, Contract, Entry, Objection, Talk
from factory import clock
from factory.journal.models import Event
from factory.moves import Missing, NotNow, moves_of, registry
from tests.life import DAY, KINDS, Life
from tests.life.details import DETAILS, ELSEWHERE
from tests.life.invariants import broken
from tests.life.onward import ONWARD, step_from
from tests.moving_clock import moving_clock, set_ahead
from tests.turns import DAY as TURN
from tests.turns import share

NUMBER = st.integers(0, 23)
REFUSED = (NotNow, Missing, PermissionDenied)
EXAMPLES, STEPS = map(int, os.environ.get("LIFE_WALKS", "30x10").split("x"))
FROM = os.environ.get("LIFE_FROM", ",".join(ONWARD)).split(",")
NOW_AND_THEN = 10  # walks after which somebody who waits hears how far it is


@dataclass
class Tally:
    """How far the walks are, told to whoever waits: ``say`` prints a line."""

    say: object = None
    walks: int = 0
    steps: int = 0
    since: float = field(default_factory=time.monotonic)
    tried: set = field(default_factory=set)
    made: set = field(default_factory=set)

    def walked(self, state):
        self.walks += 1
        if self.say and self.walks % NOW_AND_THEN == 0:
            self.tell(state)

    def tell(self, state):
        minutes = (time.monotonic() - self.since) / 60
        self.say(
            f"from {state}: {self.walks} walks, {self.steps} steps, {len(self.made)} of "
            f"{len(self.tried)} moves made that were tried, {minutes:.1f} minutes"
        )


class Walk(RuleBasedStateMachine):
    """Turns off from where the life is now, and is rolled back."""

    life, tally = None, Tally()

    def __init__(self):
        super().__init__()
        self.ahead, self.state = self.life.ahead, self.life.challenge.state
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.life.ahead = self.ahead
        set_ahead(self.ahead)
        self.tally.walked(self.state)

    def attempt(self, move, thing, who, number):
        """Make the move as ``who``; what is refused leaves everything as it was."""
        said = DETAILS[move.verb](self.life, thing, number)
        if said is None or (None in said.values() and move.verb != "challenge.ask_approval"):
            return
        self.carefully(lambda: move(thing, by=self.life.people[who], **said), move.verb)

    def carefully(self, act, verb):
        self.tally.tried.add(verb)
        before = self.all_of_it()
        try:
            with transaction.atomic():
                act()
        except REFUSED:
            assert self.all_of_it() == before
        else:
            self.tally.made.add(verb)

    def all_of_it(self):
        rows = [list(self.life.things(model).values()) for model in (Challenge, Entry, Award)]
        return rows, Event.objects.count()

    def possible(self):
        """Everything that could be done by somebody, as far as its state goes."""
        return [
            (move, thing)
            for thing in self.life.every_thing()
            for move in moves_of(thing).values()
            if move.possible(thing) and move.verb in DETAILS
        ]

    @rule(who=st.sampled_from(range(15)), which=st.integers(0, 999), number=NUMBER)
    def anybody_tries_anything(self, who, which, number):
        found = self.possible()
        move, thing = found[which % len(found)]
        self.attempt(move, thing, list(self.life.people)[who], number)

    @rule(first=NUMBER, which=st.integers(0, 999), number=NUMBER)
    def somebody_does_what_they_may(self, first, which, number):
        found, names = self.possible(), list(self.life.people)
        move, thing = found[which % len(found)]
        for shift in range(len(names)):
            who = names[(first + shift) % len(names)]
            if move.may.test(self.life.people[who], thing):
                return self.attempt(move, thing, who, number)

    @rule(which=st.integers(0, 9999), number=NUMBER)
    def somebody_does_what_is_over_or_not_yet_so(self, which, number):
        things = self.life.every_thing()
        thing = things[which % len(things)]
        not_now = [m for m in moves_of(thing).every().values() if not m.possible(thing)]
        move = not_now[which % len(not_now)]
        before = self.all_of_it()
        with pytest.raises(NotNow):
            move(thing, by=self.life.people["cleo"])
        assert self.all_of_it() == before

    @rule(number=NUMBER, which=st.integers(0, 3))
    def something_begins(self, number, which):
        who = f"entrant {number % 3}"
        house, by, about = (
            self.life.entrants[number % 3],
            self.life.people[who],
            self.life.challenge,
        )
        entry = about.entries.filter(organisation=house).first()
        if which == 0:
            said = {"title": "New", "summary": "We drive.", "amount_cents": 4_000_000}
            made = Entry(challenge=about, organisation=house)
            return self.carefully(lambda: entries.start(made, by=by, **said), "entry.start")
        if which == 1 and entry:
            made = Objection(entry=entry, challenge=about)
            said = {"kind": "objection", "text": "Read it again."}
            return self.carefully(lambda: objections.lodge(made, by=by, **said), "objection.lodge")
        if which == 2 and entry:
            made = Talk(entry=entry, challenge=about)
            return self.carefully(lambda: talks.ask(made, by=by, question="Why?"), "talk.ask")
        award = about.awards.final().first()
        if award and not award.contracts.exclude(state="ended").exists():
            made, by = Contract(award=award, challenge=about), self.life.people["owner"]
            return self.carefully(lambda: contracts.draw_up(made, by=by), "contract.draw_up")

    @rule(number=NUMBER, says=st.booleans())
    def a_budget_holder_answers(self, number, says):
        waiting = list(self.life.challenge.approvals.filter(answer="", ended_at=None))
        if not waiting:
            return
        one = waiting[number % len(waiting)]
        said = {"approval": one, "number": "9", "decided_date": clock.today()}
        move = approving.approve_share_by_code if one.co_owner else approving.approve_by_code
        if not says:
            move, said = approving.refuse_approval, {"approval": one, "reason": "Too much."}
        by = self.life.people["owner"]
        self.carefully(lambda: move(self.life.challenge, on_behalf_of=by, **said), move.verb)

    @rule(status=st.sampled_from(["sent", "sent", "failed"]))
    def mail_arrives_or_not(self, status):
        self.life.mails_arrive(status)
        self.life.wait(0 * DAY)

    @rule(days=st.sampled_from([0.1, 1, 3, 15, 45, 130]))
    def days_pass(self, days):
        self.life.wait(days * DAY)

    @rule()
    def those_who_must_go_on(self):
        if step := ONWARD.get(self.life.challenge.state):
            with_care = transaction.atomic()
            try:
                with with_care:
                    step(self.life)
            except REFUSED:
                pass

    @invariant()
    def what_must_always_be_so_is_so(self):
        self.tally.steps += 1
        assert list(broken(self.life)) == []


@pytest.fixture
def moved(db, postgres):
    with moving_clock(postgres):
        yield


def walks(life, examples, steps, say=None):
    """So many walks of so many steps from where the life is now."""
    Walk.life, Walk.tally = life, Tally(say)
    run_state_machine_as_test(
        seed(TURN)(type("Walk", (Walk,), {})),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    if say:
        Walk.tally.tell(life.challenge.state)


def live(examples, steps, turning_off=tuple(ONWARD), say=None):
    """A whole life with walks from these states of it; returns the states it went through."""
    life, seen = Life(), []
    while life.challenge.state in ONWARD:
        assert list(broken(life)) == []
        seen.append(life.challenge.state)
        if seen[-1] in turning_off:
            walks(life, examples, steps, say)
        step_from(seen[-1], seen, turning_off)(life)
    assert list(broken(life)) == []
    return [*seen, life.challenge.state]


def test_every_walk_through_the_life_of_a_challenge_keeps_the_rules(moved):
    assert live(3, 4, share(tuple(ONWARD), 3))[-1] == "finished"


@pytest.mark.audit
@pytest.mark.timeout(24 * 3600)
@pytest.mark.parametrize("state", FROM)
def test_many_walks_through_the_life_of_a_challenge_keep_the_rules(moved, capfd, state):
    def say(words):
        with capfd.disabled():
            print(words, flush=True)

    lived = live(EXAMPLES, STEPS, (state,), say)
    assert state in lived[:-1]
    assert lived[-1] == "finished"


def test_every_move_of_a_challenge_and_what_is_about_it_is_walked():
    verbs = {
        move.verb
        for model in KINDS
        for move in registry[model._meta.label_lower].values()
        if not move.begins
    }
    assert verbs - ELSEWHERE == DETAILS.keys()
    assert verbs >= ELSEWHERE
