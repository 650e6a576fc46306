"""Filling in the intake, by any colleague or a coordinator; never over words that were not seen."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from challenges.intake_forms import HelperForm, RightForm
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.people import those_who_brought_it
from challenges.models import Helper, Step
from challenges.models.helper import helped
from challenges.models.states import DRAWN_UP
from challenges.models.step import FIELDS, stands
from challenges.rules import writes_the_problem
from factory import clock
from factory.moves import STAYS, Missing, NotNow, itself
from factory.moves.locks import lock
from factory.notices.telling import asks
from partners.rules import is_coordinator


class Overtaken(Missing):
    """Somebody saved other words meanwhile. ``step`` says who and when."""

    def __init__(self, step):
        self.step = step
        super().__init__(
            [_("Somebody changed this meanwhile. Look at both texts, and save it again.")]
        )


def write(challenge, by, name, seen, page, facts):
    """Take over what was typed in a step; the challenge's row is locked."""
    step = challenge.steps.filter(name=name).first()
    step = step or Step(challenge=challenge, name=name, saved_by=by)
    same_page = page and page == step.page
    if step.version != seen and not same_page and _differ(challenge, facts):
        raise Overtaken(step)
    challenge.fill(**facts)
    challenge.relate(**facts)
    step.saved(by, page)
    if not by.is_staff:
        helped(challenge, Helper.What.WROTE, by)
    return step


def _differ(challenge, facts):
    return any(stands(challenge, name) != value for name, value in facts.items())


@moves.add(*DRAWN_UP, to=STAYS, may=writes_the_problem | is_coordinator)
def fill_in(challenge, *, by, step="", seen=0, page="", **facts):
    """A step of the intake is filled in."""
    if step not in FIELDS:
        raise Missing([_("Open a step of the intake first.")])
    write(challenge, by, step, seen or 0, page, facts)
    return {"step": step}


@transaction.atomic
def keep(challenge, by, step, seen, page, facts):
    """What saves itself while somebody types; the journal tells of what they press. Returns the step."""
    lock(challenge)
    if challenge.state not in DRAWN_UP:
        raise NotNow(challenge)
    if not fill_in.may.test(by, challenge):
        raise PermissionDenied(fill_in)
    kept = write(challenge, by, step, seen, page, facts)
    challenge.save()
    return kept


def nothing_to_ask(challenge):
    """Reasons why the owner need not be asked whether it is right."""
    if not challenge.steps.waiting().exists():
        yield _("You filled in nothing that waits for an answer.")


@moves.add(
    *DRAWN_UP,
    to=STAYS,
    may=is_coordinator,
    unless=nothing_to_ask,
    tells=[asks(those_who_brought_it)],
)
def ask_whether_right(challenge, *, by):
    """A coordinator filled it in; the owner says of each step whether it is right."""
    return {"steps": sorted(challenge.steps.waiting().values_list("name", flat=True))}


take_back.also({ask_whether_right: itself})


@moves.add(*DRAWN_UP, to=STAYS, may=writes_the_problem, form=RightForm)
def affirm_step(challenge, *, by, step):
    """What a coordinator filled in is right."""
    found = challenge.steps.waiting().filter(name=step)
    if not found.update(right_by=by, right_at=clock.now()):
        raise Missing([_("Somebody said so already.")])
    return {"step": step}


@moves.add(*DRAWN_UP, to=STAYS, may=writes_the_problem | is_coordinator, form=HelperForm)
def note_helper(challenge, *, by, what, on, organisation=None, name=""):
    """Somebody from outside helped; it is noted, and shown if they enter."""
    days = {"first_date": on, "last_date": on}
    facts = {"what": what, "organisation": organisation, "name": name}
    return {"helper": Helper.objects.create(challenge=challenge, **facts, **days).pk}
