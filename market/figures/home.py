"""The market on the front page and in the site map."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from factory.templatetags.words import count, euro_short
from market.models import Listing, Match

FEWEST = 3  # below this a sum would show what single parties paid


def home_tiles():
    """Rows of (figure, words): what was confirmed, and what stands on the market now."""
    done = Match.objects.completed().aggregate(n=Count("pk"), cents=Sum("realised_cents"))
    live = Listing.objects.public().aggregate(n=Count("pk"))
    tiles = [(count(done["n"]), _("matches confirmed by both sides"))]
    if done["n"] >= FEWEST:
        tiles.append((euro_short(done["cents"]), _("bought, and confirmed by both sides")))
    return [*tiles, (count(live["n"]), _("needs and offers on the market now"))]


class ListingPages(Sitemap):
    """The page of everything on the market, in both languages."""

    i18n = alternates = x_default = True
    limit = 10_000

    def items(self):
        return Listing.objects.public().only("slug", "live_at").order_by("pk")

    def lastmod(self, listing):
        return listing.live_at


class Board(Sitemap):
    """The board itself, and the impact page that it feeds."""

    i18n = alternates = x_default = True

    def items(self):
        return ["market:board", "impact"]

    def location(self, item):
        return reverse(item)


def sitemaps():
    """What robots find of the market."""
    return {"market": Board, "listings": ListingPages}
