"""Paid exploration: so many teams, the same fee and the same question, paid from the envelope."""

import pytest
from django.test import Client
from django.utils import translation

from challenges.lifecycle import exploring, proposing
from challenges.setup_forms.rules import TermsForm
from factory import clock
from factory.moves import Missing
from factory.notices.models import Notice
from tests import contest, make
from tests.challenges.test_coaching_invariants import as_if, said
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
FEE = 500_000
PROMISED = {
    "explore_teams": 2,
    "explore_cents": FEE,
    "explore_scope": "What does a ride cost on a Sunday?",
}
NAME = (
    "INSERT INTO challenges_exploration (challenge_id, entry_id, cents, named_at, result) "
    "VALUES (%s, %s, %s, now(), '')"
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def made():
    """Three finalists, of whom two will explore."""
    three = [make.organisation() for _n in range(3)]
    return contest.contest("pitching", entrants=three, **PROMISED)


def named(made, number=2):
    entries = made.entries[:number]
    exploring.name_teams(made.challenge, by=made.cleo, entries=entries)
    return list(made.challenge.explorations.all())


def with_results(made):
    for row in named(made):
        exploring.note_result(made.challenge, by=made.cleo, row=row, result="Twelve euros a ride.")


def test_the_page_tells_the_fee_and_the_question_from_the_first_day(client):
    made = contest.contest("open", **PROMISED)
    page = client.get(made.challenge.get_absolute_url()).content.decode()
    assert "Paid exploration" in page
    assert "€ 5.000" in page.replace("\xa0", " ") or "€ 5,000" in page.replace("\xa0", " ")
    assert PROMISED["explore_scope"] in page


def test_the_teams_hear_it_and_their_fee_stands_in_the_ledger(made):
    named(made)
    assert made.challenge.ledger.sums()["awarded"] == 2 * FEE
    heard = Notice.objects.filter(event__verb="challenge.name_teams")
    contacts = {entry.contact_id for entry in made.entries[:2]}
    assert set(heard.values_list("recipient", flat=True)) == contacts


def test_the_fee_is_paid_once_and_said_to_who_gets_it(made):
    row, _other = named(made)
    exploring.pay_fee(made.challenge, by=made.owner, row=row, paid_date=clock.today())
    assert made.challenge.ledger.sums()["paid"] == FEE
    line = row.lines.get(kind="paid")
    assert (line.cents, line.organisation) == (FEE, made.entries[0].organisation)
    row.refresh_from_db()
    with pytest.raises(Missing):
        exploring.pay_fee(made.challenge, by=made.owner, row=row, paid_date=clock.today())
    assert Notice.objects.filter(event__verb="challenge.pay_fee").exists()


def test_awards_leave_the_fees_in_the_envelope(made):
    with_results(made)
    whole = made.challenge.envelope_cents
    made.challenge.refresh_from_db()
    assert made.challenge.left_cents == whole - 2 * FEE
    with pytest.raises(Missing, match="more than there is"):
        proposing.propose(made.challenge, by=made.cleo, awards=[(made.entries[0], whole)])
    awards = [(made.entries[0], whole - 2 * FEE)]
    facts = {"report": "Read twice.", "findings": contest.findings(made.entries)}
    proposing.propose(made.challenge, by=made.cleo, awards=awards, **facts)
    assert made.challenge.state == "proposed"


def test_nothing_is_proposed_before_the_teams_have_told_what_they_found(made):
    with pytest.raises(Missing, match="Name the teams first"):
        made.propose()
    row, other = named(made)
    exploring.note_result(made.challenge, by=made.cleo, row=row, result="Twelve euros.")
    with pytest.raises(Missing, match="Not every team"):
        made.propose()
    exploring.note_result(made.challenge, by=made.owner, row=other, result="Eleven euros.")
    made.propose()
    assert made.challenge.state == "proposed"


def test_the_form_wants_as_many_teams_as_were_promised(made):
    form = exploring.NameTeamsForm(
        {"entries": [made.entries[0].pk]}, thing=made.challenge, by=made.cleo
    )
    assert form.errors["entries"] == ["Choose 2."]
    both = {"entries": [entry.pk for entry in made.entries[:2]]}
    assert exploring.NameTeamsForm(both, thing=made.challenge, by=made.cleo).is_valid()


def test_a_jury_without_the_promise_names_nobody():
    made = contest.contest("pitching")
    with pytest.raises(Missing, match="No paid exploration was promised"):
        exploring.name_teams(made.challenge, by=made.cleo, entries=made.entries)


def test_results_are_public_with_the_outcome_and_not_before(made, client):
    with_results(made)
    address = made.challenge.get_absolute_url()
    assert "Twelve euros a ride." not in client.get(address).content.decode()
    page = sign_in(Client(), made.cleo).get(f"{address}pitches/").content.decode()
    assert page.count("Twelve euros a ride.") == 2
    for step in ("propose", "decide", "notify", "award"):
        getattr(made, step)()
    page = client.get(address).content.decode()
    assert page.count("Twelve euros a ride.") == 2
    assert "For the teams that explored" in page
    bar = page[page.index("envelope__bar") : page.index('<ul class="legend">')]
    assert [f'class="{kind}"' in bar for kind in ("e-1", "e-2", "e-3")] == [True, True, True]


def test_paying_a_fee_is_offered_only_where_one_is_owed(made):
    owner = sign_in(Client(), made.owner)
    address = f"{made.challenge.get_absolute_url()}pay_fee/"
    rows = named(made)
    assert address in owner.get(made.challenge.get_absolute_url()).content.decode()
    for row in rows:
        exploring.pay_fee(made.challenge, by=made.owner, row=row, paid_date=clock.today())
    assert address not in owner.get(made.challenge.get_absolute_url()).content.decode()


def test_setting_up_wants_all_of_it_or_nothing_and_within_the_envelope():
    made = contest.contest("shaping")
    base = {"envelope_cents": "1000", "jury_decides": "False"}
    form = TermsForm(base | {"explore_teams": "2"}, thing=made.challenge, by=made.owner)
    assert {"explore_cents", "explore_scope"} <= form.errors.keys()
    whole = {"explore_teams": "2", "explore_cents": "600", "explore_scope": "What?"}
    form = TermsForm(base | whole, thing=made.challenge, by=made.owner)
    assert list(form.errors) == ["explore_cents"]
    form = TermsForm(base | whole | {"explore_teams": ""}, thing=made.challenge, by=made.owner)
    assert form.is_valid()
    assert (form.cleaned_data["explore_cents"], form.cleaned_data["explore_scope"]) == (None, "")


# Held by the database itself, each with its other side.


def test_the_fees_are_within_the_envelope_and_stand_once_public(made):
    change = "UPDATE challenges_challenge SET explore_cents = 600000"
    assert said(change) == "challenge_is_frozen_once_public"
    early = contest.contest("shaping", **PROMISED).challenge.pk
    change = "UPDATE challenges_challenge SET explore_cents = %s WHERE id = %s"
    whole = made.challenge.envelope_cents
    assert "challenge_fees_within_the_envelope" in said(change, [whole // 2 + 1, early])
    assert said(change, [whole // 2, early]) == "taken"
    teams = "UPDATE challenges_challenge SET explore_teams = %s WHERE id = %s"
    assert "challenge_exploring_is_whole" in said(teams, [4, early])
    assert said(teams, [3, early]) == "taken"


def test_awards_and_fees_together_stay_within_the_envelope(made):
    award = (
        "INSERT INTO challenges_award (challenge_id, entry_id, cents, state, created_at, reason) "
        "VALUES (%s, %s, %s, 'proposed', now(), '')"
    )
    left = made.challenge.left_cents
    pair = [made.challenge.pk, made.entries[0].pk]
    assert "challenge_awards_within_the_envelope" in said(award, [*pair, left + 1])
    assert "challenge_awards_within_the_envelope" not in said(award, [*pair, left])


def test_each_team_gets_the_same_fee_and_there_are_no_more_than_promised(made):
    def raw(number, cents, off=""):
        return said(NAME, [made.challenge.pk, made.entries[number].pk, cents], off=off)

    ledger = "exploration_fee_is_in_the_ledger"
    assert raw(0, FEE + 1) == "exploration_fee_is_the_same"
    assert raw(0, FEE) == ledger
    assert raw(0, FEE, off="challenges.Exploration:fee_is_in_the_ledger") == "taken"
    off = "challenges.Exploration:fee_is_the_same"
    assert raw(0, FEE + 1, off=off) == ledger
    named(made)
    assert raw(2, FEE) == "exploration_of_so_many_teams"
    assert raw(2, FEE, off=off) == ledger


def test_only_finalists_explore(made):
    with as_if():
        type(made.entries[0]).objects.filter(pk=made.entries[0].pk).update(state="admitted")
    values = [made.challenge.pk, made.entries[0].pk, FEE]
    assert said(NAME, values) == "exploration_is_of_a_finalist"


def test_what_was_found_and_paid_stands(made):
    with_results(made)
    rule = "exploration_stands_as_it_was_noted"
    off = "challenges.Exploration:fee_is_the_same"
    change = "UPDATE challenges_exploration SET result = 'Nothing.'"
    assert said(change) == rule
    assert said(change, off=off) == "taken"
    assert "Cannot delete" in said("DELETE FROM challenges_exploration")
    paid = "UPDATE challenges_exploration SET paid_date = now()"
    assert said(paid) == "exploration_fee_is_in_the_ledger"
    range_ = "UPDATE challenges_exploration SET cents = 0"
    assert "exploration_fee_in_range" in said(range_, off=off)


def test_no_proposal_leaves_a_team_without_a_result(made):
    row, other = named(made)
    go = "UPDATE challenges_challenge SET state = 'proposed'"
    rule = "challenge_explored_before_the_proposal"
    exploring.note_result(made.challenge, by=made.cleo, row=row, result="Twelve euros.")
    assert said(go) == rule
    assert said(go, off="challenges.Challenge:explored_before_the_proposal") != rule
    exploring.note_result(made.challenge, by=made.cleo, row=other, result="Eleven euros.")
    assert said(go) != rule
