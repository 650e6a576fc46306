"""Saved lists: one press on a page keeps a thing, and a page for each list."""

from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from factory.sheets import FORMATS, as_answer
from market.keeping import doing
from market.keeping.forms import ListForm, MoveForm, NewListForm, NoteForm
from market.keeping.pages import columns, items_of
from market.models import SavedItem, SavedList
from market.templatetags.keeping import keep_button


@never_cache
@login_required
def lists(request):
    """Every list one may see, and a name for another."""
    form = NewListForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(doing.new_list(request.user, form.cleaned_data["name"]))
        except doing.Full:
            form.add_error("name", _("You have 50 lists. Remove one first."))
    context = {"lists": doing.lists_of(request.user), "form": form}
    return render(request, "market/saved_lists.html", context, status=status_of(form))


@never_cache
@login_required
def keep(request):
    """One press: ``keep=listing:slug`` or ``drop=organisation:slug``, on the first list or on ``list``."""
    if request.method != "POST":
        return redirect("market:lists")
    word = "drop" if "drop" in request.POST else "keep"
    thing = doing.thing_named(request.user, request.POST.get(word, ""))
    if thing is None:
        raise Http404
    kept_in = chosen_list(request)
    try:
        doing.drop(thing, kept_in) if word == "drop" else doing.keep(
            thing, kept_in, by=request.user
        )
    except doing.Full:
        messages.error(request, _("This list is full. Take something off it first."))
        return redirect(kept_in)
    if request.headers.get("HX-Request"):
        return render(request, "market/_kept.html", {"button": keep_button(thing, word == "keep")})
    said = (
        _("Taken off the list “%(list)s”.") if word == "drop" else _("Kept on the list “%(list)s”.")
    )
    messages.success(request, said % {"list": kept_in})
    return redirect(back(request))


def chosen_list(request):
    """The list that is named, if one may change it; else the first."""
    named = request.POST.get("list", "")
    if not named:
        return doing.first_list(request.user)
    return get_object_or_404(
        SavedList.objects.kept_by(request.user), pk=named if named.isdecimal() else 0
    )


def back(request):
    """The page on which the button stood, if it is one of ours."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if ours else reverse("market:lists")


def seen(request, pk, changing=False):
    """A list that one may see; ``changing``: 403 for who only reads it."""
    found = SavedList.objects.visible_to(request.user).select_related("organisation")
    thing = get_object_or_404(found, pk=pk)
    may = SavedList.objects.kept_by(request.user).filter(pk=pk).exists()
    if changing and not may:
        raise PermissionDenied
    thing.may_change = may
    return thing


@never_cache
@login_required
def saved(request, pk):
    """What stands on a list, with the notes; also on paper."""
    thing = seen(request, pk)
    context = {"list": thing, "items": items_of(thing, request.user), "formats": FORMATS}
    return render(request, "market/saved_list.html", context)


@never_cache
@login_required
def change(request, pk):
    """The name of a list, and who reads it."""
    thing = seen(request, pk, changing=True)
    form = ListForm(
        request.POST if request.method == "POST" else None, thing=thing, by=request.user
    )
    if form.is_bound and form.is_valid():
        thing.name = form.cleaned_data["name"]
        hand_over(thing, form.organisation, request.user)
        messages.success(request, _("The list is changed."))
        return redirect(thing)
    context = {"list": thing, "form": form}
    return render(request, "market/saved_change.html", context, status=status_of(form))


def hand_over(thing, organisation, person):
    """Save the list for whom it is from now on."""
    if organisation and organisation.pk != thing.organisation_id:
        return doing.share(thing, organisation)
    if thing.organisation_id and not organisation:
        return doing.make_own(thing, person)
    return thing.save()


@never_cache
@login_required
def end(request, pk):
    """Remove a list with its notes, after a question."""
    thing = seen(request, pk, changing=True)
    if request.method == "POST":
        thing.delete()
        messages.success(request, _("The list is removed."))
        return redirect("market:lists")
    return render(request, "market/saved_end.html", {"list": thing})


@never_cache
@login_required
def item(request, pk, number):
    """A note, another list, or off the list."""
    thing = seen(request, pk, changing=True)
    kept = get_object_or_404(
        SavedItem.objects.select_related("listing", "organisation"), list=thing, pk=number
    )
    if request.method == "POST" and request.POST.get("do") == "drop":
        kept.delete()
        messages.success(request, _("Taken off the list “%(list)s”.") % {"list": thing})
        return redirect(thing)
    note, to = forms_of(request, kept)
    if note.is_bound and note.is_valid():
        note.save()
        return redirect(f"{thing.get_absolute_url()}#item-{kept.pk}")
    if to.is_bound and to.is_valid():
        doing.move(kept, to.cleaned_data["to"], by=request.user)
        return redirect(to.cleaned_data["to"])
    context = {"list": thing, "item": kept, "form": note, "to": to}
    status = 422 if note.errors or to.errors else 200
    return render(request, "market/saved_item.html", context, status=status)


def forms_of(request, kept):
    """The form for the note and the form for another list; what was sent is bound."""
    sent = request.POST if request.method == "POST" else None
    moving = sent is not None and sent.get("do") == "move"
    note = NoteForm(None if moving else sent, instance=kept)
    return note, MoveForm(sent if moving else None, thing=kept, by=request.user)


@never_cache
@login_required
def sheet(request, pk, form):
    """A list as CSV or XLSX."""
    thing = seen(request, pk)
    rows = [row for row in items_of(thing, request.user) if row.is_there]
    return as_answer(form, str(thing), columns(django_settings.SITE_URL), rows)


def status_of(form):
    """422 for a form that came back with errors."""
    return 422 if form.is_bound and form.errors else 200
