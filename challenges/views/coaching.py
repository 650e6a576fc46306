"""The page of the coaching: every finalist with the same offer, who coaches, and how much of it was used."""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import render

from challenges.lifecycle.bringing import moves
from challenges.models import Challenge, Juror
from challenges.models.states import TOLD

S = Challenge.State
STATES = (S.COACHING, S.PITCHING, S.PROPOSED, S.DECIDED, *TOLD)
HERE = ("note_coaching", "name_coach")


@login_required
def coaching(request, slug):
    """For the coordinators all of it, for a coach the finalists they coach; the jury has no part in it."""
    person = request.user
    seat = Juror.objects.standing().filter(challenge=OuterRef("pk"), person=person)
    things = Challenge.objects.visible_to(person).filter(~Exists(seat), state__in=STATES)
    challenge = things.filter(slug=slug).first()
    if challenge is None:
        raise Http404
    seen = challenge.coachings.visible_to(person)
    seen = seen if person.is_staff else seen.filter(coach=person)
    rows = list(
        seen.with_used().select_related("entry__organisation", "coach").prefetch_related("times")
    )
    if not rows:
        raise Http404
    context = {
        "challenge": challenge,
        "rows": rows,
        "used": spread(row.used for row in rows),
        "moves": [moves[name] for name in HERE if moves[name].open_to(person, challenge)],
    }
    return render(request, "challenges/coaching.html", context)


def spread(minutes):
    """The least and the most that was used, if they differ."""
    found = sorted(minutes)
    return (found[0], found[-1]) if found and found[0] != found[-1] else None
