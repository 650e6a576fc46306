"""What one buyer orders from one supplier in a year, beside the limit that the buyer keeps."""

from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from factory import clock
from factory.templatetags.words import euro
from market.models import Listing, Match

TIMES_A_YEAR = {
    Listing.Unit.ONCE: 1,
    Listing.Unit.WEEK: 52,
    Listing.Unit.MONTH: 12,
    Listing.Unit.YEAR: 1,
}


def of_a_year(listing):
    """The estimate of a listing in cents, what comes back counted over a year; None without one."""
    return listing.value_cents and listing.value_cents * TIMES_A_YEAR[listing.unit]


def above_the_limit(need, day=None):
    """Whether the estimate lies above the limit that the buyer keeps today, or kept on a day."""
    cents = of_a_year(need)
    limit = need.organisation.purchase_limit(day) if cents else None
    return bool(limit and cents > limit.cents)


@dataclass
class YearTotal:
    """Confirmed and agreed amounts of a year between one buyer and one supplier, and the limit."""

    year: int
    buyer: str
    supplier: str
    cents: int
    limit: object
    of: int  # the supplier's id
    is_now: bool

    @property
    def words(self):
        """What this buyer bought from this supplier this year, or "In 2025", and the limit that counts."""
        said = {
            "when": _("This year") if self.is_now else _("In %(year)s") % {"year": self.year},
            "buyer": self.buyer,
            "supplier": self.supplier,
            "amount": euro(self.cents),
            "limit": self.limit and euro(self.limit.cents),
        }
        if not self.limit:
            return (
                _("%(when)s %(buyer)s bought for %(amount)s from %(supplier)s. No limit is noted.")
                % said
            )
        return (
            _(
                "%(when)s %(buyer)s bought for %(amount)s from %(supplier)s. Your limit is %(limit)s."
            )
            % said
        )

    def with_more(self, cents):
        """A warning if this many cents more pass the limit; else an empty text. It stops nobody."""
        total = self.cents + (cents or 0)
        if not self.limit or total <= self.limit.cents:
            return ""
        said = {"total": euro(total), "limit": euro(self.limit.cents)}
        return _("With this it becomes %(total)s, above your limit of %(limit)s.") % said

    @property
    def is_above(self):
        return bool(self.limit and self.cents > self.limit.cents)


def year_total(match):
    """The total of the two sides of a match this year, this match included as far as it is agreed."""
    return year_totals(match.buyer, [match.organisation])[match.organisation_id]


def year_totals(buyer, suppliers):
    """``{supplier's id: YearTotal}`` of this year, in one query for the sums and one for the limit."""
    today = clock.today()
    return {total.of: total for total in totals_on(buyer, [(one, today) for one in suppliers])}


def totals_on(buyer, days):
    """Of each ``(supplier, day)``: the total of the year of that day, beside the limit that held on it."""
    limits = list(buyer.purchase_limits.order_by("-valid_from")) if days else []
    sums, now = {}, clock.today().year
    for year in {day.year for _supplier, day in days}:
        sums[year] = _sums(buyer, [one for one, day in days if day.year == year], year)
    return [
        YearTotal(
            day.year,
            buyer.name,
            supplier.name,
            sums[day.year].get(supplier.pk, 0),
            next((limit for limit in limits if limit.holds_on(day)), None),
            supplier.pk,
            day.year == now,
        )
        for supplier, day in days
    ]


def _sums(buyer, suppliers, year):
    """``{supplier's id: cents}`` confirmed or agreed in a year."""
    standing = Q(state__in=[Match.State.AGREED, Match.State.DISPUTED], introduced_at__year=year)
    pairs = Match.objects.filter(buyer=buyer, organisation__in=suppliers).order_by()
    rows = pairs.values("organisation").annotate(
        done=Sum("realised_cents", filter=Q(completed_at__year=year)),
        agreed=Sum("agreed_cents", filter=standing),
    )
    return {row["organisation"]: (row["done"] or 0) + (row["agreed"] or 0) for row in rows}
