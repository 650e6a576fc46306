"""Needs of the demo that ask for prices: one still sealed, one to choose from, one that was chosen from."""

from datetime import timedelta

from factory.demo import chance
from market.demo.board import usual
from market.demo.courses import Course
from market.lifecycle import quoting

POSTED = {"sealed": 3, "open": 12, "chosen": 40}  # days ago
SUPPLIERS = 3
SHARES = (0.92, 1.0, 1.08)  # of the usual amount
A_MINUTE = timedelta(minutes=1)
INCLUDED = "Alles inbegrepen, ook de begeleiding."
WHY = "Past het best bij wat de buurt vroeg, en de prijs ligt binnen de schatting."


def priced(row, board):
    """The life of one need that asks for prices, from the day it is posted."""
    by, start = chance(row["title"]), POSTED[row["course"]]
    buyer = board.parties.by_name[row["buyer"]]
    yield board.days.at(start, by)
    need = board.post("need", row, buyer, value_cents=usual(row), ask_prices=True)
    able = board.parties.suppliers_for(row["sector"], buyer, board.days.day(start))
    courses = [
        Course(need, supplier, board, start=start - 1, end=max(start - 4, 0), rank=rank)
        for rank, supplier in enumerate(able[:SUPPLIERS], start=1)
    ]
    for course, share in zip(courses, SHARES, strict=False):
        yield from course.approved()
        yield course.at(0.5)
        cents = round(usual(row) * share, -2)
        quoting.quote(course.match, by=course.seller, cents=cents, text=INCLUDED)
    if row["course"] != "sealed":
        yield from opened(row, need, courses)


def opened(row, need, courses):
    """The closing time passes; perhaps the buyer chooses, and notes that it is social return."""
    yield need.prices.closes_at + A_MINUTE
    quoting.open_prices(need)
    if row["course"] == "chosen":
        yield need.prices.closes_at + timedelta(days=1)
        best, *others = courses
        codes = ("price", "timing")
        reasons = {other.match.pk: code for other, code in zip(others, codes, strict=False)}
        match = best.match
        quoting.choose(match, by=best.buyer, chosen_for="fit", text=WHY, others=reasons)
        yield need.prices.closes_at + timedelta(days=2)
        contract = {"contract": "UTR-2026-0318", "authority": need.organisation}
        quoting.note_social_return(match, by=best.seller, **contract)
