"""After the award: what was agreed, what was paid, and a promise that is kept or shown to be overdue."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from challenges.desk import desk_queues
from challenges.lifecycle import contract as contracts
from challenges.lifecycle import following
from challenges.models import Adoption, Challenge, Contract, Milestone
from challenges.papers.dossier import dossier
from factory import clock
from factory.journal.models import Event
from factory.moves import Missing
from factory.moves.registry import make_due_moves
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in
from tests.tables import columns, open_to, states

pytestmark = pytest.mark.django_db


def raw(sql, *values):
    """Round Django, until the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def pilot(cleo):
    """A challenge whose pilot runs."""
    return contest.contest("running")


def test_the_pilot_runs_once_the_contract_is_signed(cleo):
    made = contest.contest("awarded")
    award = made.challenge.awards.get()
    promised = made.challenge.adoption  # from the award on, contract or no contract
    contract = contest.contract(award, by=made.owner)
    made.challenge.refresh_from_db()
    assert made.challenge.state == "awarded"
    contracts.sign(contract, by=made.owner, signed_date=clock.today())
    made.challenge.refresh_from_db()
    assert made.challenge.state == "running"
    assert Adoption.objects.get(challenge=made.challenge) == promised
    assert promised.due_date == made.challenge.adoption_due_date


def test_the_promise_of_what_was_awarded_without_a_clock_gets_it_at_the_first_contract():
    made = contest.contest("awarded")
    with pgtrigger.ignore("challenges.Adoption:never_deleted"):  # as it was awarded before
        Adoption.objects.filter(challenge=made.challenge).delete()
    made.start_pilot()
    assert made.challenge.state == "running"
    assert Adoption.objects.get().due_date == made.challenge.adoption_due_date


def test_milestones_are_delivered_accepted_and_paid_in_that_order(pilot):
    contract, winner = pilot.contract, pilot.entrants[0].owner
    step = contract.milestones.first()
    with pytest.raises(IntegrityError, match="milestone_accepted_after_delivery"):
        raw("UPDATE challenges_milestone SET accepted_at = now(), accepted_by_id = %s", winner.pk)
    with pytest.raises(IntegrityError, match="milestone_paid_after_acceptance"):
        raw("UPDATE challenges_milestone SET paid_date = current_date")
    contracts.deliver(contract, by=winner, row=step, told="It drives.")
    contracts.accept_milestone(contract, by=pilot.owner, row=step)
    contracts.note_payment(contract, by=pilot.owner, row=step, paid_date=clock.today())
    with pytest.raises(IntegrityError, match="milestone_stands_as_it_was_signed"):
        raw("UPDATE challenges_milestone SET cents = cents - 1 WHERE id = %s", step.pk)


def test_payments_are_never_more_than_the_award(cleo):
    made = contest.contest("awarded")
    contest.contract(made.challenge.awards.get(), by=made.owner)
    with pytest.raises(IntegrityError, match="milestone_within_the_award"):
        raw("UPDATE challenges_milestone SET cents = cents + 1 WHERE title = 'End'")
    raw("UPDATE challenges_milestone SET cents = cents - 1 WHERE title = 'End'")


def test_a_contract_is_not_signed_before_the_payments_make_the_award(cleo):
    made = contest.contest("awarded")
    contract = contest.contract(made.challenge.awards.get(), by=made.owner)
    Milestone.objects.filter(title="End").delete()
    with pytest.raises(Missing):
        contracts.sign(contract, by=made.owner, signed_date=clock.today())


def test_it_is_finished_once_all_is_paid_and_the_decision_taken(pilot):
    contract, winner = pilot.contract, pilot.entrants[0].owner
    for step in contract.milestones.all():
        contracts.deliver(contract, by=winner, row=step, told="Done.")
        contracts.accept_milestone(contract, by=pilot.owner, row=step)
        contracts.note_payment(contract, by=pilot.owner, row=step, paid_date=clock.today())
    told = {"actual": 3100, "measured_date": clock.today(), "source": "Hogeschool"}
    contracts.measure(contract, by=winner, row=contract.indicators.get(), **told)
    contracts.complete(contract, by=pilot.owner)
    assert Challenge.objects.get().state == "running"
    following.decide(pilot.challenge.adoption, by=pilot.owner, choice="adopt", reason="It works.")
    assert Challenge.objects.get().state == "finished"


