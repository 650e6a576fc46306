"""Who has the mandate decides; who has not is told who has; a decision on paper is checked by a coordinator."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from challenges.lifecycle import deciding
from challenges.models import Award, Decision
from tests import contest, make
from tests.doors import sign_in
from tests.factory.files.hostile import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Half of the envelope of 100 000 is proposed; nobody has a mandate yet."""
    return contest.contest("proposed")


def give(person, cents, until=None):
    person.memberships.update(mandate_cents=cents, mandate_until=until)


def press(client, made, person, move="decide", **data):
    sign_in(client, person)
    return client.post(reverse("challenges:move", args=[made.challenge.slug, move]), data)


def state(made):
    made.challenge.refresh_from_db()
    return made.challenge.state


def test_who_has_the_mandate_decides(client, made):
    give(made.colleague, 5_000_000)
    assert press(client, made, made.colleague).status_code == 302
    assert state(made) == "decided"
    decision = Decision.objects.get()
    assert (decision.kind, decision.cents) == ("mandate", 5_000_000)
    assert decision.decided_by == made.colleague.name
    assert Award.objects.get().state == "decided"


def test_who_has_too_little_is_told_who_could(client, made):
    give(made.owner, 4_999_999)
    give(made.colleague, 6_000_000)
    answer = press(client, made, made.owner)
    assert answer.status_code == 409
    assert made.colleague.name in answer.content.decode()
    assert (state(made), Decision.objects.count()) == ("proposed", 0)


def test_a_mandate_that_is_over_does_not_count(client, made):
    give(made.owner, 6_000_000, until="2020-01-01")
    answer = press(client, made, made.owner)
    assert answer.status_code == 409
    assert "op papier" in answer.content.decode()


@pytest.mark.parametrize("who", ["cleo", "other"])
def test_a_coordinator_does_not_decide(client, made, who):
    assert press(client, made, getattr(made, who)).status_code in (302, 403)
    assert state(made) == "proposed"


def test_nothing_is_decided_while_a_reason_is_missing(client):
    made = contest.contest("consensus", entrants=[make.organisation(), make.organisation()])
    contest.proposing.propose(made.challenge, by=made.cleo, awards=[(made.entries[0], 100)])
    give(made.owner, 6_000_000)
    assert press(client, made, made.owner).status_code == 409
    assert state(made) == "proposed"


def test_the_jury_decides_and_the_organisation_confirms(client):
    made = contest.contest("proposed", jury_decides=True)
    assert press(client, made, made.owner).status_code == 302
    decision = Decision.objects.get()
    assert (decision.kind, decision.cents) == ("jury", 10_000_000)


def noted(client, made, cents="50000", **rest):
    paper = SimpleUploadedFile("besluit.pdf", pdf(), "application/pdf")
    said = {"decided_by": "M. Holder", "number": "2026-114", "decided_date": "01-11-2026"}
    said |= {"cents": cents, "paper": paper}
    return press(client, made, made.owner, "note_decision", **said | rest)


def test_a_decision_on_paper_is_checked_by_a_coordinator(client, made):
    assert noted(client, made).status_code == 302
    assert state(made) == "proposed"
    decision = Decision.objects.get()
    assert decision.waits_for_a_check
    assert client.get(decision.paper.get_absolute_url()).status_code == 200
    deciding.check_decision(made.challenge, by=made.cleo)
    assert state(made) == "decided"
    decision.refresh_from_db()
    assert decision.checked_by == made.cleo


def test_a_paper_that_covers_too_little_is_not_taken(client, made):
    assert noted(client, made, cents="49999").status_code == 422
    assert not Decision.objects.exists()


def test_a_paper_is_sent_back_with_a_reason(client, made):
    noted(client, made)
    deciding.send_decision_back(made.challenge, by=made.cleo, because="The number is another.")
    sign_in(client, made.owner)
    page = client.get(reverse("challenges:deciding", args=[made.challenge.slug]))
    assert "The number is another." in page.content.decode()
    assert noted(client, made).status_code == 302
    assert Decision.objects.standing().get().waits_for_a_check


def test_an_entrant_does_not_open_the_paper(client, made):
    noted(client, made)
    sign_in(client, made.entries[0].contact)
    paper = Decision.objects.get().paper
    assert client.get(paper.get_absolute_url()).status_code == 404
