"""The market on the front page and in the site map."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory.templatetags.words import count, euro_short
from market.figures.amounts import public_total
from market.models import Listing, Match


def home_tiles():
    """Rows of (figure, words): what was confirmed."""
    tiles = [(count(Match.objects.completed().count()), _("matches confirmed by both sides"))]
    public = public_total(timezone.localdate())
    if public.number:
        tiles.append((euro_short(public.cents), _("bought, and confirmed by both sides")))
    return tiles


def home_ways():
    """What stands on the market now."""
    live = Listing.objects.public().count()
    words = ngettext("%(n)s need or offer now", "%(n)s needs and offers now", live)
    return {"market": words % {"n": count(live)}}


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
