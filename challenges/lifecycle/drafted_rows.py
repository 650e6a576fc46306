"""While a contract is drawn up, its milestones and what is measured can change and go again."""

from django.utils.translation import gettext as _

from challenges.after_forms import (
    ChangeIndicatorForm,
    ChangeMilestoneForm,
    DropIndicatorForm,
    DropMilestoneForm,
)
from challenges.lifecycle.contract import State, moves, still_to_pay
from challenges.rules import is_on_a_side, is_the_owners_side
from factory.moves import STAYS, Missing
from partners.rules import is_coordinator


def nothing_planned(contract):
    """Reasons why no milestone changes or goes: there is none."""
    if not contract.milestones.exists():
        yield _("There is no milestone yet.")


def nothing_measured(contract):
    """Reasons why nothing that is measured changes or goes: there is nothing."""
    if not contract.indicators.exists():
        yield _("Nothing is measured yet.")


@moves.add(
    State.DRAFT,
    to=STAYS,
    may=is_the_owners_side | is_coordinator,
    form=ChangeMilestoneForm,
    unless=nothing_planned,
)
def change_milestone(contract, *, by, row, title, due_date, cents):
    """A step of the work, its day or its payment is planned otherwise."""
    others = sum(step.cents for step in contract.milestones.exclude(pk=row.pk))
    if others + cents > still_to_pay(contract):
        raise Missing([_("Together the payments are more than the award.")])
    row.title, row.due_date, row.cents = title, due_date, cents
    row.save(update_fields=["title", "due_date", "cents"])
    return {"milestone": row.pk, "cents": cents}


@moves.add(
    State.DRAFT,
    to=STAYS,
    may=is_the_owners_side | is_coordinator,
    form=DropMilestoneForm,
    unless=nothing_planned,
)
def drop_milestone(contract, *, by, row):
    """A step of the work is not planned any more."""
    key, cents = row.pk, row.cents
    row.delete()
    return {"milestone": key, "cents": cents}


@moves.add(
    State.DRAFT,
    to=STAYS,
    may=is_on_a_side | is_coordinator,
    form=ChangeIndicatorForm,
    unless=nothing_measured,
)
def change_indicator(contract, *, by, row, **facts):
    """Something is measured otherwise."""
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    return {"indicator": row.pk}


@moves.add(
    State.DRAFT,
    to=STAYS,
    may=is_on_a_side | is_coordinator,
    form=DropIndicatorForm,
    unless=nothing_measured,
)
def drop_indicator(contract, *, by, row):
    """Something is not measured after all."""
    key = row.pk
    row.delete()
    return {"indicator": key}
