"""The directory: who is here, with boxes to tick."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from factory.lists import Pages, chosen
from partners.facets import counted_or_similar
from partners.filters import asked, in_the_directory, options

SHOWN = ("name", "slug", "kind", "mission", "language", "town", "region__name")
HEADS = {
    "kind": lambda: _("Who"),
    "sector": lambda: _("What"),
    "province": lambda: _("Where"),
}


def directory(request):
    """``?kind= &sector= &province=`` tick boxes, ``?q=`` holds words, ``?page=`` turns the page."""
    choices = options()
    wanted, total, facets = counted_or_similar(asked(request.GET, choices), choices)
    rows = wanted.in_order(wanted.within(in_the_directory()))
    rows = rows.select_related("region").only(*SHOWN).with_words("sector")
    return render(
        request,
        "partners/organisation_list.html",
        {
            "asked": wanted,
            "total": total,
            "facets": [(facet, HEADS[facet](), facets[facet]) for facet in facets],
            "chosen": chosen(request.GET, wanted),
            "page_obj": Pages(rows, total).get_page(request.GET.get("page")),
        },
    )
