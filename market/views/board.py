"""The board: needs and offers as equals, with boxes to tick."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from factory.lists import Pages, chosen, live, orders, tidied
from market.board import rows
from market.facets import counted_or_similar
from market.filters import SORTS, asked, options, sorts


def board(request):
    """``?q=`` holds words, ``?place= &km=`` a place, ``?kind= &sector= &by= &province=`` boxes, ``?sort=`` an
    order; ``?page=`` turns the page.
    """
    if elsewhere := tidied(request):
        return elsewhere
    choices = options()
    wanted, found = counted_or_similar(asked(request.GET, choices), choices)
    context = {
        "asked": wanted,
        "total": found.total,
        "at_least": found.at_least,
        "facets": [(name, HEADS[name](), boxes) for name, boxes in found.facets.items() if boxes],
        "chosen": chosen(request.GET, wanted),
        "orders": orders(request.GET, wanted, {name: SORTS[name]() for name in sorts(wanted)}),
        "page_obj": Pages(rows(wanted), found.total).get_page(request.GET.get("page")),
    }
    return live(request, render(request, "market/listing_list.html", context))


HEADS = {
    "kind": lambda: _("I am looking for"),
    "sector": lambda: _("What"),
    "by": lambda: _("From whom"),
    "province": lambda: _("Where"),
}
