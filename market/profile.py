"""What the market says on the page of an organisation: what is live, and what was delivered."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory import clock, pdf
from factory.templatetags.words import count, euro
from market.models import Listing, Match
from market.templatetags.keeping import kept_of

FEWEST = 3  # orders in a sum that is public
YEARS = 4  # that can be taken along
ON_PAPER = 4  # offers on the one page about an organisation
SHOWN = 12  # of each kind; the board has the rest


def blocks(organisation, person):
    """Figures from completed matches alone, then the live offers and needs."""
    found = [delivered(organisation)]
    rows = live(organisation, person)
    for kind, title in (
        (Listing.Kind.OFFER, _("What they offer")),
        (Listing.Kind.NEED, _("What they ask")),
    ):
        listings = [listing for listing in rows if listing.kind == kind][:SHOWN]
        found.append(_block("main", title, "market/_profile_listings.html", listings))
    if organisation.pk in decides_for(person):
        years = list(range(clock.today().year, organisation.created_at.year - 1, -1))[:YEARS]
        found.append(_block("side", _("Your year as a sheet"), "market/_profile_year.html", years))
    found.append(_block("side", _("Find it back"), "market/_profile_keep.html", organisation))
    return [block for block in found if block["context"]]


def decides_for(person):
    """The ids of the organisations for which somebody, perhaps a visitor, decides."""
    return person.decides_for() if person.is_authenticated else ()


def paper_parts(organisation):
    """The same on the one page about an organisation: what they offer, and what was delivered."""
    shown = live(organisation, AnonymousUser())
    offers = [listing.title for listing in shown if listing.kind == Listing.Kind.OFFER]
    if offers:
        yield pdf.heading(_("What they offer"))
        yield pdf.points(offers[:ON_PAPER])
    if rows := delivered(organisation)["context"]:
        yield pdf.heading(_("Delivered through the Factory"))
        yield pdf.points(f"{figure} {words}" for figure, words in rows)


def buttons(request, rows):
    """In the directory, to who is signed in: a button to keep each, and the form behind them."""
    kept = kept_of(request, "organisation", rows)
    return kept and {"buttons": kept, "template": "market/_partners_keep.html"}


def live(organisation, person):
    """What stands on the market in its name; a need whose name is kept back stays off this page."""
    rows = Listing.objects.visible_to(person).live().filter(organisation=organisation)
    known = person.is_authenticated and (person.is_staff or organisation.pk in (person.roles or ()))
    rows = rows if known else rows.filter(hides_name=False)
    return rows.select_related("region", "sector").order_by("-live_at")[: 2 * SHOWN]


def delivered(organisation):
    """How many orders both sides confirmed, and for how much: nothing else counts."""
    done = Match.objects.completed().filter(Q(organisation=organisation) | Q(buyer=organisation))
    sold, bought = Q(organisation=organisation), Q(buyer=organisation)
    sums = done.aggregate(
        sold=Count("pk", filter=sold),
        sold_cents=Sum("realised_cents", filter=sold),
        bought=Count("pk", filter=bought),
        bought_cents=Sum("realised_cents", filter=bought),
        first=Min("completed_at"),
    )
    return _block("band", "", "market/_profile_delivered.html", _rows(sums))


def _rows(sums):
    """(figure, words) for the stats part; empty without a completed match."""
    if not sums["first"]:
        return []
    since = {"year": timezone.localtime(sums["first"]).year}
    sold, bought = sums["sold"], sums["bought"]
    rows = []
    if sold:
        words = ngettext(
            "order delivered through the Factory since %(year)s",
            "orders delivered through the Factory since %(year)s",
            sold,
        )
        rows.append((count(sold), words % since))
        rows += _amount(sold, sums["sold_cents"], _("confirmed by the buyers"))
    if bought:
        words = ngettext(
            "order bought through the Factory since %(year)s",
            "orders bought through the Factory since %(year)s",
            bought,
        )
        rows.append((count(bought), words % since))
        rows += _amount(bought, sums["bought_cents"], _("confirmed by the suppliers"))
    return rows


def _amount(orders, cents, words):
    """The sum, once it is of so many orders that no single value can be read from it."""
    return [(euro(cents), words)] if orders >= FEWEST else []


def _block(place, title, template, context):
    return {"place": place, "title": title, "template": template, "context": context}
