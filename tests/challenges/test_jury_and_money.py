"""A jury is asked by mail; several governments pay together; every euro is a line."""

import pytest
from django.urls import reverse

from challenges.lifecycle import approving, award, bringing, ending, inviting, sharing
from challenges.models import Approval, Challenge, Juror
from factory import clock
from factory.moves import Missing
from factory.notices.letters import write
from factory.notices.links import answer_url
from factory.notices.models import Notice
from factory.notices.sight import thing_of
from partners.models import Person
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


def invited(made, **facts):
    facts = {"name": "Jo Jury", "email": "jo@mail.example"} | facts
    inviting.invite_juror(made.challenge, by=made.owner, **facts)
    return Juror.objects.get(challenge=made.challenge, person__email=facts["email"])


def test_a_juror_says_yes_from_the_mail_without_an_account(client, settings):
    settings.TAKE_BACK_SECONDS = 0
    made = contest.contest("shaping")
    seat = invited(made, chairs=True)
    letter = Notice.objects.mail().filter(recipient=seat.person).latest("pk")
    assert letter.answers == ["take_seat", "decline_seat"]
    url = answer_url(letter, thing_of(letter.event), "take_seat").replace(settings.SITE_URL, "")
    assert client.get(url).status_code == 200
    assert client.post(url).status_code in (200, 302)
    seat.refresh_from_db()
    assert seat.said_yes_at is not None
    assert Challenge.objects.visible_to(seat.person).filter(pk=made.challenge.pk).exists()


def test_whoever_says_no_sees_nothing_of_it_any_more():
    made = contest.contest("shaping")
    seat = invited(made)
    with pytest.raises(Missing):
        invited(made)
    inviting.decline_seat(made.challenge, by=seat.person)
    assert not Challenge.objects.visible_to(seat.person).filter(pk=made.challenge.pk).exists()
    assert Person.objects.filter(email="jo@mail.example").count() == 1
    assert invited(made).said_no_at is None


def test_one_person_chairs():
    made = contest.contest("shaping")
    first = invited(made, chairs=True)
    second = invited(made, name="Kim", email="kim@mail.example", chairs=True)
    first.refresh_from_db()
    assert (first.chairs, second.chairs) == (False, True)
    told = Notice.objects.filter(template__endswith="invite_juror_who_chaired_before")
    mail = told.get(channel="inbox")
    assert mail.recipient == first.person
    mail.language, mail.address = "en", first.person.email
    assert "Kim is asked to chair the jury" in write(mail)[2]
    inviting.release_juror(made.challenge, by=made.cleo, seat=second)
    assert not Juror.objects.filter(chairs=True).exists()


@pytest.fixture
def shared(db):
    """An envelope of two: 60.000 of Molenrade, 40.000 of Zeist that waits for its approval."""
    made = contest.contest("shaping")
    made.zeist = make.organisation("Gemeente Zeist Test", "municipality")
    money = {"cents": 4_000_000, "own_cents": 6_000_000}
    sharing.add_co_owner(made.challenge, by=made.owner, organisation=made.zeist, **money)
    made.part = made.challenge.co_owners.get(leads=False)
    return made


def approve_part(made):
    person = made.zeist.owner
    about = {"co_owner": made.part, "name": "Zed", "job": "Alderman", "email": "z@zeist.example"}
    approving.ask_approval(made.challenge, by=person, **about)
    said = {"number": "Z-1", "decided_date": clock.today()}
    approving.approve_share_by_code(made.challenge, approval=Approval.objects.first(), **said)


def test_a_part_counts_once_its_own_budget_holder_approved_it(shared):
    shared.challenge.refresh_from_db()
    assert shared.challenge.envelope_cents == 6_000_000
    said = {"approver": "Mila", "approval_number": "1", "approved_date": clock.today()}
    with pytest.raises(Missing):
        bringing.approve(shared.challenge, by=shared.cleo, **said)
    assert Challenge.objects.visible_to(shared.zeist.owner).filter(pk=shared.challenge.pk).exists()
    approve_part(shared)
    shared.approve()
    shared.challenge.refresh_from_db()
    assert shared.challenge.envelope_cents == 10_000_000
    assert shared.challenge.ledger.sums()["pledged"] == 10_000_000
    assert shared.challenge.ledger.count() == 2


def test_who_stops_paying_along_leaves_the_rest(shared):
    sharing.end_co_owner(shared.challenge, by=shared.owner, co_owner=shared.part)
    shared.challenge.refresh_from_db()
    assert shared.challenge.envelope_cents == 6_000_000
    assert not shared.challenge.co_owners.exists()


def sums(challenge):
    return tuple(challenge.ledger.sums().values())


def test_the_ledger_follows_from_the_pledge_to_the_award():
    made = contest.contest("awarded")
    assert sums(made.challenge) == (10_000_000, 10_000_000, 5_000_000, 0)
    final = made.challenge.awards.get()
    award.decline(final, by=make._owner(final.entry.organisation), reason="We cannot.")
    assert sums(made.challenge) == (10_000_000, 10_000_000, 0, 0)


def test_what_is_taken_back_is_free_again():
    made = contest.contest("approved")
    bringing.reshape(made.challenge, by=made.owner)
    assert sums(made.challenge) == (0, 0, 0, 0)
    opened = contest.contest("open")
    ending.withdraw(opened.challenge, by=opened.owner, reason="Other plans.")
    assert sums(opened.challenge) == (0, 0, 0, 0)


def test_the_ledger_is_a_page_with_a_drawing_and_a_table(client):
    made = contest.contest("awarded")
    sign_in(client, made.owner)
    told = client.get(reverse("challenges:ledger", args=[made.challenge.slug])).content.decode()
    assert "<svg" in told
    assert told.count("<tr>") >= 4


def pages(client, made, *people):
    """What each of these reads on the page of the challenge, in English; a visitor as None."""
    address = f"/en/challenges/{made.challenge.slug}/"
    for person in people:
        client.logout()
        yield (sign_in(client, person) if person else client).get(address).content.decode()


def test_who_pays_along_finds_on_the_page_how_to_have_it_approved(shared, client):
    (page,) = pages(client, shared, shared.zeist.owner)
    ask, setup = (f"/en/challenges/{shared.challenge.slug}/{x}/" for x in ("ask_approval", "setup"))
    assert "Gemeente Zeist Test pays" in page
    for link in (ask, setup, ask.replace("ask", "note")):
        assert link in page
    assert client.get(ask).status_code == client.get(setup).status_code == 200
    viewer = make.member(shared.zeist, "viewer", "Vera Viewer")
    (page,) = pages(client, shared, viewer)
    assert setup in page
    assert ask not in page
    approve_part(shared)
    (page,) = pages(client, shared, shared.zeist.owner)
    assert "approved it on" in page
    assert ask not in page


def test_who_pays_how_much_is_public_and_costs_no_query_more(shared, client):
    approve_part(shared)
    for step in ("approve", "schedule", "publish"):
        getattr(shared, step)()
    for page in pages(client, shared, None, make.person("Dan Stranger")):
        assert "Who pays" in page
        assert "Gemeente Zeist Test" in page
    (page,) = pages(client, contest.contest("open"), None)
    assert "Who pays" not in page


def test_who_is_asked_for_the_jury_does_not_read_who_pays_how_much_before_it_opens(shared, client):
    asked = make.person("Arie Asked")
    shared.challenge.jury.create(person=asked)
    (page,) = pages(client, shared, asked)
    assert shared.challenge.title in page
    assert "Who pays" not in page
    for page in pages(client, shared, shared.owner, shared.zeist.owner, shared.cleo):
        assert "Who pays" in page
