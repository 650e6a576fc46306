"""What waits for a coordinator on the market: one query for all of its queues, the longest waiting first."""

from datetime import timedelta
from functools import lru_cache

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from factory.clock import THIS_DAY
from factory.coordination.calls import MOST, Call, Queue, phone_of, rows_of, total_of
from factory.coordination.models import Note
from factory.coordination.models.note import promised, to_call_back
from factory.templatetags.words import short_day
from market.models import Listing, Match, Message, Prices, Report
from partners.absence import answering_now
from partners.models import provinces_of

State = Match.State
WEEK = timedelta(days=7)
ORDERED = timedelta(days=30)
LONG = timedelta(days=14)
SOON = 2
COLUMNS = (
    "q_no", "pk", "q_need", "q_title", "q_since", "q_day", "q_buyer", "q_name", "q_phone", "q_asks",
    "q_seller", "q_owner", "q_number", "q_waits", "q_total",
)  # fmt: skip
QUEUES = (
    "back",
    "back",
    "due",
    "asked",
    "silent",
    "choice",
    "amounts",
    "differ",
    "decide",
    "reports",
)
BACK_NEED, BACK_MATCH, DUE, ASKED, SILENT, CHOICE, AMOUNTS, DIFFER, DECIDE, REPORTS = range(10)
TOLD = {BACK_MATCH, ASKED, SILENT, AMOUNTS, DIFFER}
OF_NEEDS = {BACK_NEED, DUE, CHOICE, DECIDE, REPORTS}


def coordinator_queues(person, everywhere=False):
    """The market's part of the call list."""
    rows = rows_of(_statement(() if everywhere else tuple(provinces_of(person))))
    return [_queue(number, [row for row in rows if row[0] == number]) for number in range(10)]


@lru_cache(maxsize=128)
def _statement(provinces):
    """The query for all of the queues, with its parameters; of some provinces or of all."""
    near = Q(province__in=provinces) if provinces else Q()
    parts = [
        _back_need(near), _back_match(near), _due(near), _asked(near), _silent(near), _choice(near),
        _amounts(near), _differ(near), _decide(near), _reports(near),
    ]  # fmt: skip
    return parts[0].union(*parts[1:], all=True).query.sql_with_params()


def near_to(person):
    """A condition on needs: in the provinces of this coordinator; everywhere for who has none."""
    provinces = provinces_of(person)
    return Q(province__in=provinces) if provinces else Q()


def suggested(person):
    """The suggestions that wait to be decided on."""
    near = Listing.objects.filter(near_to(person), state=Listing.State.LIVE)
    return Match.objects.filter(state=State.SUGGESTED, need__in=near).order_by("created_at", "pk")


def shortlist_url(need):
    return reverse("admin:market_listing_shortlist", args=[need])


def next_need(person, need, since):
    """The id of the need whose suggestions wait longest after ``since``, else longest; or None."""
    others = suggested(person).exclude(need=need.pk).values_list("need", flat=True)
    later = others.filter(created_at__gte=since).first() if since else None
    return later or others.first()


# The rows of each queue


def _needs(number, rows, since, *, waits=True, order="q_since", **changed):
    text, us = Value("", output_field=CharField()), ("organisation", "contact")
    columns = {
        "q_no": Value(number), "q_need": F("pk"), "q_title": F("title"), "q_since": since,
        "q_day": F("needed_by_date"), "q_buyer": F("organisation__name"),
        "q_name": answering_now(*us, "person__name"),
        "q_phone": phone_of(answering_now(*us, "person__phone"), "organisation__phone"),
        "q_asks": Value(waits), "q_seller": text, "q_owner": text, "q_number": text,
        "q_waits": Value(False), "q_total": total_of(rows),
    }  # fmt: skip
    rows = rows.annotate(**columns | changed).order_by(order, "pk")
    return rows.values_list(*COLUMNS)[:MOST]


