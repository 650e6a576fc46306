"""What the market says on the page of an organisation: what is live, and what was delivered."""

from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Aggregate, BigIntegerField, Count, Max, Min, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from factory import clock, pdf
from factory.templatetags.words import count, euro
from market.models import Listing, Match, Recommendation
from market.templatetags.keeping import kept_of
from partners.models import Organisation

YEARS = 4  # that can be taken along
ON_PAPER = 4  # offers on the one page about an organisation
FEWEST = 3  # orders of which anything is told
BANDS = [euros * 100 for euros in (500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000)]
SENTENCES = 4
SUPPLIERS = (Organisation.Kind.ENTERPRISE, Organisation.Kind.INITIATIVE)
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
    if known := asks(organisation, person):
        title = _("Is this what you are looking for?")
        found.append(_block("side", title, "market/_profile_ask.html", known))
    found.append(_block("side", _("Find it back"), "market/_profile_keep.html", organisation))
    found.append(said(organisation))
    return [block for block in found if block["context"]]


def asks(organisation, person):
    """The address of a need that already names them, for who may ask them: everybody but themselves."""
    if person.is_authenticated and organisation.pk in (person.roles or ()):
        return ""
    if organisation.kind not in SUPPLIERS:
        return ""
    said = _("We think of %(name)s for this.") % {"name": organisation.name}
    return f"{reverse('market:post', args=['need'])}?{urlencode({'text': said})}"


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
    if told := delivered(organisation)["context"]:
        yield pdf.heading(_("Delivered through the Factory"))
        figures = [f"{figure} {words}" for figure, words in told["rows"]]
        yield pdf.points([*figures, *told["few"]])


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
    """What both sides confirmed, as supplier and as buyer: nothing else counts."""
    done = Match.objects.completed().filter(Q(organisation=organisation) | Q(buyer=organisation))
    sold, bought = Q(organisation=organisation), Q(buyer=organisation)
    sums = done.aggregate(
        sold=Count("pk", filter=sold),
        sold_cents=Middle("realised_cents", filter=sold),
        kinds=ArrayAgg("buyer__kind", filter=sold, distinct=True, default=Value([])),
        bought=Count("pk", filter=bought),
        bought_cents=Middle("realised_cents", filter=bought),
        first=Min("completed_at"),
        last=Max("completed_at", filter=sold),
    )
    return _block("band", "", "market/_profile_delivered.html", _told(sums))


class Middle(Aggregate):
    """The value in the middle of all."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = BigIntegerField()


def _told(sums):
    """``rows`` of (figure, words) for the stats part, ``few``: sentences where there is no figure to give,
    and ``buyers``: empty without a completed match.
    """
    if not (sums["sold"] or sums["bought"]):
        return {}
    year = {"year": timezone.localtime(sums["first"]).year}
    sold, bought = _side(sums, "sold", SOLD, year), _side(sums, "bought", BOUGHT, year)
    few = [
        words() % (year | {"n": FEWEST})
        for side, (_many, words) in (("sold", SOLD), ("bought", BOUGHT))
        if 0 < sums[side] < FEWEST
    ]
    if sums["sold"] < FEWEST:
        return {"rows": sold + bought, "few": few}
    sold.append((month(sums["last"]), _("last order delivered")))
    labels = dict(Organisation.Kind.choices)
    kinds = [str(labels[kind]) for kind in sorted(sums["kinds"])]
    return {"rows": sold + bought, "few": few, "kinds": kinds}


# What is said of many orders, beside their number, and of fewer than three, in words alone.
SOLD = (
    lambda: _("orders delivered through the Factory since %(year)s"),
    lambda: _("Fewer than %(n)s orders delivered through the Factory since %(year)s."),
)
BOUGHT = (
    lambda: _("orders bought through the Factory since %(year)s"),
    lambda: _("Fewer than %(n)s orders bought through the Factory since %(year)s."),
)


def _side(sums, side, words, year):
    """How many and of what size; below :data:`FEWEST` no figure at all, so that no value can be told apart."""
    if sums[side] < FEWEST:
        return []
    return [
        (count(sums[side]), words[0]() % year),
        (band(sums[f"{side}_cents"]), _("usual size of an order")),
    ]


def band(cents):
    """The size of an order, no finer than this: "€ 1.000 – € 2.500"."""
    above = next((n for n, edge in enumerate(BANDS) if cents < edge), None)
    if above == 0:
        return _("up to %(amount)s") % {"amount": euro(BANDS[0])}
    if above is None:
        return _("over %(amount)s") % {"amount": euro(BANDS[-1])}
    return f"{euro(BANDS[above - 1])} – {euro(BANDS[above])}"


def month(moment):
    """ "oktober 2026": a day would tell one order from the others."""
    return date_format(timezone.localtime(moment), "F Y")


def said(organisation):
    """What buyers let us show of what they said, the newest first."""
    shown = Recommendation.objects.shown().filter(match__organisation=organisation)
    shown = shown.select_related("match__buyer", "match__need").order_by("-at", "-pk")[:SENTENCES]
    return _block("main", _("What buyers say"), "market/_profile_said.html", list(shown)) | {
        "rank": 20
    }


def _block(place, title, template, context):
    return {"place": place, "title": title, "template": template, "context": context}
