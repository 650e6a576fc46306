"""How the coordinators' work goes, in their own provinces or everywhere: four questions, each with its definition."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now, TruncQuarter
from django.utils import timezone
from django.utils.translation import gettext as _

from factory import clock
from factory.coordination.lines import Lines
from factory.journal.models import Event
from market.figures.answering import answered
from market.models import Listing, Match
from partners.models import Sector, provinces_of
from partners.nearby import known_places

State = Match.State
TWO_YEARS = timedelta(days=731)
SECTOR = ("name_nl", "name_en")
YEAR = timedelta(days=365)
WEEK = timedelta(days=7)
A_DAY = 86_400


class Median(models.Aggregate):
    """The middle one of numbers."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = models.FloatField()


class Seconds(Func):
    """A span of time as seconds."""

    template = "EXTRACT(EPOCH FROM (%(expressions)s))"
    output_field = models.FloatField()


def coordinator_figures(person, everywhere=False, only=None):
    """``[{"key", "title", "definition", "bars", "head", "rows"}]``: bars (label and value) and the
    :class:`Lines` of a table. ``only``: the key of the one that is asked for.
    """
    provinces = [] if everywhere else provinces_of(person)
    needs = Listing.objects.needs().filter(Q(province__in=provinces) if provinces else Q())
    matches = (
        Match.objects.filter(need__province__in=provinces) if provinces else Match.objects.all()
    )
    blocks = {
        "introduced": (_until_introduced, matches),
        "three": (_three_answers, provinces),
        "answers": (_answers, matches),
        "demand": (_demand, needs),
    }
    return [count(of) for key, (count, of) in blocks.items() if only in (None, key)]


def _until_introduced(matches):
    """Days from the need to the introduction, the middle one of each quarter."""
    lately = matches.filter(introduced_at__gt=Now() - TWO_YEARS)
    lives = Event.objects.filter(thing_type=Listing.label(), to_state=Listing.State.LIVE)
    first = lives.filter(thing_id=OuterRef("need")).order_by("number").values("at")[:1]
    since = Coalesce(Subquery(first), F("need__live_at"))  # renewing starts nothing anew
    rows = (
        lately.annotate(quarter=TruncQuarter("introduced_at"), since=since)
        .values("quarter")
        .annotate(days=Median(Seconds(F("introduced_at") - F("since"))), n=Count("pk"))
        .order_by("quarter")
    )
    found = [
        (_quarter(timezone.localtime(row["quarter"])), round(row["days"] / A_DAY), row["n"])
        for row in rows
    ]
    return {
        "key": "introduced",
        "title": _("From need to introduction"),
        "definition": _(
            "Days from the day a need came on the market to an introduction for it; the middle one of all in that "
            "quarter."
        ),
        "bars": [{"label": label, "value": days} for label, days, _n in found],
        "columns": (_("Quarter"), _("Days")),
        "head": [_("Quarter"), _("Days, the middle one"), _("Introductions")],
        "rows": Lines(found),
    }


def _quarter(day):
    return _("Q%(n)s %(year)s") % {"n": (day.month + 2) // 3, "year": day.year}


def _three_answers(provinces):
    """To how many needs three suppliers or more answered within a day, of each quarter."""
    rows = [(_quarter(day), *counts) for day, *counts in answered(provinces, clock.now())]
    return {
        "key": "three",
        "title": _("Three answers within a day"),
        "definition": _(
            "Needs by the quarter in which they came on the market: to how many three suppliers or more said yes "
            "(also with a price) or no within 24 hours, and before the same hour of the next working day. A need "
            "of which that day is not over is not counted."
        ),
        "bars": [{"label": row[0], "value": round(100 * row[3] / row[1])} for row in rows],
        "columns": (_("Quarter"), _("% within 24 hours")),
        "head": [
            _("Quarter"), _("Needs"), _("Answers within 24 hours"), _("Three or more within 24 hours"),
            _("Three or more within a working day"),
        ],
        "rows": Lines(rows, _as_told),
    }  # fmt: skip


def _as_told(row):
    quarter, needs, answers, day, working = row
    return quarter, needs, answers, _share(day, needs), _share(working, needs)


def _share(part, whole):
    """``3 (25%)``."""
    return f"{part} ({round(100 * part / whole)}%)"


def _answers(matches):
    """What suppliers answered in a year, those who were silent most often first."""
    yes = Q(supplier_agreed_at__isnull=False)
    asked = matches.filter(created_at__gt=Now() - YEAR, lapse_at__isnull=False)
    rows = (
        asked.values("organisation", "organisation__name")
        .annotate(
            asked=Count("pk"),
            yes=Count("pk", filter=yes),
            no=Count("pk", filter=~yes & Q(state=State.DECLINED)),
            silent=Count("pk", filter=~yes & Q(state=State.LAPSED, reason="no_reply")),
        )
        .order_by("-silent", "-asked", "organisation__name", "organisation")
    )
    names = ("organisation__name", "asked", "yes", "no", "silent")
    return {
        "key": "answers",
        "title": _("Answers of suppliers"),
        "definition": _(
            "Everybody who was asked in the past year: how often they said yes, said no, or did not answer in "
            "time. Who was silent most often stands first."
        ),
        "bars": [],
        "head": [_("Supplier"), _("Asked"), _("Yes"), _("No"), _("Silent")],
        "rows": Lines(rows.values_list(*names)),
    }


def _demand(needs):
    """Live needs of a week and more to which nobody said yes, by sector and province."""
    said_yes = Match.objects.filter(need=OuterRef("pk"), supplier_agreed_at__isnull=False)
    open_ones = needs.live().filter(~Exists(said_yes), created_at__lt=Now() - WEEK)
    counted = defaultdict(Counter)
    words = [f"sector__{name}" for name in SECTOR]
    grouped = open_ones.order_by().values("sector", "province", *words).annotate(n=Count("pk"))
    names = {place.pk: place.name for place in known_places(timezone.localdate())}
    for row in grouped:
        sector = Sector(**{name: row[f"sector__{name}"] for name in SECTOR})
        counted[str(sector)][names[row["province"]]] += row["n"]
    places = sorted({place for row in counted.values() for place in row})
    order = sorted(counted, key=lambda name: (-counted[name].total(), name))
    return {
        "key": "demand",
        "title": _("Needs that nobody said yes to"),
        "definition": _(
            "Needs on the market, written more than a week ago, to which no supplier has said yes."
        ),
        "bars": [{"label": name, "value": counted[name].total()} for name in order],
        "columns": (_("Sector"), _("Needs")),
        "head": [_("Sector"), *places, _("Together")],
        "rows": Lines(order, lambda name: _across(name, counted[name], places)),
    }


def _across(name, counted, places):
    return name, *(counted[place] or "–" for place in places), counted.total()
