"""A ranking learnt from decisions: fitted, measured on later ones, switched on and off by a coordinator."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import clock
from factory.journal.models import Event
from factory.moves import Missing, the_factory
from market.lifecycle import learning as lifecycle
from market.lifecycle.suggesting import remember, suggest_for
from market.matching import learning, scoring
from market.matching.learning import Decision
from market.matching.weights import in_force
from market.models import Impression, Learnt, Weighing
from tests import make
from tests.staff import at_the_desk
from tests.tables import columns, open_to, states

NEAR_ALONE = {name: 0 for name in Weighing.PARTS} | {"near": 100}
FACTS = {"decisions": 80, "needs": 30, "formula": 0.5, "learnt": 0.7}
BETTER = {"better": 0.2, "low": 0.1, "high": 0.3}
UNSURE = {"better": 0.01, "low": -0.1, "high": 0.1}


def features(**parts):
    return {name: 0.5 for name in Weighing.PARTS} | parts


def who_likes(part, needs=100):
    """Decisions of somebody who looks at one part alone."""
    for need in range(needs):
        for step in range(4):
            part_of = (step * 7 + need) % 4 / 4
            shown = {name: ((need + 3 * step + n) % 5) / 5 for n, name in enumerate(Weighing.PARTS)}
            yield Decision(need, shown | {part: part_of}, part_of >= 0.5)


@pytest.fixture
def learnt(cleo):
    return made()


def made(numbers=BETTER, weights=NEAR_ALONE):
    one = Learnt(weights=weights, **FACTS, **numbers)
    lifecycle.learn(one, by=the_factory())
    return one


# Learning


@pytest.mark.parametrize("part", ["themes", "near"])
def test_what_people_look_at_is_learnt_and_is_better_on_later_decisions(part):
    report = learning.learn(list(who_likes(part)), scoring.WEIGHTS)
    assert max(report.weights, key=report.weights.get) == part
    assert report.learnt > report.formula
    assert report.low > 0
    assert (report.needs, report.decisions) == (30, 280)


def test_where_the_formula_is_right_already_nothing_is_surely_better():
    report = learning.learn(list(who_likes("near")), NEAR_ALONE)
    assert report.low <= 0


def test_later_needs_are_held_out():
    earlier, later = learning.parted(list(who_likes("near", 10)))
    assert {one.need for one in earlier} == set(range(7))
    assert {one.need for one in later} == {7, 8, 9}


@pytest.mark.parametrize("decisions", [[], list(who_likes("near", 20))])
def test_too_few_teach_nothing(decisions):
    assert learning.learn(decisions, scoring.WEIGHTS) is None


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(st.dictionaries(st.sampled_from(Weighing.PARTS), st.floats(0, 1)), st.booleans()),
        min_size=2,
        max_size=20,
    )
)
def test_no_weight_is_below_zero_and_one_counts(rows):
    fitted = learning.fitted([Decision(n, parts, yes) for n, (parts, yes) in enumerate(rows)])
    assert all(weight >= 0 for weight in fitted.values())
    whole = learning.rounded(fitted)
    assert all(0 <= weight <= 100 for weight in whole.values())
    assert any(whole.values())


def test_silence_and_what_has_no_parts_say_nothing(lunch, broodnodig, cleo):
    match = make.match("suggested", need=lunch, supplier=broodnodig)
    for decision in ("approve", "lapse", ""):
        remember(match, 1, features(near=1.0))
        Impression.objects.filter(decision="").update(decision=decision, decided_at=clock.now())
    Impression.objects.create(
        need=lunch,
        organisation=broodnodig,
        rank=0,
        score=0,
        shown_at=clock.now(),
        decision="dismiss",
    )
    assert learning.decided() == [Decision(lunch.pk, features(near=1.0), True)]


def test_the_command_says_when_there_is_too_little(cleo, capsys):
    call_command("learn_ranking")
    assert "too few" in capsys.readouterr().out
    assert not Learnt.objects.exists()


def test_the_command_keeps_what_it_measured(lunch, broodnodig, cleo, capsys, monkeypatch):
    monkeypatch.setattr(learning, "decided", lambda: list(who_likes("themes")))
    call_command("learn_ranking")
    kept = Learnt.objects.get()
    assert (kept.state, kept.needs, kept.is_better) == ("measured", 30, True)
    assert "tried on 30 later needs" in capsys.readouterr().out
    assert Event.objects.about(kept).get().actor == the_factory()


# Switching


def test_switched_on_it_counts_and_switched_off_what_was_before_counts_again(cleo, learnt):
    before = in_force()
    lifecycle.switch_on(learnt, by=cleo)
    assert in_force() == {name: float(weight) for name, weight in NEAR_ALONE.items()}
    lifecycle.switch_off(learnt, by=cleo)
    assert in_force() == before
    assert [event.name for event in Event.objects.about(learnt)] == [
        "learn",
        "switch_on",
        "switch_off",
    ]
    chosen = Event.objects.filter(verb="weighing.choose").order_by("pk")
    assert [event.details["near"] for event in chosen] == [100, 15]


def test_what_is_not_surely_better_is_not_switched_on(cleo):
    with pytest.raises(Missing, match="zeker"):
        lifecycle.switch_on(made(UNSURE), by=cleo)
    assert in_force() == scoring.WEIGHTS


def test_another_one_or_a_choice_by_hand_takes_its_place(cleo, learnt):
    lifecycle.switch_on(learnt, by=cleo)
    other = made(weights=NEAR_ALONE | {"text": 30})
    lifecycle.switch_on(other, by=cleo)
    learnt.refresh_from_db()
    assert (learnt.state, in_force()["text"]) == ("put_away", 30)
    words = NEAR_ALONE | {"near": 7, "because": "A trial."}
    at_the_desk(cleo).post(reverse("admin:market_weighing_add"), words | {"_save": "1"})
    other.refresh_from_db()
    assert (other.state, in_force()["near"]) == ("put_away", 7)
    assert Event.objects.filter(verb="weighing.choose").last().details["near"] == 7


TABLE = """
            | measured  | in_use     | put_away
