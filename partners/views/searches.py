"""Saved searches: kept from a list, looked at and changed on one page."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from factory.lists import page_of
from factory.visits import is_read
from partners.lifecycle.searching import know_what_is_there
from partners.models import Pace, SavedSearch, SearchHit
from partners.models.searches import LONGEST_QUERY, MOST_SEARCHES
from partners.searching import searched_lists, tidied

SHOWN = 5  # of the results of a search, beside the others
MOST_COUNTED = 100  # of the results of each search, there
MOST_LISTED = 1000  # of the results of a search, on its own page


class SearchForm(forms.Form):
    """The name of a search, and how soon one hears of new results."""

    name = forms.CharField(label=gettext_lazy("Name of the search"), max_length=80)
    pace = forms.ChoiceField(
        label=gettext_lazy("When do you want to hear of new results?"), choices=Pace
    )


@never_cache
@login_required
def searches(request):
    """Every search with its last results, the new ones marked. What does not fit here stays new until it is seen."""
    rows = list(SavedSearch.objects.filter(person=request.user).order_by("name", "pk"))
    late = [F("found_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=F("search"), order_by=late)
    hits = SearchHit.objects.filter(search__in=rows).annotate(place=place)
    _with_results(rows, hits.filter(place__lte=MOST_COUNTED).order_by("search", "place"))
    seen = [row for row in rows if row.new <= SHOWN]
    if is_read(request):
        _seen(seen)
    return render(request, "partners/searches.html", {"searches": rows, "paces": Pace.choices})


def results(request, search):
    """All results of one search, page by page; the new ones are seen once the last of them was shown."""
    _with_results([search], search.hits.order_by("-found_at", "-pk")[:MOST_LISTED])
    page = page_of(search.results, request.GET)
    if page.start_index() <= search.new <= page.end_index() and is_read(request):
        _seen([search])
    return render(request, "partners/search.html", {"search": search, "page_obj": page})


def _with_results(rows, hits):
    """Give each search its list, its address and its results ``(title, url, is new)``, the last first.

    A query for each kind of list. Of what is no longer there for everybody nothing is told, and nothing counted.
    """
    lists, found = searched_lists(), {row.pk: [] for row in rows}
    for hit in hits:
        found[hit.search_id].append(hit)
    for kind in {row.kind for row in rows}:
        of_it = [row for row in rows if row.kind == kind]
        keys = {hit.thing for row in of_it for hit in found[row.pk]}
        titles = lists[kind].titles(keys) if kind in lists and keys else {}
        for row in of_it:
            row.of = lists[kind].words if kind in lists else ""
            row.url = f"{lists[kind].url}?{row.query}" if kind in lists else ""
            there = [hit for hit in found[row.pk] if hit.thing in titles]
            row.results = [(*titles[hit.thing], hit.found_at > row.seen_at) for hit in there]
            row.new = sum(is_new for _title, _url, is_new in row.results)
            row.last = row.results[:SHOWN]
            row.found_at = max([row.seen_at, *(hit.found_at for hit in found[row.pk])])


def _seen(rows):
    """What was found until now is no longer new; what is found at this very moment still is."""
    for row in rows:
        row.seen_at = row.found_at
    SavedSearch.objects.bulk_update(rows, ["seen_at"])


@never_cache
@login_required
def save_search(request):
    """``kind`` and ``query`` of a list, with a ``name`` and a ``pace``; the same again changes these two."""
    kind, query = request.POST.get("kind", ""), tidied(request.POST.get("query", ""))
    if request.method != "POST" or kind not in searched_lists() or len(query) > LONGEST_QUERY:
        return redirect("partners:searches")
    form = SearchForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "kind": kind, "query": query}
        return render(request, "partners/search_form.html", context, status=422)
    mine = SavedSearch.objects.filter(person=request.user)
    if mine.count() >= MOST_SEARCHES and not mine.filter(kind=kind, query=query).exists():
        messages.error(request, _("You have 20 searches. Remove one first."))
        return redirect("partners:searches")
    said = form.cleaned_data
    search, is_new = mine.update_or_create(
        person=request.user, kind=kind, query=query, defaults=said
    )
    if is_new:
        know_what_is_there(search)
    messages.success(request, _("The search is kept."))
    return redirect("partners:searches")


@never_cache
@login_required
def change_search(request, pk):
    """All its results; another ``pace``, or ``remove`` it."""
    search = get_object_or_404(SavedSearch, pk=pk, person=request.user)
    if request.method != "POST":
        return results(request, search)
    if "remove" in request.POST:
        search.delete()
        messages.success(request, _("The search is removed."))
    elif request.POST.get("pace") in Pace.values:
        search.pace = request.POST["pace"]
        search.save(update_fields=["pace"])
        messages.success(request, _("Saved. It holds from the next result on."))
    else:
        messages.error(request, _("Choose how often."))
    return redirect("partners:searches")
