"""Any walk through the life of a match, by anybody, at any time: the rules hold after every step.

Another day has other walks (tests/turns.py); ``make audit`` takes 200 of 50 steps, or as many as are asked for:

    LIFE_WALKS=1000x50 pytest -m audit tests/market/test_match_walk.py
"""

import itertools
import os

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from factory.journal.models import Event
from factory.journal.sealing import faults
from factory.moves import Missing, NotNow
from market.lifecycle import match as matches
from market.models import Match
from market.models.match import GRAPH, OPEN
from tests import make
from tests.turns import DAY as TURN

EXAMPLES, STEPS = map(int, os.environ.get("LIFE_WALKS", "200x50").split("x"))
AMOUNTS = st.sampled_from([100_000, 121_000, 250_000])
REASONS = st.sampled_from(["price", "capacity", "timing"])
WHO = st.sampled_from(["buyer", "supplier", "coordinator", "stranger"])
MAY = {
    "approve": {"coordinator"},
    "dismiss": {"coordinator"},
    "restore": {"coordinator"},
    "take_back": {"coordinator"},
    "accept": {"buyer", "supplier"},
    "decline": {"buyer", "supplier"},
    "agree": {"buyer", "supplier"},
    "confirm": {"buyer", "supplier"},
    "cancel": {"buyer", "supplier", "coordinator"},
}


WHY = {"chosen_for": "fit"}
AMOUNT_OF = {"agree", "confirm"}
NEXT = {
    "suggested": ("approve", ["coordinator"]),
    "dismissed": ("restore", ["coordinator"]),
    "approved": ("accept", ["supplier", "buyer"]),
    "introduced": ("agree", ["buyer"]),
    "agreed": ("confirm", ["buyer", "supplier"]),
    "disputed": ("confirm", ["buyer", "supplier"]),
}


class Walk(RuleBasedStateMachine):
    """One need, one supplier, four people, and every move in any order."""

    world = None
    seen = set()

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.match = Match(need=self.world["need"], organisation=self.world["organisation"])
        matches.suggest(self.match, by=self.world["coordinator"])

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def attempt(self, name, who, **details):
        """Make the move as ``who``; a refusal must leave everything as it was."""
        before = self.said()
        try:
            with transaction.atomic():
                getattr(matches, name)(self.fresh(), by=self.world[who], **details)
        except (NotNow, Missing):
            assert self.said() == before
        except PermissionDenied:
            assert self.said() == before
            assert who not in MAY[name] or name == "accept"  # who said yes may not say it again
        else:
            assert who in MAY[name]
            self.seen.add(self.fresh().state)

    def fresh(self):
        return Match.objects.get(pk=self.match.pk)

    def said(self):
        return Match.objects.values().get(pk=self.match.pk), self.events().count()

    def events(self):
        return Event.objects.about(self.match)

    @rule(who=WHO, name=st.sampled_from(["approve", "restore", "take_back", "accept"]))
    def press(self, who, name):
        self.attempt(name, who)

    @rule(who=WHO, name=st.sampled_from(["dismiss", "decline", "cancel"]), reason=REASONS)
    def end(self, who, name, reason):
        self.attempt(name, who, reason=reason)

    @rule(who=st.sampled_from(["buyer", "supplier"]), reason=REASONS)
    def a_side_stops(self, who, reason):
        """The one whose turn it is says no."""
        asked = self.fresh().state == "approved"
        self.attempt("decline" if asked else "cancel", who, reason=reason)

    @rule(who=WHO, name=st.sampled_from(["agree", "confirm"]), cents=AMOUNTS)
    def note(self, who, name, cents):
        self.attempt(name, who, cents=cents, **(WHY if name == "agree" else {}))

    @rule(steps=st.integers(1, 5), cents=AMOUNTS, more=st.sampled_from([0, 1000]))
    def whoever_must_goes_on(self, steps, cents, more):
        """So many steps towards completion, so that walks get far; ``more`` makes amounts differ."""
        for _step in range(steps):
            name, who = NEXT.get(self.fresh().state, ("", ()))
            for side in who:
                amount = cents + (more if side == "supplier" else 0)
                said = {"cents": amount} if name in AMOUNT_OF else {}
                self.attempt(name, side, **said, **(WHY if name == "agree" else {}))

    @precondition(lambda self: self.fresh().state == "approved")
    @rule(name=st.sampled_from(["nudge", "lapse"]))
    def the_clock_strikes(self, name):
        Match.objects.filter(pk=self.match.pk).update(
            nudge_at=self.match.created_at, lapse_at=self.match.created_at
        )
        getattr(matches, name)(self.fresh())

    @precondition(lambda self: self.fresh().state in ("suggested", "approved", "introduced"))
    @rule(happens=st.sampled_from([False, False, False, True]))
    def the_need_is_filled(self, happens):
        if not happens:  # else most walks would end here
            return
        matches.stand_down(
            self.fresh(), on_behalf_of=self.world["buyer"], reason=Match.Reason.FILLED
        )

    @invariant()
    def the_database_agrees(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def the_journal_tells_the_whole_way(self):
        steps = list(self.events().values_list("from_state", "to_state"))
        assert [step[0] for step in steps[1:]] == [step[1] for step in steps[:-1]]
        assert steps[-1][1] == self.fresh().state
        self.seen.add(steps[-1][1])
        legal = GRAPH.pairs() | {(state, state) for state in Match.State.values}
        assert all(step in legal for step in itertools.islice(steps, 1, None))

    @invariant()
    def only_equal_amounts_count(self):
        match = self.fresh()
        counts = match.state == Match.State.COMPLETED
        assert (match.realised_cents is not None) == counts
        if counts:
            assert match.buyer_cents == match.supplier_cents == match.realised_cents

    @invariant()
    def nobody_meets_before_both_said_yes(self):
        match = self.fresh()
        assert not match.has_met or match.both_agreed

    @invariant()
    def who_is_over_has_a_reason(self):
        match = self.fresh()
        assert match.state in OPEN or match.state == Match.State.COMPLETED or match.reason


@pytest.fixture
def world(db, cleo):
    """The people and things every walk starts from; each walk is rolled back."""
    need = make.need(value_cents=100_000, several=True)
    supplier = make.organisation()
    Walk.world = {
        "need": need,
        "organisation": supplier,
        "buyer": need.contact,
        "supplier": supplier.owner,
        "coordinator": cleo,
        "stranger": make.organisation().owner,
    }
    return Walk.world


def walk(examples, steps, **how):
    """So many walks of so many steps; returns the states that were seen on the way."""
    Walk.seen = set()
    run_state_machine_as_test(
        how.pop("machine", Walk),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            **how,
        ),
    )
    return Walk.seen


def test_every_walk_through_the_life_of_a_match_keeps_the_rules(world):
    assert walk(120, 12, derandomize=True) == set(Match.State.values)
    assert not list(faults())


def test_long_walks_of_today_keep_the_rules(world):
    today = seed(TURN)(type("Today", (Walk,), {}))
    walk(20, 50, machine=today, phases=[Phase.generate])
    assert not list(faults())


@pytest.mark.audit
@pytest.mark.timeout(24 * 3600)
def test_many_long_walks_through_the_life_of_a_match_keep_the_rules(world):
    today = seed(TURN)(type("Today", (Walk,), {}))
    assert walk(EXAMPLES, STEPS, machine=today, phases=[Phase.generate]) == set(Match.State.values)
    assert not list(faults())
