"""The directory: who is here, with boxes to tick."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partners.facets import counted_or_similar
from partners.filters import asked, in_the_directory, options

A_PAGE = 20
MOST_ROWS = 1000  # further on nobody reads; the boxes bring one there sooner
SHOWN = ("name", "slug", "kind", "mission", "language", "town", "region__name")
HEADS = {
    "kind": lambda: _("Who"),
    "sector": lambda: _("What"),
    "province": lambda: _("Where"),
}


class Pages(Paginator):
    """Pages of a list whose length is already known."""

    def __init__(self, rows, total):
        super().__init__(rows, A_PAGE)
        self.total = total

    @cached_property
    def count(self):
        return min(self.total, MOST_ROWS)


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
