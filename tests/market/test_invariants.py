"""What PostgreSQL itself refuses on the market: raw SQL round Django, each beside what is allowed."""

import pytest
from django.db import DatabaseError, connection, transaction

from factory import clock
from market.lifecycle import match as matches
from market.models import Listing, Match, Value
from tests import make

MOST = 10_000_000_000


def sql(statement, *values):
    """Run it and whatever PostgreSQL checks at the end of a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        touched = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        return touched


def refused(why, statement, *values):
    with pytest.raises(DatabaseError, match=why):
        sql(statement, *values)


def change(thing, **facts):
    """UPDATE one row, in raw SQL."""
    table = thing._meta.db_table
    sets = ", ".join(f"{name} = %s" for name in facts)
    return f"UPDATE {table} SET {sets} WHERE id = {thing.pk}", *facts.values()


def copied(thing, **facts):
    """INSERT a copy of one row, with some facts changed, in raw SQL."""
    fields = [
        f.column for f in thing._meta.local_concrete_fields if not f.generated and f.column != "id"
    ]
    picked = ", ".join("%s" if name in facts else f'"{name}"' for name in fields)
    values = [facts[name] for name in fields if name in facts]
    table = thing._meta.db_table
    listed = ", ".join(f'"{name}"' for name in fields)
    return (
        f"INSERT INTO {table} ({listed}) SELECT {picked} FROM {table} WHERE id = {thing.pk}",
        *values,
    )


# One row: what is refused, and the nearest thing that is allowed

LISTING_RULES = [
    ("listing_kind_is_known", {"kind": "wish"}, {"kind": "offer"}),
    ("listing_value_in_range", {"value_cents": 0}, {"value_cents": 1}),
    ("listing_value_in_range", {"value_cents": -5}, {"value_cents": None}),
    ("listing_value_in_range", {"value_cents": MOST + 1}, {"value_cents": MOST}),
    ("listing_asked_first_is_hidden", {"ask_me_first": True}, {"ask_me_first": False}),
    ("listing_live_expires", {"expires_at": None}, {"expires_at": "2030-01-01"}),
]
PAUSED_NEEDS = ["paused_at", "paused_until", "expires_at"]
AMOUNTS = ["agreed_cents", "buyer_cents", "supplier_cents"]


@pytest.mark.parametrize(("rule", "wrong", "right"), LISTING_RULES)
def test_a_listing_holds_to_its_ranges(cleo, rule, wrong, right):
    need = make.need()
    refused(rule, *change(need, **wrong))
    assert sql(*change(need, **right)) == 1


@pytest.mark.parametrize("name", PAUSED_NEEDS)
def test_what_is_paused_knows_when_it_returns(cleo, name):
    resting = make.need(state="paused")
    refused("listing_paused_returns|listing_live_expires", *change(resting, **{name: None}))
    assert sql(*change(resting, **{name: "2030-01-01"})) == 1


@pytest.mark.parametrize("name", AMOUNTS)
def test_amounts_of_a_match_lie_in_range(match, name):
    for wrong in (0, -1, MOST + 1):
        refused(f"match_{name}_in_range", *change(match, **{name: wrong}))
    assert sql(*change(match, **{name: MOST})) == 1


def test_only_equal_confirmed_values_count(cleo):
    done = make.match("completed", cents=5000)
    refused("match_counts_only_equal_confirmed_values", *change(done, buyer_cents=5001))
    refused("match_counts_only_equal_confirmed_values", *change(done, realised_cents=None))
    nothing = {"buyer_cents": 0, "supplier_cents": 0, "realised_cents": 0}
    refused("cents_in_range", *change(done, **nothing))
    Value.objects.note(done, "realised", 6000, clock.now())
    equal = {"buyer_cents": 6000, "supplier_cents": 6000, "realised_cents": 6000}
    assert sql(*change(done, **equal)) == 1


def test_nothing_is_realised_before_it_is_completed(cleo):
    agreed = make.match("agreed")
    refused("match_realised_only_when_completed", *change(agreed, realised_cents=5000))
    assert sql(*change(agreed, agreed_cents=5000)) == 1


@pytest.mark.parametrize("side", ["buyer_agreed_at", "supplier_agreed_at"])
def test_nobody_is_introduced_before_both_said_yes(cleo, side):
    met = make.match("introduced")
    refused("match_introduced_after_both_agreed", *change(met, **{side: None}))
    assert sql(*change(make.match("approved"), **{side: None})) == 1


@pytest.mark.parametrize("state", ["dismissed", "declined", "lapsed", "cancelled"])
def test_a_match_ends_with_a_reason(cleo, state):
    over = make.match(state)
    refused("match_ends_with_a_reason", *change(over, reason=""))
    assert sql(*change(over, reason="timing")) == 1


def test_a_match_is_between_two(match):
    refused("match_is_between_two|match_supplier", *change(match, organisation_id=match.buyer_id))
    assert sql(*change(match, organisation_id=make.organisation().pk)) == 1


def test_the_buyer_is_who_posted_the_need(match):
    refused("match_buyer_posted_the_need", *change(match, buyer_id=make.organisation().pk))
    other = make.need(by=match.need.organisation)
    assert sql(*change(match, need_id=other.pk)) == 1


def test_the_supplier_is_who_posted_the_offer(match, broodnodig):
    foreign, own = make.offer(), make.offer(by=broodnodig)
    refused("match_supplier_posted_the_offer", *change(match, offer_id=foreign.pk))
    assert sql(*change(match, offer_id=own.pk)) == 1


# Two rows


@pytest.mark.parametrize("state", ["suggested", "approved", "introduced", "agreed", "disputed"])
def test_one_open_match_for_a_need_and_an_organisation(cleo, state):
    there = make.match(state)
    again = Match(need=there.need, organisation=there.organisation)
    with pytest.raises(DatabaseError, match="match_one_open"):
        matches.suggest(again, by=cleo)
    assert there.need.matches.count() == 1


@pytest.mark.parametrize("state", ["dismissed", "declined", "lapsed", "cancelled"])
def test_after_one_has_ended_there_may_be_another(cleo, state):
    there = make.match(state)
    matches.suggest(Match(need=there.need, organisation=there.organisation), by=cleo)
    assert Match.objects.filter(organisation=there.organisation).count() == 2


# States: no birth, step or end that the graph does not hold, and none without the journal


@pytest.mark.parametrize("make_one", [make.need, make.match])
def test_nothing_begins_but_in_a_first_state(cleo, make_one):
    there = make_one()
    wrong = "live" if isinstance(there, Listing) else "approved"
    facts = (
        {"slug": "another"}
        if isinstance(there, Listing)
        else {"organisation_id": make.organisation().pk}
    )
    refused("cannot begin there", *copied(there, state=wrong, **facts))


@pytest.mark.parametrize("make_one", [make.need, make.match])
def test_no_state_that_is_not_known(cleo, make_one):
    refused("cannot move there|state_is_known", *change(make_one(), state="elsewhere"))


@pytest.mark.parametrize(
    ("state", "wrong"),
    [
        ("suggested", "introduced"),
        ("completed", "agreed"),
        ("declined", "suggested"),
        ("lapsed", "completed"),
    ],
)
def test_a_match_moves_along_the_edges_alone(cleo, state, wrong):
    refused("cannot move there", *change(make.match(state), state=wrong))


@pytest.mark.parametrize(("state", "wrong"), [("filled", "expired"), ("taken_down", "withdrawn")])
def test_a_listing_moves_along_the_edges_alone(cleo, state, wrong):
    refused("cannot move there", *change(make.need(state=state), state=wrong))


def test_a_legal_step_without_the_journal_is_refused(match, lunch):
    refused("without a journal entry", *change(match, state="approved"))
    refused("without a journal entry", *change(lunch, state="filled"))


def test_the_same_step_as_a_move_is_allowed(match, cleo):
    matches.approve(match, by=cleo)
    assert sql("SET CONSTRAINTS ALL IMMEDIATE") is not None
    assert Match.objects.get(pk=match.pk).state == "approved"


@pytest.mark.parametrize("make_one", [make.need, make.match])
def test_nothing_with_a_state_is_deleted(cleo, make_one):
    there = make_one()
    refused("Cannot delete", f"DELETE FROM {there._meta.db_table} WHERE id = {there.pk}")


def test_a_report_has_a_known_why(cleo):
    make.listings.report(make.offer(), by=make.person(), why="other", text="")
    refused("report_why_is_known", "UPDATE market_report SET why = 'boring'")
    assert sql("UPDATE market_report SET why = 'personal'") == 1


def test_an_agreement_waits_for_one_of_its_two_sides(cleo):
    name, match = "match_agreed_waits_for_a_side", make.match("agreed")
    refused(name, *change(match, agreed_waits_for="friend"))
    refused(name, *change(make.match("introduced"), agreed_waits_for="buyer"))
    assert sql(*change(match, agreed_waits_for="buyer")) == 1
