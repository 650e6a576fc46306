"""A list as a reader sees it: what is still there as they may see it, and what went away."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from factory.sheets import DAY, EURO, Column
from market import hiding
from market.models import Listing, SavedItem
from partners.models import Organisation


@dataclass(frozen=True)
class Row:
    """An item with its thing, or None if this reader may not see that (any more)."""

    item: SavedItem
    thing: Listing | Organisation | None

    @property
    def is_there(self):
        return self.thing is not None

    @property
    def is_listing(self):
        return bool(self.item.listing_id)

    @property
    def is_closed(self):
        """A listing of one's own or shared, which the market does not show."""
        return self.is_listing and self.is_there and self.thing.state != Listing.State.LIVE

    @property
    def gone(self):
        """What it was, without its words: those are not public any more."""
        if self.is_listing:
            return _("A need or offer that is not on the market any more")
        return _("A partner that is not in the list of partners any more")

    @property
    def kind(self):
        return self.thing.get_kind_display()

    @property
    def title(self):
        return str(self.thing)

    @property
    def party(self):
        """Whose it is, or only what kind of organisation if that follows later."""
        if not self.is_listing:
            return self.thing.name
        by = self.thing.organisation
        return hiding.unnamed(by) if self.thing.hides_name else by.name

    @property
    def place(self):
        if self.is_listing:
            return hiding.place_of(self.thing, known=False)
        return self.thing.region.name


def items_of(saved_list, person):
    """The rows of a list, the last kept first; three queries whatever its length."""
    items = list(saved_list.items.select_related("kept_by").order_by("-kept_at", "-pk"))
    listings = Listing.objects.visible_to(person).defer("search_nl", "search_en", "text")
    partners = Organisation.objects.visible_to(person).defer("search", "description")
    found = {
        "listing": listings.select_related("organisation__province", "region", "province"),
        "organisation": partners.select_related("region"),
    }
    things = {
        field: rows.in_bulk([key for key in (getattr(i, f"{field}_id") for i in items) if key])
        for field, rows in found.items()
    }
    return [
        Row(
            item,
            things["listing"].get(item.listing_id)
            or things["organisation"].get(item.organisation_id),
        )
        for item in items
    ]


def columns(site_url):
    """A list as a sheet."""
    return [
        Column(_("Kind"), "kind"),
        Column(_("Title"), "title", width=40),
        Column(_("Organisation"), "party", width=34),
        Column(_("Where"), "place"),
        Column(
            _("Amount, excluding VAT"),
            lambda row: getattr(row.thing, "value_cents", None),
            kind=EURO,
        ),
        Column(_("Needed on"), lambda row: getattr(row.thing, "needed_by_date", None), kind=DAY),
        Column(_("Note"), "item.note", width=50),
        Column(_("Page"), lambda row: site_url + row.thing.get_absolute_url(), width=40),
    ]
