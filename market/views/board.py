"""The board: needs and offers as equals, with boxes to tick."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from market.facets import counted_or_similar
from market.filters import asked, on_the_board, options

A_PAGE = 20
MOST_ROWS = 1000  # further on nobody reads; the boxes bring one there sooner
SHOWN = (
    "kind", "title", "slug", "language", "value_cents", "unit", "needed_by_date", "nationwide",
    "ask_me_first", "live_at", "organisation__name", "organisation__kind", "organisation__slug",
    "region__name",
)  # fmt: skip


class Pages(Paginator):
    """Pages of a list whose length is already known."""

    def __init__(self, rows, total):
        super().__init__(rows, A_PAGE)
        self.total = total

    @cached_property
    def count(self):
        return min(self.total, MOST_ROWS)


def board(request):
    """``?kind= &sector= &by= &province=`` tick boxes, ``?q=`` holds words, ``?page=`` turns the page."""
    choices = options()
    wanted, found = counted_or_similar(asked(request.GET, choices), choices)
    rows = wanted.within(on_the_board()).order_by("-live_at", "-pk")
    rows = rows.select_related("organisation", "region").only(*SHOWN)
    return render(
        request,
        "market/listing_list.html",
        {
            "asked": wanted,
            "total": found.total,
            "at_least": found.at_least,
            "facets": [
                (name, HEADS[name](), boxes) for name, boxes in found.facets.items() if boxes
            ],
            "chosen": chosen(request.GET, wanted),
            "page_obj": Pages(rows, found.total).get_page(request.GET.get("page")),
        },
    )


HEADS = {
    "kind": lambda: _("I am looking for"),
    "sector": lambda: _("What"),
    "by": lambda: _("From whom"),
    "province": lambda: _("Where"),
}


def chosen(address, wanted):
    """Every box that is ticked and the words, each with the address without it."""
    picks = [
        (facet, option.value, option.label) for facet, on in wanted.ticked.items() for option in on
    ]
    picks += [("q", address.get("q"), f"“{wanted.text}”")] if wanted.text else []
    return [{"label": label, "url": _without(address, name, value)} for name, value, label in picks]


def _without(address, name, value):
    rest = address.copy()
    rest.setlist(name, [other for other in rest.getlist(name) if other != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"
