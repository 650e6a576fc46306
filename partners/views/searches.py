"""Saved searches: kept from a list, looked at and changed on one page."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from factory import clock
from partners.lifecycle.searching import know_what_is_there
from partners.models import Pace, SavedSearch, SearchHit
from partners.models.searches import LONGEST_QUERY, MOST_SEARCHES
from partners.searching import searched_lists, tidied

SHOWN = 5  # of the results of a search


class SearchForm(forms.Form):
    """The name of a search, and how soon one hears of new results."""

    name = forms.CharField(label=gettext_lazy("Name of the search"), max_length=80)
    pace = forms.ChoiceField(
        label=gettext_lazy("When do you want to hear of new results?"), choices=Pace
    )


@never_cache
@login_required
def searches(request):
    """Every search with what it found, what is new since the last visit first."""
    mine = SavedSearch.objects.filter(person=request.user).order_by("name", "pk")
    new = Count("hits", filter=Q(hits__found_at__gt=F("seen_at")))
    rows = list(mine.annotate(new=new, total=Count("hits")))
    _with_results(rows)
    SavedSearch.objects.filter(person=request.user).update(seen_at=clock.now())
    return render(request, "partners/searches.html", {"searches": rows, "paces": Pace.choices})


def _with_results(rows):
    """Give each search its list, its address and its last results; a query for each kind of list."""
    lists, found = searched_lists(), {}
    hits = SearchHit.objects.filter(search__in=rows).order_by("search", "-found_at", "-pk")
    for hit in hits[: 100 * MOST_SEARCHES]:
        last = found.setdefault(hit.search_id, [])
        if len(last) < SHOWN:
            last.append(hit.thing)
    for kind in {row.kind for row in rows} & set(lists):
        of_it = [row for row in rows if row.kind == kind]
        titles = lists[kind].titles({key for row in of_it for key in found.get(row.pk, ())})
        for row in of_it:
            row.of = lists[kind].words
            row.url = f"{lists[kind].url}?{row.query}"
            row.last = [titles[key] for key in found.get(row.pk, ()) if key in titles]


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
    """Another ``pace``, or ``remove`` it."""
    if request.method != "POST":
        return redirect("partners:searches")
    search = get_object_or_404(SavedSearch, pk=pk, person=request.user)
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
