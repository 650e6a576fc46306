"""Plans what becomes of each need of the demo, and lets it all happen in the order of time."""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from factory.demo import DAYS, Calendar, chance, lines, play, together
from market.counting.closing import close_months
from market.counting.groups import FEWEST
from market.demo.amounts import shared_out
from market.demo.board import Board, usual
from market.demo.courses import Course
from market.demo.drafts import half_written
from market.demo.parties import Parties
from market.demo.pricing import priced as priced_need
from market.hiding import gives_away
from market.lifecycle.listing import expire, pause, report, take_down, withdraw
from market.lifecycle.suggesting import suggest_for
from market.models import Listing, Match, Report

HERE = Path(__file__).parent
REPORTED = "Dit stond er vorige maand ook al, en toen ging het niet door."
TAKEN_DOWN = "Wij belden: deze vraag is al vergeven. Plaats hem opnieuw als dat verandert."
WORTH_CENTS = 500_000_00
A_MONTH = 32  # days: so long ago, the month has surely been closed
LISTED = 91  # days after which a listing that nobody renewed is gone
# How many needs end in which way, beside those in pinned.csv.
PLAN = {
    "completed": 97, "shortlisted": 11, "asked": 8, "talking": 6, "agreed": 4, "disputed": 2,
    "declined": 3, "lapsed": 3, "dismissed": 3, "cancelled": 2, "expired": 3, "withdrawn": 1, "taken_down": 1,
    "draft": 2, "fresh": 9, "paused": 3,
}  # fmt: skip
# What becomes of a second supplier for such a need.
BESIDE = {"asked": ["asked"], "dismissed": ["dismissed"], "talking": ["declined"]}
# Between how many days ago such a need was posted; from the second week to the third otherwise.
POSTED = {
    "lapsed": (45, 70), "cancelled": (25, 45), "declined": (12, 30), "agreed": (20, 50),
    "disputed": (30, 60), "talking": (12, 30), "expired": (LISTED + 3, LISTED + 12),
    "draft": (1, 2), "fresh": (0, 4), "paused": (10, 30),
}  # fmt: skip


def make_market():
    """Every need and offer, and every match."""
    offers = lines(HERE / "offers.csv")
    board = Board(Parties(offers), Calendar())
    needs = planned(lines(HERE / "needs.csv"))
    stories = [*map(board.offering, offers), *(living(row, board) for row in needs)]
    play([*stories, *(priced_need(row, board) for row in lines(HERE / "priced.csv"))])
    half_written(board)
    counted = {"listings": Listing.objects.count(), "matches": Match.objects.count()}
    return _("%(listings)s needs and offers, %(matches)s matches") % counted


def close_the_books():
    """Every month that is over, so that the amounts are public."""
    return _("%(count)s months closed") % {"count": close_months()}


def planned(rows):
    """The needs with what becomes of them (``course``) and what the agreed ones cost (``cents``)."""
    by = chance("plan")
    pinned = {row["title"]: row for row in lines(HERE / "pinned.csv")}
    fates = [course for course, times in PLAN.items() for _number in range(times)]
    by.shuffle(fates)
    drafted = [row for row in rows if row["buyer"] == "enterprise"][: PLAN["draft"]]
    for row in drafted:
        row["course"] = "draft"
    asked = {row["title"]: row["proofs"].split() for row in lines(HERE / "asked.csv")}
    fates = iter([course for course in fates if course != "draft"])
    for row in rows:
        row |= pinned.get(row["title"], {"supplier": ""})
        row["asked_proofs"] = asked.get(row["title"], [])
        row.setdefault("course", "")
        row["course"] = row["course"] or next(fates)
    completed = [row for row in rows if row["course"] == "completed"]
    priced(completed, WORTH_CENTS, by)
    dated(completed)
    open_rows = [row for row in rows if row["course"] in ("agreed", "disputed")]
    priced(open_rows, sum(map(usual, open_rows)), by)
    return rows


def priced(rows, total_cents, by):
    ranges = [(int(row["low_euros"]), int(row["high_euros"])) for row in rows]
    for row, cents in zip(rows, shared_out(ranges, total_cents, by), strict=True):
        row["cents"] = cents