def test_a_check_in_is_there_once_a_month_for_each_side(pilot):
    contract, winner = pilot.contract, pilot.entrants[0].owner
    for going in ("well", "stuck"):
        contracts.check_in(contract, by=winner, going=going, same=True)
    contracts.check_in(contract, by=pilot.owner, going="slowly", same=False)
    assert [(c.side, c.going) for c in contract.check_ins.all()] == [
        ("owner", "slowly"),
        ("winner", "stuck"),
    ]


def late(pilot, days):
    """As if the promised day went by so many days ago."""
    day = clock.today() - timedelta(days=days)
    Adoption.objects.update(due_date=day, promised_date=day)
    make_due_moves()
    return Adoption.objects.get(challenge=pilot.challenge)


def told(person):
    """The templates of what this person was told about the promise."""
    rows = Notice.objects.inbox(person).filter(event__thing_type="challenges.adoption")
    return {row.template.rpartition("/")[2] for row in rows}


def test_owner_and_deputy_are_reminded_and_silence_becomes_public(pilot, client):
    """Domain scenario 9: the adoption date passes without a decision."""
    make_due_moves()
    assert told(pilot.owner) == set()
    promised = late(pilot, 1)
    assert promised.state == "promised"
    assert told(pilot.owner) == told(pilot.colleague) == {"remind_owner_and_deputy"}
    promised = late(pilot, 15)
    assert promised.state == "overdue"
    page = client.get(pilot.challenge.get_absolute_url()).content.decode()
    assert "Besluit te laat" in page
    assert pilot.by.name in page
    late_words = page[page.index("Besluit te laat") :][:600]
    assert pilot.owner.name not in late_words
    following.decide(promised, by=pilot.owner, choice="stop", reason="Too dear.")
    assert "Besluit te laat" not in client.get(pilot.challenge.get_absolute_url()).content.decode()


def test_a_promise_is_postponed_once_and_in_public(pilot):
    promised, day = pilot.challenge.adoption, clock.today() + timedelta(days=500)
    following.postpone(promised, by=pilot.owner, due_date=day, reason="The council meets later.")
    assert not following.adoptions["postpone"].possible(promised)
    with pytest.raises(IntegrityError, match="adoption_postponed_with_a_reason"):
        raw("UPDATE challenges_adoption SET postponed_because = ''")
    raw("UPDATE challenges_adoption SET reminded_date = current_date")


def waiting(person):
    """The addresses of what waits on somebody's desk."""
    queues = [queue for queue in desk_queues(person) if queue["kind"] == "yours"]
    return {item["url"] for queue in queues for item in queue["items"]}


def test_how_it_is_is_asked_after_6_12_and_24_months_and_told_in_public(pilot, client):
    promised = pilot.challenge.adoption
    following.decide(promised, by=pilot.owner, choice="adopt", reason="It works.")
    with pytest.raises(Missing):
        following.follow_up(Adoption.objects.get(), by=pilot.owner, still_runs=True)
    for days, months in ((190, 6), (380, 12), (740, 24)):
        Adoption.objects.update(decided_at=clock.now() - timedelta(days=days))
        make_due_moves()
        assert Adoption.objects.get().asked_months == months
        page = f"/challenges/adoptions/{promised.pk}/follow_up/"
        assert page in waiting(pilot.owner)
        said = {"still_runs": True, "told": "Yes", "people": months, "spent_cents": 100_000}
        following.follow_up(Adoption.objects.get(), by=pilot.owner, **said)
        assert page not in waiting(pilot.owner)
    shown = client.get(pilot.challenge.get_absolute_url()).content.decode()
    for words in ("Geholpen mensen", ">24</dd>", "€ 1.000", "Na 24 maanden"):
        assert words in shown.replace("\xa0", " "), words
    assert "€\\xa01.000" in str(dossier(pilot.challenge, pilot.owner).parts)
    make_due_moves()
    assert Adoption.objects.get().follow_ups.count() == 3


def test_where_two_terms_went_by_at_once_it_is_asked_once(pilot):
    following.decide(pilot.challenge.adoption, by=pilot.owner, choice="adopt", reason="It works.")
    Adoption.objects.update(decided_at=clock.now() - timedelta(days=380))
    for _tick in range(3):
        make_due_moves()
    asked = Event.objects.filter(verb="adoption.ask_how_it_is")
    assert [event.details["months"] for event in asked] == [12]