coordinator | switch_on | switch_off | switch_on
member      |           |            |
"""


@pytest.mark.parametrize(("state", "expected"), columns(TABLE))
def test_who_may_switch(cleo, dan, learnt, state, expected):
    for move in {"in_use": ["switch_on"], "put_away": ["switch_on", "switch_off"]}.get(state, []):
        getattr(lifecycle, move)(learnt, by=cleo)
    assert open_to(lifecycle.moves, {"coordinator": cleo, "member": dan}, learnt) == expected


def test_the_table_knows_every_state():
    assert states(TABLE) == set(Learnt.State.values)


def test_a_coordinator_reads_the_report_and_switches_in_the_admin(cleo, learnt, lunch, broodnodig):
    make.offer(by=broodnodig, title="Lunch")
    desk, page = at_the_desk(cleo), reverse("admin:market_learnt_change", args=[learnt.pk])
    assert "70" in desk.get(page).text
    desk.post(page.replace("change/", "move/switch_on/"), {"token": "t"})
    learnt.refresh_from_db()
    assert learnt.state == "in_use"
    (match,) = suggest_for(lunch.pk)
    assert Impression.objects.get(organisation=match.organisation).score == pytest.approx(
        scoring.score(Impression.objects.get().features, in_force())
    )
    assert desk.get(reverse("admin:market_learnt_changelist")).status_code == 200


def test_a_member_does_not_see_it(dan, learnt):
    assert not Learnt.objects.visible_to(dan).exists()


# What PostgreSQL holds


def raw(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_weights_that_nobody_wrote_down_are_refused(cleo):
    columns = ", ".join([*Weighing.PARTS, "because", "made_by_id", "made_at"])
    values = f"1, 1, 1, 1, 1, 1, '?', {cleo.pk}, now()"
    with pytest.raises(IntegrityError, match="journal"):
        raw(f"INSERT INTO market_weighing ({columns}) VALUES ({values})")
    lifecycle.weigh(NEAR_ALONE, cleo, because="?")
    raw("SELECT 1")


def test_what_was_measured_stands_and_one_is_in_use(cleo, learnt):
    with pytest.raises(Exception, match="Cannot update"):
        raw("UPDATE market_learnt SET low = 1")
    with pytest.raises(IntegrityError, match="without a journal"):
        raw("UPDATE market_learnt SET state = 'in_use'")
    unsure = made(UNSURE)
    with pytest.raises(IntegrityError, match="learnt_is_used_if_it_is_better"):
        raw(f"UPDATE market_learnt SET state = 'in_use' WHERE id = {unsure.pk}")
    lifecycle.switch_on(learnt, by=cleo)
    second = made()
    with pytest.raises(IntegrityError, match="learnt_one_in_use"):
        raw(f"UPDATE market_learnt SET state = 'in_use' WHERE id = {second.pk}")
