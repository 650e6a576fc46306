"""Other days for what comes after the deadline, while those days have not passed: shown, and told to everybody."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.lifecycle.bringing import moves
from challenges.lifecycle.people import (
    coaches_of_finalists,
    exploring_teams,
    invited_jurors,
    other_followers,
    owners_side,
)
from challenges.lifecycle.setting_up import SETS_UP
from challenges.models import Challenge, Rectification
from challenges.setup_forms.later_days import (
    MEANWHILE,
    OVER,
    LaterDaysForm,
    ahead,
    out_of_order,
)
from challenges.setup_forms.rectification import said
from challenges.setup_forms.rules import LABELS
from factory import clock
from factory.moves import STAYS, Missing
from factory.notices.telling import warns
from factory.texts import read_by, say

State = Challenge.State


def no_day_ahead(challenge):
    """Reasons why no day can change: none is set, or all have passed."""
    if not ahead(challenge):
        yield _("No day after the deadline is still to come.")


@moves.add(
    State.OPEN,
    State.PAUSED,
    State.CLOSED,
    State.CHECKING,
    State.SCORING,
    State.CONSENSUS,
    State.PITCHING,
    State.COACHING,
    State.PROPOSED,
    to=STAYS,
    may=SETS_UP,
    form=LaterDaysForm,
    unless=no_day_ahead,
    tells=[
        warns(owners_side),
        warns(invited_jurors),
        warns(exploring_teams),
        warns(coaches_of_finalists),
        warns(other_followers),
    ],
    final=True,
)
def change_days(challenge, *, by, reason, version, moved):
    """A day that is still to come becomes another one, in public; not over what was not seen."""
    if reasons := [*in_the_way(challenge, version, moved)]:
        raise Missing(reasons)
    challenge.just_changed = [
        {"name": name, "old": said(getattr(challenge, name)), "new": said(moment)}
        for name, moment in moved.items()
    ]
    for name, moment in moved.items():
        setattr(challenge, name, moment)
    challenge.version += 1
    return {"version": challenge.version, "changed": list(moved)}


def in_the_way(challenge, version, moved):
    """Reasons why these days cannot become so, as the challenge is now that nobody else changes it."""
    if version != challenge.version:
        yield MEANWHILE
    elif not moved:
        yield _("Nothing has changed yet.")
    elif not moved.keys() <= set(ahead(challenge)):
        yield _("One of these days has passed meanwhile.")
    elif min(moved.values()) <= clock.now():
        yield OVER
    else:
        for name, words in out_of_order(challenge, moved):
            yield f"{LABELS[name]}: {words}"


@change_days.then
def it_is_written_down(challenge, event, reason, version, moved):
    Rectification.objects.create(
        challenge=challenge,
        version=challenge.version,
        reason=reason,
        changes=challenge.just_changed,
        is_material=False,
        old_deadline_at=challenge.deadline_at,
        new_deadline_at=challenge.deadline_at,
        by=event.whose,
        at=clock.now(),
    )


say(
    {
        "challenge.change_days": (
            gettext_lazy("Change later days in public"),
            gettext_lazy("Later days changed in public"),
        )
    }
)
read_by(
    {
        "challenge.change_days": gettext_lazy(
            "Everybody, at once. It stands on the page of the challenge."
        )
    }
)
