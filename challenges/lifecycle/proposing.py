"""What the jury lays down and proposes: awards within the envelope, a reserve, and a reason for every entry."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.lifecycle import award as awards_of
from challenges.lifecycle.bringing import moves
from challenges.lifecycle.people import those_who_decide
from challenges.models import Award, Challenge, Finding, Proposal
from challenges.proposal_forms import FindingsForm, ProposeForm
from challenges.rules import is_free_of_all, leads_the_jury
from challenges.scoring import Standing
from factory import clock
from factory.moves import STAYS, Missing, the_factory
from factory.notices.telling import asks
from factory.templatetags.words import euro
from factory.texts import say

State = Challenge.State
WRITES = (
    leads_the_jury & is_free_of_all
)  # of all entries, so whoever has a conflict leaves it to another


def not_yet_as_promised(challenge):
    """Reasons why nothing is proposed: finalists were promised coaching, or that some explore, and there are some."""
    if challenge.state != State.PITCHING:
        return
    finalists = challenge.entries.filter(state="shortlisted", coaching=None)
    if challenge.coaching_hours and finalists.exists():
        yield _("The finalists were promised coaching. Begin it first.")
    if challenge.explore_teams and not challenge.explorations.exists():
        yield _("Paid exploration was promised. Name the teams first.")
    if challenge.explorations.filter(result="").exists():
        yield _("Not every team that explores has a result yet.")


@moves.add(State.CONSENSUS, State.PITCHING, to=STAYS, may=WRITES, form=FindingsForm)
def note_findings(challenge, *, by, **said):
    """The chair writes on the report, and goes on later."""
    lay_down(challenge, by, **said)


@moves.add(
    State.CONSENSUS,
    State.PITCHING,
    to=State.PROPOSED,
    may=WRITES,
    form=ProposeForm,
    unless=not_yet_as_promised,
    tells=[asks(those_who_decide)],
)
def propose(challenge, *, by, awards=(), **said):
    """The jury proposes awards: ``awards`` are (entry, cents); none is a proposal too."""
    over = sum(cents for _entry, cents in awards) - challenge.left_cents
    if over > 0:
        words = _("Together this is %(over)s more than there is in the envelope.")
        raise Missing([words % {"over": euro(over)}])
    if under := under_a_minimum(challenge, [*dict(awards), *said.get("reserve", ())]):
        raise Missing(under)
    if said:
        lay_down(challenge, by, awards=awards, **said)


def under_a_minimum(challenge, entries):
    """Why some of these can get nothing: the minimum marks were public before anybody entered."""
    below = Standing(challenge).below() if entries else {}
    words = _("Entry %(number)s stays below the minimum mark for %(criteria)s.")
    return [
        words % {"number": entry.number, "criteria": ", ".join(below[entry.pk])}
        for entry in entries
        if entry.pk in below
    ]


@propose.then
def put_the_awards_down(challenge, event, *, awards=(), **said):
    for entry, cents in awards:
        awards_of.put_forward(Award(entry=entry, cents=cents), by=the_factory())


def lay_down(challenge, by, *, awards=(), reserve=(), places=None, findings=None, **report):
    """Keep what was written: ``findings`` are {entry: (strong, weak, reason)}; of other entries the words stay.

    ``reserve`` are all entries with a place, in order; ``places`` their places as typed, while more is to come.
    """
    places = places or {entry: place for place, entry in enumerate(reserve, start=1)}
    challenge.findings.exclude(place=None).update(place=None)
    cents, given = {entry.pk: amount for entry, amount in awards}, findings or {}
    rows = [
        Finding(
            challenge=challenge,
            entry=entry,
            strong=strong,
            weak=weak,
            reason=reason,
            cents=cents.get(entry.pk),
            place=places.get(entry),
        )
        for entry, (strong, weak, reason) in given.items()
    ]
    what = ["strong", "weak", "reason", "cents", "place"]
    Finding.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["entry"], update_fields=what
    )
    for entry, place in places.items():
        if entry not in given:
            challenge.findings.filter(entry=entry).update(place=place)
    facts = {name: report[name] for name in ("report", "no_award") if name in report}
    facts |= {"written_by": by, "written_at": clock.now()}
    Proposal.objects.update_or_create(challenge=challenge, defaults=facts)


@moves.add(State.PROPOSED, to=State.CONSENSUS, may=WRITES)
def deliberate_anew(challenge, *, by):
    """The jury takes its proposal back."""


@deliberate_anew.then
def drop_the_proposals(challenge, event):
    for award in challenge.awards.filter(state=Award.State.PROPOSED):
        awards_of.drop(award, on_behalf_of=event.whose)


say({"challenge.note_findings": (gettext_lazy("Save and go on later"), gettext_lazy("Saved"))})