def test_an_exploration_promises_nothing(cleo):
    made = contest.contest("running", explores_only=True, adoption_due_date=None)
    assert not Adoption.objects.filter(challenge=made.challenge).exists()


def test_it_is_handed_over_when_somebody_leaves(pilot):
    colleague = make.member(pilot.by, "editor", "Third Colleague")
    following.hand_over(pilot.challenge, by=pilot.owner, owner=colleague)
    pilot.challenge.refresh_from_db()
    assert (pilot.challenge.owner, pilot.challenge.deputy) == (colleague, pilot.colleague)


CONTRACT = """
            | draft                                                       | signed                                                                                        | completed | ended
owner       | revise add_milestone add_indicator change_milestone drop_milestone change_indicator drop_indicator sign end_early | accept_milestone note_payment measure add_indicator check_in raise_issue solve_issue complete end_early | |
winner      | add_indicator change_indicator drop_indicator | deliver measure add_indicator check_in raise_issue solve_issue                               |           |
coordinator | revise add_milestone add_indicator change_milestone drop_milestone change_indicator drop_indicator end_early note take_back | add_indicator end_early note                                                                  | note      | note
stranger    |                                                             |                                                                                               |           |
"""  # noqa: E501
ADOPTION = """
            | promised        | postponed | overdue | decided
owner       | postpone decide | decide    | decide  | follow_up
winner      |                 |           |         |
coordinator |                 |           |         |
stranger    |                 |           |         |
"""


def test_who_may_do_what_with_a_contract(cleo, dan):
    made = contest.contest("awarded")
    contract = contest.contract(made.challenge.awards.get(), by=made.owner)
    people = {"owner": made.owner, "winner": made.entrants[0].owner}
    people |= {"coordinator": cleo, "stranger": dan}
    for state, expected in columns(CONTRACT):
        thing = Contract.objects.get(pk=contract.pk)
        thing.state = state
        assert open_to(contracts.moves, people, thing) == expected, state
    assert states(CONTRACT) == set(Contract.State.values)


def test_who_may_do_what_with_a_promise(pilot, cleo, dan):
    people = {"owner": pilot.owner, "winner": pilot.entrants[0].owner}
    people |= {"coordinator": cleo, "stranger": dan}
    for state, expected in columns(ADOPTION):
        thing = Adoption.objects.get()
        thing.state = state
        assert open_to(following.adoptions, people, thing) == expected, state
    assert states(ADOPTION) == set(Adoption.State.values)


def test_the_contract_is_for_its_two_sides_and_the_whole_file_for_the_owner(
    pilot, cleo, dan, client, django_assert_max_num_queries
):
    winner = pilot.entrants[0].owner
    pages = [pilot.contract.get_absolute_url()]
    files = [f"{pilot.challenge.get_absolute_url()}dossier.{kind}" for kind in ("pdf", "zip")]
    for person, page, file in ((pilot.owner, 200, 200), (winner, 200, 403), (dan, 404, 403)):
        sign_in(client, person)
        assert [client.get(url).status_code for url in pages + files] == [page, file, file]
    sign_in(client, pilot.owner)
    with django_assert_max_num_queries(10):
        client.get(pages[0])
    assert client.get(files[0]).content.startswith(b"%PDF")


def test_the_page_of_a_contract_asks_the_same_for_any_number_of_issues(pilot, client):
    sign_in(client, pilot.owner)
    numbers = set()
    for more in (1, 2, 10):
        for _n in range(more):
            contracts.raise_issue(pilot.contract, by=pilot.owner, text="The bus is late.")
        with CaptureQueriesContext(connection) as asked:
            client.get(pilot.contract.get_absolute_url())
        numbers.add(len(asked))
    assert len(numbers) == 1


def test_a_contract_is_drawn_up_from_the_page_of_the_challenge(cleo, client):
    made = contest.contest("awarded")
    sign_in(client, made.owner)
    award = made.challenge.awards.get()
    url = f"/challenges/awards/{award.pk}/contract/"
    assert url in client.get(made.challenge.get_absolute_url()).content.decode()
    token = client.get(url).context["token"]
    days = {"starts_date": "2027-01-01", "ends_date": "2026-12-01", "token": token}
    assert client.post(url, days).status_code == 422
    answer = client.post(url, days | {"ends_date": "2027-12-01"})
    contract = Contract.objects.get()
    assert answer.url == contract.get_absolute_url()
    assert client.get(url).url == answer.url
