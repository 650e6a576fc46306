"""The board of challenges: what is open first, with boxes to tick."""

from django.db.models import Count, Min
from django.shortcuts import render
from django.utils.translation import gettext as _

from challenges.board import rows
from challenges.facets import counted_or_similar
from challenges.filters import SORTS, asked, options
from challenges.models import Challenge
from factory.lists import Pages, chosen, live, orders, tidied

HEADS = {
    "state": lambda: _("How far it is"),
    "closes": lambda: _("Deadline"),
    "envelope": lambda: _("Envelope"),
    "theme": lambda: _("What changes"),
    "goal": lambda: _("Development goal"),
    "province": lambda: _("Where"),
    "instrument": lambda: _("How it is awarded"),
}


def board(request):
    """``?q=`` holds words, ``?state= &closes= &envelope= &theme= &goal= &province= &instrument=`` boxes,
    ``?sort=`` an order; ``?page=`` turns the page. ``?state=all`` shows what is over too.
    """
    if elsewhere := tidied(request):
        return elsewhere
    choices = options()
    wanted, total, facets = counted_or_similar(asked(request.GET, choices), choices)
    context = {
        "asked": wanted,
        "total": total,
        "facets": [(facet, HEADS[facet](), boxes) for facet, boxes in facets.items() if boxes],
        "chosen": chosen(request.GET, wanted),
        "orders": orders(request.GET, wanted, {name: words() for name, words in SORTS.items()}),
        "page_obj": Pages(rows(wanted), total).get_page(request.GET.get("page")),
        "instruments": choices["instrument"],
        "coming": Challenge.objects.coming().aggregate(n=Count("pk"), first=Min("publish_at")),
    }
    return live(request, render(request, "challenges/challenge_list.html", context))