def _matches(number, rows, since, asks=True, waits=True):
    us, them = ("buyer", "need__contact"), ("organisation", "offer__contact")
    columns = {
        "q_no": Value(number), "q_need": F("need"), "q_title": F("need__title"), "q_since": since,
        "q_day": F("need__needed_by_date"), "q_buyer": F("buyer__name"),
        "q_name": answering_now(*us, "person__name"),
        "q_phone": phone_of(answering_now(*us, "person__phone"), "buyer__phone"),
        "q_asks": _flag(asks), "q_seller": F("organisation__name"),
        "q_owner": answering_now(*them, "person__name"),
        "q_number": phone_of(answering_now(*them, "person__phone"), "organisation__phone"),
        "q_waits": _flag(waits), "q_total": total_of(rows),
    }  # fmt: skip
    return rows.annotate(**columns).order_by("q_since", "pk").values_list(*COLUMNS)[:MOST]


def _flag(asked):
    """True, or whether a column is still empty."""
    return Value(True) if asked is True else Cast(Q(**{asked: None}), BooleanField())


def _about(near):
    """The same condition, on matches."""
    return Q(need__in=Listing.objects.filter(near)) if near else Q()


def _promise(model):
    notes = Note.objects.to_call_back().filter(thing_type=model.label(), thing_id=OuterRef("pk"))
    day = Subquery(notes.values("call_back_on")[:1], output_field=DateField())
    return Cast(day, DateTimeField())


def _back_need(near):
    rows = Listing.objects.filter(near, promised(Listing))
    return _needs(BACK_NEED, rows, _promise(Listing))


def _back_match(near):
    rows = Match.objects.filter(_about(near), promised(Match))
    return _matches(BACK_MATCH, rows, _promise(Match))


def _due(near):
    """Needed within a week, or the day has passed, and no supplier has said yes; until somebody settles it."""
    said_yes = Match.objects.open().filter(need=OuterRef("pk"), supplier_agreed_at__isnull=False)
    soon = Listing.objects.live().needs().filter(near, needed_by_date__lte=THIS_DAY + Value(7))
    rows = soon.filter(~Exists(said_yes), ~to_call_back(Listing))
    return _needs(DUE, rows, F("live_at"), order="needed_by_date")


def _asked(near):
    """Asked, reminded, and still no answer."""
    rows = Match.objects.filter(
        _about(near), ~to_call_back(Match), state=State.APPROVED, call_at__lte=Now()
    )
    return _matches(ASKED, rows, F("call_at"), "buyer_agreed_at", "supplier_agreed_at")


def _silent(near):
    """Introduced a week ago, and nothing heard since; who is asked for a price waits for the buyer's choice."""
    wrote = Message.objects.filter(match=OuterRef("pk"), at__gt=Now() - WEEK)
    met = Match.objects.filter(
        _about(near), state=State.INTRODUCED, introduced_at__lte=Now() - WEEK,
        buyer_cents=None, supplier_cents=None,
    )  # fmt: skip
    comparing = Exists(Prices.objects.filter(need=OuterRef("need"), closes_at__isnull=False))
    met = met.filter(~comparing, ~Exists(wrote), ~to_call_back(Match))
    return _matches(SILENT, met, F("introduced_at"))


def _choice(near):
    """Prices could be read for a week, and the buyer has chosen none: one call about the need."""
    met = Match.objects.filter(need=OuterRef("pk"), state=State.INTRODUCED)
    rows = Listing.objects.filter(near, prices__closes_at__lte=Now() - WEEK)
    rows = rows.filter(Exists(met), ~to_call_back(Listing))
    return _needs(CHOICE, rows, F("prices__closes_at"))


