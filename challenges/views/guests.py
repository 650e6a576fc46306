"""Reading along: the page of those whose problem it is, and the page behind a guest's link."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from challenges.lifecycle import guests
from challenges.models import Challenge, Guest
from challenges.models.states import DRAWN_UP
from challenges.paragraphs import parts
from challenges.remark_forms import RemarkForm
from factory.journal.models import Event
from factory.moves import NotNow, way_in


@login_required
def remarks(request, slug):
    """``<challenge>/remarks/``: all paragraphs with what was said of them, and who reads along."""
    seen = Challenge.objects.visible_to(request.user).select_related("organisation")
    challenge = seen.filter(slug=slug, published_at=None).first()
    if challenge is None or not guests.remark.may.test(request.user, challenge):
        raise Http404
    may = {move.name: move for move in guests.moves.open_to(request.user, challenge)}
    context = {
        "challenge": challenge,
        "parts": parts(challenge),
        "may": may,
        "guests": challenge.guests.filter(ended_at=None),
        "remark_url": f"{challenge.get_absolute_url()}remark/",
    }
    return render(request, "challenges/remark_list.html", context)


@never_cache
def guest(request, key):
    """``guests/<key>/``: the key is the way in; no account, no search engine, nothing kept by a browser."""
    found = Guest.objects.with_key(key).select_related("challenge__organisation").first()
    if found is None or found.challenge.state not in DRAWN_UP:
        response = render(request, "challenges/guest_gone.html", status=410)
    elif request.method == "POST":
        response = taken(request, found)
    else:
        response = shown(request, found)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def shown(request, found, form=None, status=200):
    """The problem as it stands, in paragraphs."""
    challenge = found.challenge
    context = {"challenge": challenge, "guest": found, "parts": parts(challenge), "form": form}
    context["remark_url"] = request.path
    return render(request, "challenges/guest.html", context, status=status)


def taken(request, found):
    """A remark by whoever holds the link; the same one sent twice stands once."""
    form = RemarkForm(request.POST, thing=found.challenge)
    if not form.is_valid():
        return shown(request, found, form, status=422)
    said = form.cleaned_data
    if not found.remarks.filter(**said).exists():
        try:
            with way_in(Event.Channel.WEB):
                guests.take_remark(found.challenge, guest=found, **said)
        except NotNow:
            return render(request, "challenges/guest_gone.html", status=410)
    return HttpResponseRedirect(f"{request.path}#{said['field']}-{said['paragraph']}")
