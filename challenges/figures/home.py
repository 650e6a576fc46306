"""The challenges on the front page and in the site map."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.models import Challenge
from challenges.models.states import PHASES, Phase
from factory.templatetags.words import count, euro_short


def home_tiles():
    """Rows of (figure, words): what was awarded, and what is open now."""
    found = Challenge.objects.public().aggregate(
        open=Count("pk", filter=Q(state__in=PHASES[Phase.OPEN])),
        awarded=Sum("committed_cents", filter=Q(state__in=PHASES[Phase.AWARDED])),
    )
    tiles = []
    if found["awarded"]:
        tiles.append((euro_short(found["awarded"]), _("awarded in impact challenges")))
    if found["open"]:
        words = ngettext("challenge open for plans", "challenges open for plans", found["open"])
        tiles.append((count(found["open"]), words))
    return tiles


class Board(Sitemap):
    """The board of challenges."""

    i18n = alternates = x_default = True

    def items(self):
        return ["challenges:list"]

    def location(self, item):
        return reverse(item)


class ChallengePages(Sitemap):
    """The page of every public challenge, in both languages."""

    i18n = alternates = x_default = True
    limit = 10_000

    def items(self):
        return Challenge.objects.public().only("slug", "published_at").order_by("pk")

    def lastmod(self, challenge):
        return challenge.published_at


def sitemaps():
    """What robots find of the challenges."""
    return {"challenges": Board, "challenge_pages": ChallengePages}
