"""Paid exploration, where that was promised: two or three finalists look further, each for the same small fee."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.exploring_forms import NameTeamsForm, PayFeeForm, ResultForm
from challenges.lifecycle.bringing import moves
from challenges.lifecycle.jury_people import jurors
from challenges.lifecycle.people import explorers, the_paid_team
from challenges.lifecycle.sharing import Kind
from challenges.lifecycle.sharing import note as note_line
from challenges.models import Challenge, Exploration
from challenges.rules import brings_it, is_free_of_all, leads_the_jury
from factory.moves import STAYS, Missing
from factory.notices.telling import asks, informs
from factory.texts import read_by, say
from partners.rules import is_coordinator

State = Challenge.State
OWED = (
    State.PITCHING, State.PROPOSED, State.DECIDED, State.NOTIFIED, State.AWARDED, State.RUNNING,
    State.FINISHED, State.UNSUCCESSFUL, State.CANCELLED,
)  # fmt: skip


def nobody_is_to_explore(challenge):
    """Reasons why no teams are named: it was not promised, they are named, or coaching comes first."""
    if not challenge.explore_teams:
        yield _("No paid exploration was promised in this challenge.")
    elif challenge.explorations.exists():
        yield _("The teams were named already.")
    elif challenge.coaching_hours and challenge.entries.filter(state="shortlisted", coaching=None):
        yield _("The finalists were promised coaching. Begin it first.")


@moves.add(
    State.PITCHING,
    to=STAYS,
    may=leads_the_jury & is_free_of_all,
    form=NameTeamsForm,
    unless=nobody_is_to_explore,
    tells=[asks(explorers)],
    final=True,
)
def name_teams(challenge, *, by, entries):
    """These finalists explore: the same question and the same fee for each."""
    return {"entries": [entry.pk for entry in entries], "cents": challenge.explore_cents}


@name_teams.then
def each_fee_is_promised(challenge, event, *, entries):
    for entry in entries:
        facts = {"entry": entry, "cents": challenge.explore_cents}
        row = Exploration.objects.create(challenge=challenge, **facts)
        line(row, Kind.AWARDED)


def line(row, kind):
    """A line of the ledger about the fee of one team."""
    organisation = row.entry.organisation_id
    note_line(row.challenge, kind, row.cents, organisation_id=organisation, exploration=row)


def no_result_to_come(challenge):
    """Reasons why no result can be noted."""
    if not challenge.explorations.filter(result="").exists():
        yield _("No team explores whose result is still to come.")


@moves.add(
    State.PITCHING,
    to=STAYS,
    may=is_coordinator | brings_it,
    form=ResultForm,
    unless=no_result_to_come,
    tells=[informs(jurors)],
    final=True,
)
def note_result(challenge, *, by, row, result):
    """What a team found; the jury reads it before it proposes."""
    row.result = result
    row.save(update_fields=["result"])
    return {"entry": row.entry_id}


def no_fee_to_pay(challenge):
    """Reasons why no fee is paid."""
    if not challenge.explorations.filter(paid_date=None).exists():
        yield _("There is no fee to be paid.")


@moves.add(
    *OWED,
    to=STAYS,
    may=brings_it | is_coordinator,
    form=PayFeeForm,
    unless=no_fee_to_pay,
    tells=[informs(the_paid_team)],
    final=True,
)
def pay_fee(challenge, *, by, row, paid_date):
    """A team got its fee."""
    if row.paid_date:
        raise Missing([_("There is no fee to be paid.")])
    row.paid_date = paid_date
    row.save(update_fields=["paid_date"])
    challenge.just_paid = row
    return {"entry": row.entry_id, "cents": row.cents}


@pay_fee.then
def it_stands_in_the_ledger(challenge, event, *, row, paid_date):
    line(row, Kind.PAID)


say(
    {
        "challenge.name_teams": (
            gettext_lazy("Name the teams that explore"),
            gettext_lazy("The teams explore"),
        ),
        "challenge.note_result": (
            gettext_lazy("Note what a team found"),
            gettext_lazy("The result is noted"),
        ),
        "challenge.pay_fee": (
            gettext_lazy("Note that a fee was paid"),
            gettext_lazy("The fee is paid"),
        ),
    }
)
read_by(
    {
        "challenge.name_teams": gettext_lazy(
            "Those teams, by mail at once, and the coordinators. Everybody, once the results are public."
        ),
        "challenge.note_result": gettext_lazy(
            "The jury and the coordinators. Everybody, once the results are public."
        ),
        "challenge.pay_fee": gettext_lazy(
            "The team, by mail at once. It stands in the ledger of the envelope."
        ),
    }
)
