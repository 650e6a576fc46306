"""The page of a challenge."""

from django.http import Http404
from django.shortcuts import render

from challenges.fitting_boxes import on_its_page
from challenges.lifecycle.bringing import moves
from challenges.lifecycle.idle import is_idle
from challenges.lifecycle.setting_up import AFTERWARDS
from challenges.models import Challenge
from challenges.telling import Telling, told
from challenges.views.after import after
from challenges.views.bringing import brought, elsewhere
from challenges.views.sharing import share_of
from partners.rules import role_in

# What is only done where it was promised; the rest of the coaching stands on a page of its own.
OPTIONAL = {
    "coaching_hours": ("start_coaching",),
    "explore_teams": ("name_teams", "note_result", "pay_fee"),
}
BESIDE = ("organisation", "owner", "deputy", "region", "province", "instrument")


def challenge(request, slug):
    """What, why, how, who and when; and what one can do now."""
    person = request.user
    things = Challenge.objects.visible_to(person).select_related(*BESIDE)
    thing = told(things, person).filter(slug=slug).first()
    if thing is None:
        raise Http404
    later = after(thing, person)
    context = {
        "challenge": thing,
        "tells": Telling(thing, person, later.get("adoption")),
        "after": later,
        "bringing": brought(thing, person),
        "moves": moves_here(person, thing) if person.is_authenticated else [],
        "may_set_up": person.is_authenticated and is_of_the_house(person, thing),
        "share": share_of(person, thing) if thing.pays_along else None,
        **on_its_page(request, thing),
    }
    if context["may_set_up"] and thing.is_public:
        context["invited"] = thing.invited.select_related("organisation", "by").order_by("at")
    return render(request, "challenges/challenge_detail.html", context)


def is_of_the_house(person, thing):
    """Whether the pages of setting up are this person's."""
    return person.is_staff or bool(role_in(person, thing.organisation_id))


def moves_here(person, thing):
    """The buttons of this page; those of setting up stand on a page of their own."""
    here = elsewhere(moves.open_to(person, thing))
    apart = AFTERWARDS.keys() | {
        name for what, names in OPTIONAL.items() if not getattr(thing, what) for name in names
    }
    return [move for move in here if move.name not in apart and not is_idle(move, thing)]
