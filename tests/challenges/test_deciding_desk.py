"""What lies on the desk of who decides and of who entered, and what waits for a coordinator."""

from datetime import timedelta

import pytest
from django.urls import reverse

from challenges import desk
from challenges.deciding_desk import coordinator_queues
from challenges.figures import entries
from challenges.lifecycle import contract as contracts
from challenges.lifecycle import ending, following
from challenges.lifecycle import letter as letters
from challenges.lifecycle import objection as objections
from challenges.lifecycle import talk as talks
from challenges.models import Adoption, Letter, Objection, Talk
from factory import clock
from factory.moves import Missing
from factory.moves.registry import make_due_moves
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


def queues(person):
    return {q.key: (q.total, [row.action for row in q.rows]) for q in coordinator_queues(person)}


def on_the_desk(person):
    queues = [*desk.desk_queues(person), *entries.desk_queues(person)]
    return {
        (queue["kind"], item["url"])
        for queue in queues
        for item in queue["items"]
        if any(
            part in item["url"] for part in ("/decision/", "/objections/", "/talks/", "/letters/")
        )
    }


def test_a_decided_challenge_waits_for_its_letters():
    made = contest.contest("decided")
    assert queues(made.cleo)["letters"][0] == 1
    made.notify()
    assert queues(made.cleo)["letters"][0] == 0


def test_a_letter_that_bounced_waits_for_a_coordinator(client):
    made = contest.contest("notified")
    Notice.objects.mail().filter(event__thing_type="challenges.letter").update(status="failed")
    letters.bounce(Letter.objects.get())
    assert queues(made.cleo)["astray"][0] == 1
    sign_in(client, made.cleo)
    page = client.get(reverse("admin:index")).content.decode()
    assert reverse("challenges:deciding", args=[made.challenge.slug]) in page


def test_a_proposal_waits_for_who_decides_and_for_nobody_else(dan):
    made = contest.contest("proposed")
    url = reverse("challenges:deciding", args=[made.challenge.slug])
    assert ("yours", url) in on_the_desk(made.owner)
    assert on_the_desk(made.entries[0].contact) == on_the_desk(dan) == set()


def test_letter_objection_and_talk_lie_with_whom_they_wait_for(client):
    made = contest.contest("notified")
    entry, by = made.entries[0], made.entries[0].contact
    objection, talk = (kind(entry=entry, challenge=made.challenge) for kind in (Objection, Talk))
    objections.lodge(objection, by=by, kind="objection", text="No.")
    talks.ask(talk, by=by)
    assert on_the_desk(by) == {("others", Letter.objects.get().get_absolute_url())}
    assert on_the_desk(made.owner) == {
        ("yours", objection.get_absolute_url()),
        ("yours", talk.get_absolute_url()),
    }
    sign_in(client, made.owner)
    assert objection.get_absolute_url() in client.get(reverse("desk")).content.decode()


def yours(person):
    """What is to be done, by its button, with where it leads."""
    found = desk.desk_queues(person)[0]["items"]
    return [(item["action"], item["url"], item["late"]) for item in found]


def others(person):
    return [item["meta"] for item in desk.desk_queues(person)[1]["items"]]


def test_what_is_approved_waits_for_its_day_with_who_decides_and_is_told_to_colleagues():
    made = contest.contest("approved")
    viewer = make.member(made.by, "viewer", "Vera Viewer")
    page = reverse("challenges:move", args=[made.challenge.slug, "schedule"])
    assert yours(made.owner) == [("Kies de dag", page, False)]
    assert yours(viewer) == []
    assert others(viewer) == ["Goedgekeurd"]


def test_contract_payment_and_promise_lie_on_the_owners_desk_one_after_another():
    made = contest.contest("awarded")
    page, winner = made.challenge.get_absolute_url(), made.entries[0].contact
    assert yours(made.owner) == [("Stel het op", f"{page}#after", False)]
    contract = contest.contract(made.challenge.awards.get(), by=made.owner)
    at = contract.get_absolute_url()
    assert yours(made.owner) == [("Verder", at, False)]
    contracts.sign(contract, by=made.owner, signed_date=clock.today())
    assert yours(made.owner) == []
    assert len(others(made.owner)) == 1
    first, _second = contract.milestones.order_by("pk")
    contracts.deliver(contract, by=winner, row=first, told="It drives.")
    assert [row[1] for row in yours(made.owner)] == [at]
    contracts.accept_milestone(contract, by=made.owner, row=first)
    assert yours(made.owner) == [("Noteer de betaling", at, False)]
    contracts.note_payment(contract, by=made.owner, row=first, paid_date=clock.today())
    assert yours(made.owner) == []
    promise = reverse("challenges:adoption", args=[made.challenge.adoption.pk])
    for days, late in ((31, None), (30, False), (-1, True)):
        day = clock.today() + timedelta(days=days)
        Adoption.objects.update(promised_date=day, due_date=day)
        expected = [] if late is None else [("Besluit hoe het verder gaat", promise, late)]
        assert yours(made.owner) == expected
    following.decide(made.challenge.adoption, by=made.owner, choice="adopt", reason="It works.")
    assert yours(made.owner) == []


def test_an_award_asks_the_owner_for_the_contract_and_tells_the_winner_that_it_stands():
    made = contest.contest("awarded", entrants=[make.organisation(), make.organisation()])
    told = Notice.objects.filter(event__verb="challenge.award", channel="inbox")
    heard = {one.recipient: one.template.rpartition("/")[2] for one in told}
    winner, other = (entry.contact for entry in made.entries)
    assert heard[made.owner] == heard[made.colleague] == "award_owner_and_deputy"
    assert heard[winner] == "award_winners"
    assert other not in heard


def test_what_was_called_off_after_the_award_promises_nothing_any_more():
    made = contest.contest("awarded")
    day = clock.today() - timedelta(days=60)
    Adoption.objects.update(promised_date=day, due_date=day)
    ending.cancel(made.challenge, by=made.owner, reason="The council decided otherwise.")
    make_due_moves()
    promise = Adoption.objects.get()
    assert promise.state == "promised"
    assert yours(made.owner) == []
    with pytest.raises(Missing):
        following.decide(promise, by=made.owner, choice="stop", reason="Over.")
