"""Needs of the demo that ask for prices: sealed, to choose from, chosen from, and two in a second round.

Of those two one came to no choice at first and can be chosen from now (``again``). Of the other what was chosen fell
through, and its second round is still sealed (``anew``).
"""

from datetime import timedelta

from django.utils import timezone

from factory.demo import chance
from factory.working_days import after
from market.demo.board import usual
from market.demo.courses import Course
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle import quoting
from market.lifecycle.asking_again import ask_prices_again
from market.models import Listing, Match
from market.price_forms import closing_on

POSTED = {"sealed": 3, "open": 12, "chosen": 40, "again": 34, "anew": 30}  # days ago
SUPPLIERS = 3
SHARES = (0.92, 1.0, 1.08)  # of the usual amount
DEARER = (1.42, 1.35, 1.5)  # so that nobody is chosen
A_MINUTE = timedelta(minutes=1)
INCLUDED = "Alles inbegrepen, ook de begeleiding."
STAGED = "Wij halen ze zelf op, en de begeleiding zit erin."
AT_ONCE = "Als u in één keer alles brengt en haalt, hoeven wij vier ritten minder te rekenen."
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
    dear = row["course"] == "again"
    for course, share in zip(courses, DEARER if dear else SHARES, strict=False):
        yield from course.approved()
        yield course.at(0.5)
        gives(course.match, course.seller, row, share, STAGED if dear else INCLUDED)
    if row["course"] != "sealed":
        yield need.prices.closes_at + A_MINUTE
        quoting.open_prices(need)
        yield from AFTERWARDS[row["course"]](row, need, courses)


def gives(match, seller, row, share, text):
    quoting.quote(match, by=seller, cents=round(usual(row) * share, -2), text=text)


def compared(row, need, courses):
    """The buyer has not chosen yet."""
    yield from ()


def chosen(row, need, courses):
    """The buyer chooses, and it is noted that it is social return."""
    yield closed(need, courses, 1)
    best = chooses(courses)
    yield closed(need, courses, 2)
    contract = {"contract": "UTR-2026-0318", "authority": need.organisation}
    quoting.note_social_return(best.match, by=best.seller, **contract)


def closed(need, courses, days):
    """So many working days after the closing time, in office hours."""
    calendar, by = courses[0].board.days, chance(f"{need.title} closed {days}")
    day = after(timezone.localdate(need.prices.closes_at), days)
    return calendar.at((calendar.today - day).days, by)


def chooses(courses):
    best, *others = courses
    codes = ("price", "timing")
    reasons = {other.match.pk: code for other, code in zip(others, codes, strict=False)}
    quoting.choose(best.match, by=best.buyer, chosen_for="fit", text=WHY, others=reasons)
    return best


def asked_again(row, need, courses):
    """All were dearer than thought: two give another price for less work, and can be chosen from."""
    days, by = courses[0].board.days, chance(f"{row['title']} again")
    yield days.at(21, by)
    closes_at = closing_on(timezone.localdate(days.at(8, by)))
    ask_prices_again(need, by=courses[0].buyer, closes_at=closes_at)
    for course, share in zip(courses[:2], SHARES, strict=False):
        yield days.at(14, by)
        gives(course.match, course.seller, row, share, AT_ONCE)
    yield closes_at + A_MINUTE
    quoting.open_prices(need)


def asked_anew(row, need, courses):
    """Who was chosen cannot after all: both others are asked once more, and one has answered."""
    days, by = courses[0].board.days, chance(f"{row['title']} anew")
    yield closed(need, courses, 1)
    best = chooses(courses)
    yield days.at(9, by)
    matches.cancel(best.match, by=best.seller, reason="capacity")
    yield days.at(6, by)
    listings.reopen(Listing.objects.get(pk=need.pk), by=best.buyer)
    yield days.at(5, by)
    once_more = [Match.objects.get(pk=course.match.pk) for course in courses[1:]]
    closes_at = closing_on(after(days.today, 3))
    again = Listing.objects.get(pk=need.pk)
    ask_prices_again(again, by=best.buyer, closes_at=closes_at, invited=once_more)
    yield days.at(1, by)
    newest = need.matches.filter(organisation=courses[1].supplier).order_by("-pk")[0]
    gives(newest, courses[1].seller, row, SHARES[1], INCLUDED)


AFTERWARDS = {"open": compared, "chosen": chosen, "again": asked_again, "anew": asked_anew}
