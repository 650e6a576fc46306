"""The board: needs and offers as equals, with boxes to tick."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from factory.lists import Pages, chosen, live, orders, tidied
from market.board import rows
from market.facets import counted_or_similar
from market.filters import SORTS, asked, options, sorts
from market.shelving import for_you
from market.showing import seen
from market.templatetags.keeping import kept_of
from market.templatetags.market import fits


def board(request):
    """``?q=`` holds words, ``?place= &km=`` a place, ``?kind= &sector= &by= &province=`` boxes, ``?sort=`` an
    order; ``?page=`` turns the page.
    """
    if elsewhere := tidied(request):
        return elsewhere
    choices = options()
    you = for_you(request.user)
    only = you.keys() if you.organisation and request.GET.get("you") else None
    wanted, found = counted_or_similar(asked(request.GET, choices, only), choices)
    page = Pages(rows(wanted), found.total).get_page(request.GET.get("page"))
    boxes, fits = you.boxes(page.object_list)
    seen(request, you, fits)
    context = {
        "asked": wanted,
        "total": found.total,
        "at_least": found.at_least,
        "facets": [(name, HEADS[name](), boxes) for name, boxes in found.facets.items() if boxes],
        "chosen": chosen(request.GET, wanted, picks(you, wanted)),
        "you": you.organisation,
        "refusing": you.refusing(),
        "orders": orders(request.GET, wanted, {name: SORTS[name]() for name in sorts(wanted)}),
        "page_obj": page,
        "reasons": boxes,
        "beside": kept_of(request, "listing", page.object_list),
    }
    return live(request, render(request, "market/listing_list.html", context))


def picks(you, wanted):
    """What is chosen beside words, boxes and place: only what fits the reader's organisation."""
    if wanted.fitting is None:
        return []
    return [("you", "1", fits(you.organisation))]


HEADS = {
    "kind": lambda: _("I am looking for"),
    "sector": lambda: _("What"),
    "by": lambda: _("From whom"),
    "province": lambda: _("Where"),
}
