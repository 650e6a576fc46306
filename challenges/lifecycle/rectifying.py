"""Changing what is already public: everybody who follows it hears, and whom it touches gets more time."""

from django.utils import timezone

from challenges import calendar
from challenges.lifecycle.bringing import moves
from challenges.lifecycle.people import drafters_and_followers
from challenges.lifecycle.setting_up import SETS_UP, replace
from challenges.models import Challenge, Rectification
from challenges.setup_forms.rectification import RectifyForm
from factory import clock
from factory.moves import STAYS
from factory.notices.telling import warns

State = Challenge.State


@moves.add(
    State.OPEN,
    State.PAUSED,
    to=STAYS,
    may=SETS_UP,
    form=RectifyForm,
    tells=[warns(drafters_and_followers)],
    final=True,
)
def rectify(challenge, *, by, reason, facts, criteria, changes, is_material):
    """Something in a public challenge changes: what, why, and with more time where it matters."""
    challenge.deadline_before = challenge.deadline_at
    for name, value in facts.items():
        setattr(challenge, name, value)
    later = timezone.localdate(challenge.deadline_at) - timezone.localdate(
        challenge.deadline_before
    )
    moments = calendar.shifted(calendar.moments_of(challenge), calendar.AFTER_THE_DEADLINE, later)
    for name in calendar.AFTER_THE_DEADLINE:
        setattr(challenge, name, moments[name])
    challenge.version += 1
    challenge.read_at = None
    names = [change["name"] for change in changes]
    return {"version": challenge.version, "changed": names, "material": is_material}


@rectify.then
def it_is_written_down(challenge, event, reason, facts, criteria, changes, is_material):
    Rectification.objects.create(
        challenge=challenge,
        version=challenge.version,
        reason=reason,
        changes=changes,
        is_material=is_material,
        old_deadline_at=challenge.deadline_before,
        new_deadline_at=challenge.deadline_at,
        by=event.whose,
        at=clock.now(),
    )
    if criteria is not None:
        replace(challenge.criteria, criteria)
