"""Saved searches: looked into by the clock, and told of in one message for all of one pace.

Each person's turn is one transaction under a lock: killed, nothing of it is there; twice at once, the second finds
nothing. What was found is a row of its own, once; and PostgreSQL holds one message for a person, pace and period.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.moves import Moves, is_the_factory, the_factory
from factory.notices.facts import facts_of
from factory.notices.telling import asks
from factory.texts import say
from partners.models import Pace, SavedSearch, SearchHit, SearchNews
from partners.searching import searched_lists

OVERLAP = timedelta(minutes=10)  # what was written meanwhile and became visible later
EVERY = {
    Pace.AT_ONCE: timedelta(0),
    Pace.DAILY: timedelta(hours=20),
    Pace.WEEKLY: timedelta(days=6, hours=20),
    Pace.NEVER: timedelta(hours=1),  # nobody is told: it stands on the page
}
MORNING = 8  # the hour from which what comes once a day or a week is told
MOST_PEOPLE = 200  # a turn

moves = Moves(SearchNews)


def whose_searches(news):
    """Who saved them."""
    return [news.person]


@moves.begin(to=SearchNews.State.FOUND, may=is_the_factory)
def bring_together(news, *, by):
    """What somebody's saved searches found becomes one message."""
    return {"total": news.total}


@moves.by_the_factory(
    SearchNews.State.FOUND, to=SearchNews.State.TOLD, tells=[asks(whose_searches)]
)
def tell_of(news, *, by):
    """The message goes to whose searches they are."""


say(
    {
        "searchnews.bring_together": (_("Bring new results together"), _("New results found")),
        "searchnews.tell_of": (_("Tell of new results"), _("Told of new results")),
    }
)


@facts_of(SearchNews, "person")
def about_news(news, person):
    """Every search with how many it found."""
    return {"searches": SimpleLazyObject(lambda: counted(news)), "mine": None}


def counted(news):
    """``[(name of the search, how many it found)]``."""
    names = news.hits.order_by("search__name").values_list("search__name")
    return list(names.annotate(n=Count("pk")))


def look(now=None):
    """Look for everybody whose time has come; returns how many messages were written."""
    now = now or clock.now()
    return sum(_turn(person, pace, now) for person, pace in list(due(now)))


def know_what_is_there(search):
    """What already stands on the list on the day that a search is saved is no news."""
    last = searched_lists()[search.kind].new(search.query, search.made_at - OVERLAP, [])
    SearchHit.objects.bulk_create(
        [SearchHit(search=search, thing=key, found_at=search.seen_at) for key in last],
        ignore_conflicts=True,
    )


def due(now):
    """``[(person, pace)]`` of whose searches of that pace one was not looked into for so long."""
    by_day = timezone.localtime(now).hour >= MORNING
    for pace, every in EVERY.items():
        if by_day or pace in (Pace.AT_ONCE, Pace.NEVER):
            late = SavedSearch.objects.filter(pace=pace, looked_at__lte=now - every)
            people = late.order_by("person").values_list("person", flat=True).distinct()
            yield from ((person, pace) for person in people[:MOST_PEOPLE])


@transaction.atomic
def _turn(person, pace, now):
    """All of one person's searches of a pace; whether there was something to tell."""
    mine = SavedSearch.objects.filter(person=person, pace=pace).order_by("pk")
    searches = list(mine.select_for_update(skip_locked=True, of=("self",)))
    if not any(one.looked_at <= now - EVERY[pace] for one in searches) or _was_told(
        person, pace, now
    ):
        return False
    hits = list(_hits(person, searches, now))
    SavedSearch.objects.filter(pk__in=[one.pk for one in searches]).update(looked_at=now)
    news = None
    if hits and pace != Pace.NEVER:
        news = SearchNews(
            person_id=person, pace=pace, period=_period(person, pace, now), total=len(hits)
        )
        bring_together(news, by=the_factory())
    for hit in hits:
        hit.news = news
    SearchHit.objects.bulk_create(hits)
    return news is not None and bool(tell_of(news))


def _was_told(person, pace, now):
    return SearchNews.objects.filter(
        person=person, pace=pace, period=_period(person, pace, now)
    ).exists()


def _period(person, pace, now):
    """What there is one message of: a day, or this very moment; with whose it was, as accounts can merge."""
    moment = now if pace == Pace.AT_ONCE else timezone.localdate(now)
    return f"{moment.isoformat()[:26]}/{person}"


def _hits(person, searches, now):
    """What is new to this person, once, whichever of their searches finds it first."""
    lists = searched_lists()
    known = {}
    rows = SearchHit.objects.filter(search__person=person).values_list("search__kind", "thing")
    for kind, thing in rows:
        known.setdefault(kind, set()).add(thing)
    for search in searches:
        before = known.setdefault(search.kind, set())
        since = max(search.made_at, search.looked_at - OVERLAP)
        new = lists[search.kind].new(search.query, since, before) if search.kind in lists else ()
        before.update(new)
        yield from (SearchHit(search=search, thing=key, found_at=now) for key in new)
