"""The challenges in the site map."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from challenges.models import Challenge


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
