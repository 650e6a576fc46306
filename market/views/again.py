"""Same again: from what was delivered to a new need, with one press."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from factory.fields import EuroField
from factory.journal.models import Event
from factory.texts import who_may
from market.drafting import begun
from market.lifecycle import listing as listings
from market.models import Listing, Match
from market.posting import typed_of
from market.rules import posts_for_it


@require_POST
@login_required
def again(request, pk):
    """A draft that says the same, to whoever delivered it first. Nothing is public before it is posted."""
    matches = Match.objects.visible_to(request.user).select_related("need", "buyer")
    match = get_object_or_404(matches, pk=pk)
    if not posts_for_it.test(request.user, match.need):
        context = {"thing": match, "who": who_may(listings.post)}
        return render(request, "moves/refused.html", context, status=403)
    if match.state != Match.State.COMPLETED:
        context = {"thing": match, "event": Event.objects.about(match).last()}
        return render(request, "moves/not_now.html", context, status=409)
    facts = {"kind": Listing.Kind.NEED, "organisation": match.buyer, "repeats": match}
    token = request.POST.get("token", "")[:64] or f"again-{match.pk}"
    draft = begun(request.user, token, typed=said_again(match), **facts)
    return redirect(draft or "desk")


def said_again(match):
    """What was asked then, without its day; about how much is what it came to."""
    typed = {k: said for k, said in typed_of(match.need).items() if k != "needed_by_date"}
    return {"value_cents": EuroField().prepare_value(match.realised_cents), **typed}
