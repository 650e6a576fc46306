"""The board: needs and offers as equals, with boxes to tick."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from factory.lists import Pages, chosen
from market.board import Rows
from market.facets import counted_or_similar
from market.filters import asked, options


def board(request):
    """``?kind= &sector= &by= &province=`` tick boxes, ``?q=`` holds words, ``?page=`` turns the page."""
    choices = options()
    wanted, found = counted_or_similar(asked(request.GET, choices), choices)
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
            "page_obj": Pages(Rows(wanted), found.total).get_page(request.GET.get("page")),
        },
    )


HEADS = {
    "kind": lambda: _("I am looking for"),
    "sector": lambda: _("What"),
    "by": lambda: _("From whom"),
    "province": lambda: _("Where"),
}