def _amounts(near):
    """One side noted an amount, or the day of delivery has passed, and the other side's is awaited."""
    one = Q(buyer_cents=None) ^ Q(supplier_cents=None)
    passed = Q(state=State.AGREED) & (
        Q(need__needed_by_date__lt=THIS_DAY)
        | Q(need__needed_by_date=None, introduced_at__lte=Now() - ORDERED)
    )
    met = Match.objects.filter(
        _about(near), ~to_call_back(Match), state__in=[State.INTRODUCED, State.AGREED]
    )
    return _matches(
        AMOUNTS, met.filter(one | passed), F("introduced_at"), "buyer_cents", "supplier_cents"
    )


def _differ(near):
    rows = Match.objects.filter(_about(near), ~to_call_back(Match), state=State.DISPUTED)
    return _matches(DIFFER, rows, F("introduced_at"))


def _decide(near):
    waiting = Match.objects.filter(need=OuterRef("pk"), state=State.SUGGESTED)
    rows = Listing.objects.live().needs().filter(near).filter(Exists(waiting))
    return _needs(DECIDE, rows, F("live_at"), waits=False)


def _reports(near):
    open_ones = Report.objects.filter(listing=OuterRef("pk"), handled_at=None).order_by("at")
    rows = Listing.objects.filter(near).filter(Exists(open_ones))
    return _needs(REPORTS, rows, Subquery(open_ones.values("at")[:1]), waits=False)


# How they read


def _queue(number, rows):
    titles = (
        _("You promised to call back"), _("You promised to call back"),
        _("Needed this week or the day has passed, nobody said yes"),
        _("Nobody answered"), _("Introduced, and silent since"), _("Prices are in, nobody is chosen"),
        _("Amounts awaited"), _("Amounts differ"),
        _("Needs with suggestions"), _("Reported by readers"),
    )  # fmt: skip
    calls = [_call(number, row) for row in rows]
    total = rows[0][-1] if rows else 0
    return Queue(QUEUES[number], titles[number], _all(number), calls, total, calls=number < DECIDE)


def _all(number):
    listings, matches = (
        reverse(f"admin:market_{model}_changelist") for model in ("listing", "match")
    )
    return {
        DUE: f"{listings}?in=live&kind__exact=need",
        ASKED: f"{matches}?in=approved",
        SILENT: f"{matches}?in=introduced",
        CHOICE: f"{listings}?in=live&kind__exact=need",
        AMOUNTS: f"{matches}?in=agreed",
        DIFFER: f"{matches}?in=disputed",
        DECIDE: f"{matches}?in=suggested",
        REPORTS: reverse("admin:market_report_changelist"),
    }.get(number, "")


def _call(number, row):
    (
        _no,
        pk,
        need,
        title,
        since,
        day,
        buyer,
        name,
        phone,
        asks,
        seller,
        owner,
        number_,
        waits,
        _n,
    ) = row
    kind = "listing" if number in OF_NEEDS else "match"
    page = reverse(f"admin:market_{kind}_change", args=[pk])
    people = [(f"{name}, {buyer}", phone)] * asks + [(f"{owner}, {seller}", number_)] * waits
    words = _("needed on %(day)s")
    if number == DUE and day < timezone.localdate():
        words = _("the day has passed: needed on %(day)s")
    meta = [words % {"day": short_day(day)} if day else "", seller or buyer]
    return Call(
        title=title,
        meta=" · ".join(filter(None, meta)),
        url=shortlist_url(need) if number in (DUE, DECIDE) else page,
        since=since,
        people=people,
        action=_("Decide") if number in (DUE, DECIDE) else "",
        late=_is_late(number, since, day),
        thing=(f"market.{kind}", pk),
        note_url=page.removesuffix("change/") + "move/note/",
        for_url=page.removesuffix("change/") + "for/" if number in TOLD else "",
    )


def _is_late(number, since, day):
    """Two days before it is needed; what else waits, after two weeks."""
    if number == DUE:
        return (day - timezone.localdate()).days <= SOON
    return number != DECIDE and timezone.now() - since > LONG
