"""What nobody gets done, whoever tries and however: to approve what one sent in, and to give more than there is."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from challenges.models import Award, Challenge
from factory import clock
from factory.moves import make_due_moves
from partners.models import Membership
from tests import contest, make
from tests.factory.files.hostile import pdf
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db


def at(made, move):
    return reverse("challenges:move", args=[made.challenge.slug, move])


def send(visitor, address, **said):
    """What the answer to a form is: its status and its words."""
    answer = visitor.client.post(address, {"token": f"{address}{sorted(said)}"[-60:]} | said)
    return answer.status_code, " ".join(answer.content.decode().split())


def paper(name):
    """A decision on paper, signed by somebody."""
    document = SimpleUploadedFile("decision.pdf", pdf())
    day = clock.today().isoformat()
    return {"name": name, "number": "2026-114", "decided_date": day, "document": document}


def test_who_sent_it_in_does_not_approve_it_by_any_way(settings):
    settings.TAKE_BACK_SECONDS = 0
    made = contest.contest("draft")
    # Cleo coordinates, and works for the municipality too: she is who sends it in.
    Membership.objects.create(
        organisation=made.by, person=made.cleo, role="editor", confirmed_at=clock.now()
    )
    cleo, chris = (Visitor().signs_in(person) for person in (made.cleo, made.other))
    owner = Visitor().signs_in(made.owner)
    assert send(cleo, at(made, "submit"))[0] == 302
    assert send(chris, at(made, "shape"))[0] == 302

    # Neither to her own address, nor on paper in her own name, nor as the coordinator who checks.
    herself = {"name": "C. Coordinator", "job": "Director", "email": made.cleo.email.upper()}
    status, words = send(owner, at(made, "ask_approval"), **herself)
    assert status == 422
    assert "Wie het heeft ingezonden" in words
    status, words = send(owner, at(made, "note_approval"), **paper(f"{made.cleo.name}, director"))
    assert status == 422
    assert "Wie het heeft ingezonden" in words
    assert send(owner, at(made, "note_approval"), **paper("Mila Holder, alderman"))[0] == 302
    assert cleo.client.get(at(made, "approve")).status_code == 403
    assert send(cleo, at(made, "approve"), seen="on")[0] == 403
    assert send(chris, at(made, "schedule"), publish_date=clock.today().isoformat())[0] in {
        409,
        422,
    }
    assert Visitor().client.get(made.challenge.get_absolute_url()).status_code == 404

    # Somebody else checks the same decision, and it opens.
    assert send(chris, at(made, "approve"), seen="on")[0] == 302
    opens = (clock.today() + timedelta(days=2)).isoformat()
    assert send(chris, at(made, "schedule"), publish_date=opens)[0] == 302
    Challenge.objects.update(publish_at=clock.now())
    make_due_moves()
    assert Visitor().open(made.challenge.get_absolute_url()).reads(made.challenge.title)


def proposal(made, *cents, reserve=()):
    """The form of the jury, with these amounts in order and these places in the reserve."""
    said = {"report": "We read everything twice."}
    for number, entry in enumerate(made.entries):
        said[f"outcome_{entry.pk}"] = "award" if number < len(cents) else "none"
        if number in reserve:
            said[f"outcome_{entry.pk}"] = "reserve"
        said[f"cents_{entry.pk}"] = cents[number] if number < len(cents) else ""
        said[f"place_{entry.pk}"] = reserve.index(number) + 1 if number in reserve else ""
        for word in ("strong", "weak", "reason"):
            said[f"{word}_{entry.pk}"] = f"{entry.organisation}: {word}."
    return said


def test_never_more_is_awarded_than_there_is(settings):
    settings.TAKE_BACK_SECONDS = 0
    made = contest.contest("consensus", entrants=[make.organisation() for _n in range(3)])
    cleo, owner = (Visitor().signs_in(person) for person in (made.cleo, made.owner))
    status, words = send(cleo, at(made, "propose"), **proposal(made, "75.000", "30.000"))
    assert status == 422
    assert "€ 5.000" in words
    assert f"{made.entries[2].organisation}: weak." in words  # what was typed is still there
    assert not Award.objects.exists()
    said = proposal(made, "75.000", "25.000", reserve=(2,))
    assert send(cleo, at(made, "propose"), **said)[0] == 302
    made.decide()
    assert send(cleo, at(made, "notify"))[0] == 302
    made.award()

    # The second winner turns it down. What is left goes to the reserve, and not a euro more.
    second = Award.objects.get(entry=made.entries[1])
    winner = Visitor().signs_in(made.entries[1].contact)
    decline = reverse("challenges:award_move", args=[second.pk, "decline"])
    assert send(winner, decline, reason="Our van broke down.")[0] == 302
    status, words = send(owner, at(made, "award_next"), cents="30.000")
    assert status in {409, 422}
    assert "€ 25.000" in words
    assert send(owner, at(made, "award_next"), cents="25.000")[0] == 302
    final = Award.objects.filter(state="final").order_by("cents")
    assert list(final.values_list("entry", "cents")) == [
        (made.entries[2].pk, 2_500_000),
        (made.entries[0].pk, 7_500_000),
    ]
    challenge = Challenge.objects.get(pk=made.challenge.pk)
    assert challenge.committed_cents == challenge.envelope_cents == 10_000_000
