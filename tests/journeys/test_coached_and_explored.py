"""Rides for who cannot drive, as it was promised: three finalists coached alike, two who explore, and then the awards.

Real pages from the first coach to the proposal; the clock is moved past the window of the changed plans.
"""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from challenges.models import Challenge, Entry
from factory import clock
from factory.moves import make_due_moves
from partners.models import Person
from tests import contest, make
from tests.doors import sign_in
from tests.moving_clock import moving_clock, set_ahead

pytestmark = pytest.mark.django_db
NAMES = ("Samen Rijden", "De Buurtbus", "Wiel en Deal")
FEE = 500_000
PLAN = "Na de coaching rijden we ook op zondag."


@pytest.fixture
def made(settings, postgres):
    """Three finalists who were promised six hours each, and two of them five thousand euros to explore."""
    settings.TAKE_BACK_SECONDS = 0
    promised = contest.coached(hours=6) | {
        "explore_teams": 2,
        "explore_cents": FEE,
        "explore_scope": "Wat kost een rit op zondag?",
        "envelope_cents": 10_000_000 + 2 * FEE,
    }
    entrants = [make.organisation(name) for name in NAMES]
    made = contest.contest("pitching", entrants=entrants, **promised)
    with moving_clock(postgres):
        yield made


def at(made, move):
    return reverse("challenges:move", args=[made.challenge.slug, move])


def send(person, address, **said):
    """The answer to a form."""
    token = {"token": uuid.uuid4().hex}
    return sign_in(Client(), person).post(address, token | said)


def read(person, address):
    client = sign_in(Client(), person) if person else Client()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(answer.content.decode().split()).replace("\xa0", " ")


def begins(made):
    """A coordinator names a coach for each; a juror is refused with what was typed kept."""
    until = (clock.now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    said = {"until": until}
    for entry in made.entries:
        said |= {f"name_{entry.pk}": "Koos Coach", f"email_{entry.pk}": "koos@coach.example"}
    juror = made.challenge.jury.first().person
    first = made.entries[0].pk
    answer = send(made.cleo, at(made, "start_coaching"), **said | {f"email_{first}": juror.email})
    assert answer.status_code in (409, 422)
    assert "zit in de jury" in answer.content.decode()
    assert send(made.cleo, at(made, "start_coaching"), **said).status_code == 302
    coach = made.challenge.coachings.first().coach
    page = reverse("challenges:coaching", args=[made.challenge.slug])
    assert sign_in(Client(), coach).get(page)["Location"].startswith("/desk/me/terms/")
    Person.objects.filter(pk=coach.pk).update(terms_version=settings.TERMS_VERSION)
    return coach


def is_coached(made, coach):
    """The coach finds whom they coach, notes hours, and never more than was offered."""
    one, two, _three = made.challenge.coachings.all()
    page = reverse("challenges:coaching", args=[made.challenge.slug])
    assert all(name in read(coach, page) for name in NAMES)
    day = clock.today().isoformat()
    said = {"coaching": one.pk, "held_date": day, "minutes": 240, "note": "Wie rijdt op zondag?"}
    assert send(coach, at(made, "note_coaching"), **said).status_code == 302
    assert send(coach, at(made, "note_coaching"), **said | {"note": "Nog eens"}).status_code != 302
    assert (
        send(
            coach, at(made, "note_coaching"), **said | {"coaching": two.pk, "minutes": 60}
        ).status_code
        == 302
    )
    assert "Het is niet evenveel gebruikt" in read(made.cleo, page)
    assert Client().get(page).status_code == 302
    assert sign_in(Client(), made.owner).get(page).status_code == 404


def hands_in(made):
    """A finalist writes on, and sends a changed plan; the first one stays with its receipt."""
    entry = made.entries[0]
    write = reverse("challenges:entry_write", args=[entry.pk])
    assert "Een aangepast plan inleveren" in read(entry.contact, write)
    said = {"title": entry.title, "summary": entry.summary, "plan": PLAN, "page": "p"}
    seen = Entry.objects.get(pk=entry.pk).version
    assert send(entry.contact, write, seen=seen, **said).status_code == 302
    now = Entry.objects.get(pk=entry.pk)
    assert (now.plan, now.typed["plan"]) == (entry.plan, PLAN)
    change = reverse("challenges:entry_change", args=[entry.pk])
    answer = send(entry.contact, change, seen=now.version, **said)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert PLAN in read(entry.contact, answer["Location"])
    first = entry.submissions.order_by("number").first()
    assert entry.plan in read(entry.contact, first.get_absolute_url())


def explores(made):
    """Two teams are named, tell what they found, and get their fee."""
    teams = [entry.pk for entry in made.entries[:2]]
    assert send(made.cleo, at(made, "name_teams"), entries=teams[:1]).status_code == 422
    assert send(made.cleo, at(made, "name_teams"), entries=teams).status_code == 302
    for row in made.challenge.explorations.all():
        said = {"row": row.pk, "result": "Twaalf euro per rit."}
        assert send(made.cleo, at(made, "note_result"), **said).status_code == 302
        paid = {"row": row.pk, "paid_date": clock.today().isoformat()}
        assert send(made.owner, at(made, "pay_fee"), **paid).status_code == 302
    ledger = reverse("challenges:ledger", args=[made.challenge.slug])
    assert read(made.owner, ledger).count("€ 5.000") >= 4


def proposed(made, *cents):
    said = {"report": "Vier van ons lazen alles.", "no_award": ""}
    for number, entry in enumerate(made.entries):
        said[f"outcome_{entry.pk}"] = "award" if number < len(cents) else "none"
        said[f"cents_{entry.pk}"] = cents[number] if number < len(cents) else ""
        for word in ("strong", "weak", "reason"):
            said[f"{word}_{entry.pk}"] = f"{entry.organisation}: {word}."
    return said


def test_the_promise_is_kept_from_the_first_coach_to_the_proposal(made):
    address = made.challenge.get_absolute_url()
    page = read(None, address)
    assert "Elke finalist krijgt 6 uur coaching" in page
    assert "Wat kost een rit op zondag?" in page

    assert send(made.cleo, at(made, "propose"), **proposed(made, "75000")).status_code == 409
    coach = begins(made)
    is_coached(made, coach)
    hands_in(made)

    # The time for changed plans goes by; then nobody changes anything, and no coach reads for the jury.
    set_ahead(timedelta(days=6).total_seconds())
    make_due_moves()
    made.challenge.refresh_from_db()
    assert made.challenge.state == "pitching"
    late = reverse("challenges:entry_change", args=[made.entries[1].pk])
    said = {"title": "Laat", "summary": "Te laat.", "plan": PLAN}
    assert send(made.entries[1].contact, late, **said).status_code == 409
    pitches = reverse("challenges:pitches", args=[made.challenge.slug])
    assert sign_in(Client(), coach).get(pitches).status_code == 404
    assert "Alle 3 finalisten kregen hetzelfde aanbod" in read(None, address)

    # 75 000 and 30 000 is more than there is beside the fees; 75 000 and 25 000 is not.
    explores(made)
    answer = send(made.cleo, at(made, "propose"), **proposed(made, "75000", "30000"))
    assert answer.status_code == 422
    assert (
        send(made.cleo, at(made, "propose"), **proposed(made, "75000", "25000")).status_code == 302
    )
    made.challenge.refresh_from_db()
    assert (made.challenge.state, made.challenge.left_cents) == ("proposed", 0)
    assert Challenge.objects.get(pk=made.challenge.pk).ledger.sums()["paid"] == 2 * FEE
