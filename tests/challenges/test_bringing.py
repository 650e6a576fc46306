"""Bringing a problem: five fields, a draft that says who sees it, and a coordinator who rings."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from challenges.calls import coordinator_queues
from challenges.lifecycle import bringing
from challenges.models import Challenge, Document
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in
from tests.factory.files.hostile import pdf

NEW = "/en/challenges/new/"
FIVE = {
    "problem": "Old people are lonely. They miss the bus.\n• no ride\n• no neighbours",
    "region": "Nieuwegein",
    "envelope_cents": "80.000",
    "hoped_start_date": "",
    "phone": "06 12 34 56 78",
    "token": "one",
}


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def brought(person, **changed):
    """The answer to the five fields, and the challenge that was made."""
    whose = person.memberships.first().organisation_id
    answer = browser(person).post(NEW, FIVE | {"organisation": whose} | changed)
    return answer, Challenge.objects.filter(owner=person).order_by("-pk").first()


def test_five_fields_make_a_draft_whose_page_says_who_sees_it_and_what_is_next(
    noor, lekstede, cleo
):
    answer, made = brought(noor)
    assert answer.status_code == 302, answer.content.decode()
    assert (made.title, made.state, made.owner) == ("Old people are lonely", "draft", noor)
    assert made.problem.endswith("- no ride\n- no neighbours")
    assert (made.envelope_cents, made.phone) == (8_000_000, "06 12 34 56 78")
    page = browser(noor).get(answer.url).content.decode()
    for words in ("Who sees this?", "A coordinator rings you, at the latest on", "06 12 34 56 78"):
        assert words in page


def test_the_same_form_sent_twice_makes_one(noor, lekstede):
    first, second = brought(noor)[0], brought(noor)[0]
    assert first.url == second.url
    assert Challenge.objects.count() == 1


def test_a_file_one_already_has_is_enough_and_never_public(noor, lekstede, dan, cleo):
    file = SimpleUploadedFile("Notitie eenzaamheid.pdf", pdf())
    _answer, made = brought(noor, problem="", document=file)
    assert made.title == "Notitie eenzaamheid"
    address = Document.objects.get().get_absolute_url()
    assert browser(noor).get(address).status_code == 200
    assert sign_in(Client(), cleo).get(address).status_code == 200
    assert browser(dan).get(address).status_code == Client().get(address).status_code == 404


def test_neither_words_nor_a_file_is_refused_with_the_reason(noor, lekstede):
    answer, made = brought(noor, problem=" ")
    assert (answer.status_code, made) == (422, None)
    assert "choose a file that says it" in answer.content.decode()


@pytest.mark.parametrize("kind", ["enterprise", "initiative"])
def test_who_answers_problems_does_not_bring_them(db, kind):
    owner = make.organisation(kind=kind).owner
    assert "whose problem it is" in browser(owner).get(NEW).content.decode()
    assert brought(owner)[0].status_code == 403


def test_who_is_in_no_organisation_is_led_to_joining(db):
    page = browser(make.person()).get(NEW).content.decode()
    assert reverse("partners:list") in page


@pytest.mark.parametrize("kind", ["province", "public", "funder", "business", "knowledge"])
def test_others_with_a_problem_and_money_bring_it_too(db, kind):
    assert brought(make.organisation(kind=kind).owner)[1].state == "draft"


def test_sent_in_it_is_told_to_the_coordinators_and_acknowledged(noor, lekstede, cleo):
    _answer, made = brought(noor)
    bringing.submit(made, by=noor)
    mails = Notice.objects.filter(channel="mail").filter(event__thing_type="challenges.challenge")
    assert {(n.recipient, n.template.rpartition("/")[2]) for n in mails} == {
        (cleo, "submit_coordinators"), (noor, "acknowledge_those_who_brought_it"),
    }  # fmt: skip


def test_it_stands_on_the_call_list_with_the_number_until_somebody_takes_it_on(
    noor, lekstede, cleo
):
    _answer, made = brought(noor)
    bringing.submit(made, by=noor)
    (row,) = next(queue.rows for queue in coordinator_queues(cleo) if queue.key == "problems")
    assert row.people == [("Noor Buyer, Gemeente Lekstede", "06 12 34 56 78")]
    assert not row.late
    bringing.shape(made, by=cleo)
    assert not any(queue.rows for queue in coordinator_queues(cleo))


def test_who_waits_longer_than_two_working_days_is_late(noor, lekstede, cleo):
    with make.days_ago(8):
        made = contest.challenge("submitted", by=lekstede)
    Challenge.objects.filter(pk=made.pk).update(submitted_at=made.created_at)
    (row,) = next(queue.rows for queue in coordinator_queues(cleo) if queue.key == "problems")
    assert row.late


def test_the_admin_shows_it_with_its_moves(noor, lekstede, cleo):
    made = contest.challenge("submitted", by=lekstede)
    client = sign_in(Client(), cleo)
    listed = client.get(reverse("admin:challenges_challenge_changelist")).content.decode()
    page = client.get(reverse("admin:challenges_challenge_change", args=[made.pk])).content.decode()
    assert made.title in listed
    assert "move/shape/" in page
    assert "move/draw_up/" not in page


def test_the_same_problem_is_copied_from_an_earlier_challenge_and_named(noor, lekstede):
    earlier = contest.challenge("open", by=make.organisation(kind="municipality"), causes="No bus.")
    public = browser(noor).get(f"/en/challenges/{earlier.slug}/").content.decode()
    assert f"new/?from={earlier.slug}" in public
    page = browser(noor).get(f"{NEW}?from={earlier.slug}").content.decode()
    assert "100000" in page.replace(".", "").replace(",", "")
    assert earlier.problem in page
    _answer, made = brought(noor, copied_from=earlier.slug)
    assert (made.copied_from, made.causes) == (earlier, "No bus.")
    assert earlier.title in browser(noor).get(made.get_absolute_url()).content.decode()


def test_what_is_not_public_cannot_be_copied(noor, lekstede):
    hidden = contest.challenge(
        "shaping", by=make.organisation(kind="municipality"), causes="Secret"
    )
    assert brought(noor, copied_from=hidden.slug)[1].causes == ""


def test_a_draft_is_on_the_desk_of_whoever_writes_and_on_nobody_elses(noor, lekstede, dan):
    made = contest.challenge("draft", by=lekstede)
    assert made.title in browser(noor).get("/en/desk/").content.decode()
    assert made.title not in browser(dan).get("/en/desk/").content.decode()
