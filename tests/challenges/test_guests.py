"""Colleagues without an account read along by a link that the owner can end; remarks are settled."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from challenges.lifecycle import bringing, guests
from challenges.models import Guest, Helper, Remark
from factory import clock
from factory.logs import mask
from factory.moves import Missing
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in

LEX = {
    "name": "Lex Lawyer",
    "email": "lex@law.example",
    "works_for": "Legal & Co",
    "role": "lawyer",
}
SAID = {"field": "problem", "paragraph": 1, "text": "Is this allowed?"}


@pytest.fixture
def made(lekstede):
    return contest.challenge("shaping", by=lekstede, problem="No rides.\n\nNo neighbours.")


def invited(made, by, **changed):
    """Lets somebody read along; the path of the link in the mail."""
    guests.invite_guest(made, by=by, **LEX | changed)
    mail = Notice.objects.filter(address=changed.get("email", LEX["email"])).last()
    return re.search(r"/(?:en/)?challenges/guests/\S+", mail.text)[0]


def test_a_guest_reads_the_draft_by_the_link_alone(made, noor):
    address = invited(made, noor)
    answer = Client().get(address)
    page = answer.content.decode()
    assert "No neighbours." in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(address.replace("guests/", "guests/x")).status_code == 410


def test_the_key_is_in_the_mail_and_nowhere_else(made, noor):
    key = invited(made, noor).rstrip("/").rpartition("/")[2]
    assert key not in str(list(Guest.objects.values()))
    assert key not in mask(f"GET /challenges/guests/{key}/ HTTP/1.1")


def test_a_remark_stands_at_its_paragraph_and_the_owner_hears_of_it(made, noor):
    address = invited(made, noor)
    for _twice in range(2):
        assert Client().post(address, SAID).status_code == 302
    remark = Remark.objects.get()
    assert (remark.quoted, remark.guest.name) == ("No neighbours.", "Lex Lawyer")
    assert Notice.objects.filter(
        recipient=noor, template__endswith="take_remark_those_who_brought_it"
    ).exists()
    assert [str(h) for h in Helper.objects.all()] == ["Lex Lawyer (Legal & Co)"]
    assert "Is this allowed?" in Client().get(address).content.decode()
    mine = Client()
    mine.force_login(noor)
    assert "Is this allowed?" in mine.get(f"{made.get_absolute_url()}remarks/").content.decode()


def test_a_link_that_was_ended_opens_nothing_and_takes_nothing(made, noor):
    address = invited(made, noor)
    guests.end_guest(made, by=noor, guest=Guest.objects.get())
    assert Client().get(address).status_code == 410
    assert Client().post(address, SAID).status_code == 410
    with pytest.raises(Missing):
        guests.end_guest(made, by=noor, guest=Guest.objects.get())


def test_a_link_ends_by_itself_after_a_month_and_with_the_approval(made, noor, lekstede):
    address = invited(made, noor)
    other = contest.contest("approved", by=lekstede)
    guest, key = Guest.to(other.challenge, noor, **LEX)
    guest.save()
    assert Client().get(f"/challenges/guests/{key}/").status_code == 410
    Guest.objects.update(invited_at=clock.now() - timedelta(days=31), expires_at=clock.now())
    assert Client().get(address).status_code == 410


def test_inviting_the_same_person_again_ends_the_first_link(made, noor):
    first, second = invited(made, noor), invited(made, noor)
    assert [Client().get(address).status_code for address in (first, second)] == [410, 200]


def test_no_more_than_twelve_read_along(made, noor):
    for number in range(12):
        invited(made, noor, email=f"guest{number}@law.example")
    with pytest.raises(Missing):
        invited(made, noor, email="one.more@law.example")


def test_a_guest_who_has_an_account_is_found_again_when_their_organisation_enters(
    made, noor, broodnodig, ada
):
    Client().post(invited(made, noor, email=ada.email), SAID)
    assert made.helpers.of_entrant(broodnodig).exists()


def test_the_owner_settles_a_remark_once(made, noor, cleo):
    guests.remark(made, by=cleo, **SAID)
    remark = Remark.objects.get()
    guests.resolve_remark(made, by=noor, remark=remark)
    assert Remark.objects.get().resolved_by == noor
    with pytest.raises(Missing):
        guests.resolve_remark(made, by=noor, remark=remark)


def test_a_remark_on_a_paragraph_that_is_gone_stands_at_the_last_one(made, noor, cleo):
    guests.remark(made, by=cleo, **SAID)
    bringing.draw_up(made, by=noor, problem="No rides and no neighbours.")
    page = sign_in(Client(), cleo).get(f"{made.get_absolute_url()}remarks/").content.decode()
    assert "Is this allowed?" in page


def test_a_remark_of_another_challenge_is_not_settled_from_here(made, noor, cleo):
    other = contest.challenge("shaping", by=make.organisation(kind="municipality"))
    guests.remark(other, by=cleo, **SAID)
    client = Client()
    client.force_login(noor)
    answer = client.post(
        f"{made.get_absolute_url()}resolve_remark/", {"remark": Remark.objects.get().pk}
    )
    assert answer.status_code == 422


def test_the_page_of_remarks_costs_the_same_for_one_and_for_many(
    made, noor, django_assert_num_queries
):
    client = Client()
    client.force_login(noor)
    address = f"{made.get_absolute_url()}remarks/"
    guests.remark(made, by=noor, **SAID)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(6):
        guests.remark(made, by=noor, **SAID | {"text": f"Remark {number}"})
    with django_assert_num_queries(len(one)):
        client.get(address)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"guest": None, "person": None}, "remark_of_one_somebody"),
        ({"text": ""}, "remark_says_something"),
        ({"resolved_at": clock._database_time}, "remark_resolved_by_somebody"),
    ],
)
def test_the_database_refuses(made, noor, change, name):
    facts = {"challenge": made, "field": "problem", "paragraph": 0, "text": "x", "person": noor}
    facts |= {key: value() if callable(value) else value for key, value in change.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Remark.objects.create(**facts)
    Remark.objects.create(challenge=made, field="problem", paragraph=0, text="x", person=noor)


def test_the_database_takes_no_remark_of_a_guest_whose_link_ended(made, noor):
    guest, _key = Guest.to(made, noor, **LEX)
    guest.save()
    facts = {"challenge": made, "field": "problem", "paragraph": 0, "guest": guest}
    Remark.objects.create(text="In time", **facts)  # the negative control
    Guest.objects.update(ended_at=clock.now())
    with pytest.raises(IntegrityError, match="remark_of_an_open_guest"), transaction.atomic():
        Remark.objects.create(text="Too late", **facts)


def test_who_helped_is_shown_on_their_entry(db):
    contested = contest.contest("checking", entrants=[make.organisation(), make.organisation()])
    one, other = contested.entries
    Helper.objects.create(
        challenge=contested.challenge, what=Helper.What.TALKED, organisation=one.organisation
    )
    client = sign_in(Client(), contested.cleo)
    assert "Hielp eerder" in client.get(one.get_absolute_url()).content.decode()
    assert "Hielp eerder" not in client.get(other.get_absolute_url()).content.decode()
