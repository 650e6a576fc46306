"""The directory: who is here, with boxes to tick, a place, a map and an order."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from factory.contributions import gather
from factory.lists import Pages, chosen, live, orders, tidied
from partners.directory import listed_names, rows
from partners.facets import counted_or_similar
from partners.filters import SORTS, asked, options, sorts

HEADS = {
    "kind": lambda: _("Who"),
    "sector": lambda: _("What"),
    "province": lambda: _("Province"),
    "municipality": lambda: _("Municipality"),
    "theme": lambda: _("What changes"),
    "credential": lambda: _("Proof that counts today"),
}
A_FEW, AT_MOST = 5, 50  # of the names alone: at once, and behind a fold


def directory(request):
    """``?q=`` holds words, ``?place= &km=`` a place, ``?kind= &sector= &province= &municipality= &theme= &credential=``
    boxes,    ``?sort=`` an order; ``?page=`` turns the page.
    """
    if elsewhere := tidied(request):
        return elsewhere
    choices = options(request.GET)
    wanted, total, facets = counted_or_similar(asked(request.GET, choices), choices)
    page = Pages(rows(wanted), total).get_page(request.GET.get("page"))
    context = {
        "asked": wanted,
        "total": total,
        "facets": [(facet, HEADS[facet](), facets[facet]) for facet in facets if facets[facet]],
        "map": facets["province"],
        "sectors": choices["sector"],
        "chosen": chosen(request.GET, wanted),
        "orders": orders(request.GET, wanted, {name: SORTS[name]() for name in sorts(wanted)}),
        "page_obj": page,
        **listed(wanted.text if page.number == 1 else ""),
        **beside(request, page.object_list),
    }
    return live(request, render(request, "partners/organisation_list.html", context))


def listed(text):
    """Whom this may mean of those that stand in the registry by name alone, the first few at once."""
    names = list(listed_names(text)[:AT_MOST])
    return {
        "listed": names[:A_FEW],
        "listed_too": names[A_FEW:],
        "named": names[0].of if names else 0,
    }


def beside(request, rows):
    """What other apps put beside the rows: buttons by key, and the forms behind them."""
    found = [more for tell in gather("partner_buttons") if (more := tell(request, rows))]
    buttons = {key: button for one in found for key, button in one["buttons"].items()}
    return {"beside": buttons, "forms": [one["template"] for one in found]}
