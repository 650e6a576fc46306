"""Searches that somebody keeps, what they found so far, and the news that was told of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.graph import Graph, Moving

MOST_SEARCHES = 20
LONGEST_QUERY = 1000


class Pace(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never, I look here myself")


class SavedSearch(models.Model):
    """What one asked of a list, with a name. ``kind``: the list; ``query``: the address behind its "?"."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches"
    )
    kind = models.CharField(max_length=12)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    name = models.CharField(_("name of the search"), max_length=80)
    pace = models.CharField(_("how often"), max_length=8, choices=Pace, default=Pace.DAILY)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    looked_at = models.DateTimeField(default=clock.now, editable=False)  # by the machine
    seen_at = models.DateTimeField(default=clock.now, editable=False)  # by the person

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "query"], name="saved_search_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name"),
            models.CheckConstraint(
                condition=Q(pace__in=["at_once", "daily", "weekly", "never"]),
                name="saved_search_pace_is_known",
            ),
        ]
        indexes = [models.Index(fields=["pace", "looked_at"], name="saved_search_due")]

    def __str__(self):
        return self.name


class SearchHit(models.Model):
    """Something that a search found after it was saved: once, so that it is told once."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="hits")
    thing = models.BigIntegerField()
    found_at = models.DateTimeField(default=clock.now, editable=False)
    news = models.ForeignKey("partners.SearchNews", models.SET_NULL, null=True, related_name="hits")

    class Meta:
        verbose_name = _("search result")
        verbose_name_plural = _("search results")
        constraints = [models.UniqueConstraint(fields=["search", "thing"], name="search_hit_once")]

    def __str__(self):
        return f"{self.search} · {self.thing}"


class NewsState(models.TextChoices):
    FOUND = "found", _("Found")
    TOLD = "told", _("Told")


NEWS = Graph(
    "partners.searchnews", first=(NewsState.FOUND,), edges={NewsState.FOUND: [NewsState.TOLD]}
)


class SearchNewsQuerySet(models.QuerySet):
    """News in the domain's words."""

    def visible_to(self, person):
        """One's own; nobody else's."""
        return self.filter(person=person) if person.is_authenticated else self.none()


class SearchNews(Moving):
    """One message about all that somebody's searches of one pace found; one for each ``period``."""

    State = NewsState

    graph = NEWS
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="search_news")
    pace = models.CharField(max_length=8, choices=Pace)
    period = models.CharField(max_length=60)
    total = models.PositiveIntegerField()

    objects = SearchNewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news of saved searches")
        verbose_name_plural = _("news of saved searches")
        triggers = NEWS.triggers()
        constraints = [
            NEWS.check(NewsState),
            models.UniqueConstraint(
                fields=["person", "pace", "period"], name="search_news_once_a_period"
            ),
            models.CheckConstraint(condition=Q(total__gt=0), name="search_news_tells_something"),
        ]

    def __str__(self):
        return f"{self.person} · {self.period}"

    def get_absolute_url(self):
        return reverse("partners:searches")
