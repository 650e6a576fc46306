"""What lies on the desk of who decides and of who entered, and what waits for a coordinator."""

import pytest
from django.urls import reverse

from challenges import desk
from challenges.deciding_desk import coordinator_queues
from challenges.figures import entries
from challenges.lifecycle import letter as letters
from challenges.lifecycle import objection as objections
from challenges.lifecycle import talk as talks
from challenges.models import Letter, Objection, Talk
from factory.notices.models import Notice
from tests import contest
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
