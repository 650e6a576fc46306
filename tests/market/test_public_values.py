"""Whoever puts together everything that is public, of all days, never finds a single amount."""

import re
from datetime import date, datetime

from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import clock
from market.counting.closing import close_months
from market.counting.folding import together
from market.counting.groups import Note, parts_of
from market.figures.home import home_tiles
from tests import make
from tests.market.attack import published, recovered

PLACES = st.tuples(st.integers(2024, 2025), st.integers(1, 3), st.integers(1, 2))


@st.composite
def histories(draw):
    """Months in which matches are confirmed, put right and called off."""
    months, place, versions = [], {}, {}
    for _month in range(draw(st.integers(1, 6))):
        notes = []
        for _match in range(draw(st.integers(0, 5))):
            match = len(place) + 1
            place[match], versions[match] = draw(PLACES), 1
            notes.append((match, 1, *place[match]))
        for match in (
            draw(st.lists(st.sampled_from(sorted(place)), max_size=2, unique=True)) if place else []
        ):
            gone = versions[match] is None or draw(st.integers(0, 3)) == 0
            versions[match] = None if gone else versions[match] + 1
            notes.append((match, versions[match], *place[match]))
        months.append(notes)
    return months


@given(histories())
@settings(max_examples=150, deadline=None)
def test_no_amount_and_no_sum_of_two_can_be_computed(history):
    assert recovered(history) == []


PLAIN = [[(n, 1, 2025, n % 2, 1) for n in range(1, 4)], [(4, 1, 2025, 1, 1)], [(2, 2, 2025, 0, 1)]]


def test_without_groups_the_same_attack_finds_amounts():
    assert recovered(PLAIN) == []
    found = recovered(PLAIN, fewest=1, fold=False)
    assert ((4, 1),) in found
    assert ((1, 1),) in found or ((2, 1),) in found


def test_groups_without_folding_would_still_hide_amounts():
    assert recovered(PLAIN, fold=False) == []


def test_two_in_a_group_would_not_be_enough():
    pairs = [[(1, 1, 2025, 1, 1), (2, 1, 2025, 1, 1)], [(3, 1, 2025, 1, 1), (4, 1, 2025, 1, 1)]]
    assert recovered(pairs, fewest=2)
    assert recovered(pairs) == []


@given(histories())
@settings(max_examples=100, deadline=None)
def test_the_total_is_exact_as_soon_as_nothing_waits(history):
    amounts = {
        (match, version): 1000 * match + (version or 0)
        for month in history
        for match, version, *_ in month
    }
    more = [(900 + n, 1, 2026, 9, 9) for n in range(3)]
    amounts |= {(900 + n, 1): 77 for n in range(3)}
    latest = {}
    for month in history:
        latest |= {match: version for match, version, *_ in month}
    expected = sum(amounts[m, v] for m, v in latest.items() if v is not None) + 3 * 77
    figures = published([*history, more], amounts)
    assert expected in figures


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 9), max_size=13))
def test_what_is_taken_together_is_never_one_cell_nor_fewer_than_three_matches(numbers):
    kept = together(numbers)
    assert not [key for key, number in numbers.items() if 0 < number < 3 and key not in kept]
    filled = [key for key, number in numbers.items() if number]
    if kept and len(filled) > 1 and sum(numbers.values()) >= 3:
        assert len(kept) > 1
        assert sum(numbers[key] for key in kept) >= 3


def test_a_group_gives_out_every_cent():
    notes = [Note(n, n, cents, 2025, 1, 1) for n, cents in enumerate((100, 101, 100, 99), start=1)]
    assert [part.cents for part in parts_of(notes, [])] == [100] * 4
    assert sum(part.cents for part in parts_of(notes[:3], [])) == 301
    assert parts_of(notes[:2], []) == []


EUROS = re.compile(r"(?:€\u00a0|;\")(\d[\d.]*)(?:,00)?")
AMOUNTS = [123_457, 234_579, 345_679, 456_791, 567_817, 678_913, 789_137]


def everything(client):
    """All pages and downloads that a visitor can open about what was bought, of every month."""
    days = [date(2025, month, 28) for month in range(1, 13)]
    for day in days:
        for by in ("year", "province", "sector"):
            yield client.get("/impact/", {"on": day, "by": by}).content.decode()
        answer = client.get("/impact/", {"on": day, "format": "csv"})
        yield b"".join(answer.streaming_content).decode()
    yield client.get("/").content.decode()


def test_no_page_of_any_month_holds_an_amount_or_a_difference_that_is_one(client, cleo):
    make.sector()
    for month, cents in enumerate(AMOUNTS, start=1):
        with clock.replay(timezone.make_aware(datetime(2025, month, 10, 12))):
            make.match("completed", cents=cents)
    close_months(date(2026, 1, 1))
    seen = [int(found.replace(".", "")) for found in EUROS.findall("".join(everything(client)))]
    assert len(set(seen)) > 5
    known = {0, *seen}
    differences = {abs(one - other) for one in known for other in known}
    for cents in AMOUNTS:
        assert not {cents // 100, cents // 100 + 1} & differences


def test_the_front_page_shows_the_same_sum_as_the_figures(db, cleo):
    with clock.replay(timezone.make_aware(datetime(2025, 3, 10, 12))):
        for _n in range(3):
            make.match("completed")
    with translation.override("en"):
        assert len(home_tiles()) == 1
        close_months()
        assert home_tiles()[1][0] == "€\u00a03,000"