def dated(rows):
    """How many days ago each was delivered: more every year.

    So long ago that the month is over; and the last three on one day, so that none of them waits for others.
    """
    for row in rows:
        part = 1 - chance(f"{row['title']} ends").random() ** 0.55
        row["end"] = A_MONTH + int((DAYS - A_MONTH - 18) * part)
    last = sorted(rows, key=lambda row: row["end"])[:FEWEST]
    for row in last:
        row["end"] = last[0]["end"]


def living(row, board):
    """The life of one need: posted, perhaps met, perhaps over."""
    by = chance(row["title"])
    start, end = span(row, by)
    posted = board.days.day(start)
    buyer = buyer_of(row, board, posted)
    yield board.days.at(start, by)
    told = details(row, board.days, end, by)
    need = board.post("need", row, buyer, **told, hides_name=hides(row, buyer))
    if row["course"] == "shortlisted":
        yield board.days.at(start - 1, by)
        suggest_for(need.pk)
    yield from together(courses(row, need, board, start, end))
    if row["course"] == "withdrawn":
        yield board.days.at(end, by)
        withdraw(need, by=board.parties.decider(buyer))
    if row["course"] == "taken_down":
        yield board.days.at(end, by)
        off_the_market(need, board, buyer)
    if row["course"] == "paused":
        yield board.days.at(start - 3, by)
        back = board.days.today + timedelta(days=by.randrange(7, 14))
        pause(need, by=board.parties.decider(buyer), until=back)
    if row["course"] == "expired":
        yield need.expires_at + timedelta(minutes=1)
        expire(need)


def off_the_market(need, board, buyer):
    """A reader reports it, and a coordinator takes it down."""
    reader = board.parties.decider(board.parties.by_kind["enterprise"][0])
    report(need, by=reader, why=Report.Why.OTHER, text=REPORTED)
    take_down(need, by=board.parties.coordinator(buyer), because=TAKEN_DOWN)


def span(row, by):
    """From which to which day, counted back, something happens to a need."""
    if "end" in row:
        return row["end"] + by.randrange(25, 75), row["end"]
    return by.randrange(*POSTED.get(row["course"], (6, 14))), 0


def buyer_of(row, board, posted):
    """Who asks: named, or in turn; a draft is of somebody whose check still runs."""
    parties = board.parties
    if "title" in row and (named := row["buyer"]) in parties.by_name:
        return parties.by_name[named]
    kind = "in_check" if row["course"] == "draft" else row["buyer"]
    return parties.buyer(kind, row["sector"], posted)


def details(row, days, end, by):
    """How much, by when, and whether the buyer wants to be asked first."""
    cents = row.get("cents") or (usual(row) if by.random() < 0.85 else None)
    soon = row["course"] in ("fresh", "shortlisted", "asked") and by.random() < 0.35
    ahead = by.randrange(1, 7) if soon else by.randrange(15, 60)
    day = days.day(end) if row["course"] == "completed" else days.today + timedelta(days=ahead)
    return {
        "value_cents": (cents and round(cents, -4)) or None,
        "needed_by_date": day if soon or by.random() < 0.6 else None,
        "ask_me_first": by.random() < 0.15,
        "asked_proofs": row.get("asked_proofs", []),
    }


def hides(row, buyer):
    """Whether the buyer does not want to be known before the introduction, and the words do not tell."""
    wants = chance(f"hides {row['title']}").random() < 0.12
    return wants and buyer.kind != "province" and not gives_away(buyer, row["title"], row["text"])


def courses(row, need, board, start, end):
    """The matches of a need: the one that matters and perhaps one beside it."""
    wanted = [row["course"], *BESIDE.get(row["course"], [])]
    able = board.parties.suppliers_for(row["sector"], need.organisation, board.days.day(start))
    named = board.parties.by_name.get(row["supplier"])
    when = {"start": max(start - 1, end), "end": end, "cents": row.get("cents")}
    for rank, course in enumerate(wanted if hasattr(Course, row["course"]) else [], start=1):
        if supplier := named or (able and board.parties.in_turn(able)):
            yield getattr(Course(need, supplier, board, rank=rank, **when), course)()
        named, able = None, [one for one in able if one != supplier]
