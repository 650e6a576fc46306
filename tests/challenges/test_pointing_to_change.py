"""A problem that asks for change on the owner's own side: a person rings, and the page says so plainly."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from challenges import calls
from challenges.house_terms import answer_days, ring_days
from challenges.intake_forms import AskForMoreForm
from challenges.lifecycle import bringing
from factory import clock
from factory.coordination.models import Note
from factory.knowledge.models import Norm
from factory.notices.models import Notice
from factory.working_days import after
from tests import contest
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
WHY = "Your departments each buy in their own way."


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def made():
    made = contest.contest("submitted")
    bringing.point_to_change(made.challenge, by=made.cleo, reason=WHY)
    return made


def page_of(made, person):
    client = sign_in(Client(), person)
    return client.get(made.challenge.get_absolute_url()).content.decode()


def test_the_owner_reads_why_who_rings_and_by_when(made):
    page = page_of(made, made.owner)
    day = after(clock.today(), 2)
    assert WHY in page
    assert f"{made.cleo.name} rings you about it, at the latest on" in page
    assert f"{day.day} " in page
    assert "What change-making is" in page
    assert "/en/contact/" in page


def test_they_hear_it_by_mail(made):
    heard = Notice.objects.filter(event__verb="challenge.point_to_change")
    assert {made.owner.pk, made.colleague.pk} == set(heard.values_list("recipient", flat=True))


def test_the_call_stands_on_the_list_of_the_coordinators_on_its_day(made):
    promised = Note.objects.about(made.challenge).get()
    assert (promised.by, promised.call_back_on) == (made.cleo, after(clock.today(), 2))
    Note.objects.update(call_back_on=clock.today())
    back = calls.coordinator_queues(made.cleo, everywhere=True)[calls.BACK]
    assert [call.title for call in back.rows] == [made.challenge.title]


def test_once_they_spoke_the_page_says_that(made):
    bringing.note(made.challenge, by=made.cleo, text="We spoke.", spoke=True)
    page = page_of(made, made.owner)
    assert "spoke with you about it on" in page
    assert "We spoke." not in page


def test_the_owner_does_not_point_it_there():
    made = contest.contest("submitted")
    with pytest.raises(PermissionDenied):
        bringing.point_to_change(made.challenge, by=made.owner, reason=WHY)


def promise(code, days):
    Norm.objects.create(
        code=code, value=days, unit="days", valid_from=date(2026, 1, 2), source="Rule of the house"
    )


def test_what_the_house_promises_is_a_dated_norm():
    assert (ring_days(), answer_days()) == (2, 10)
    assert set(
        Norm.objects.filter(code__in=["ring-days", "answer-days"]).values_list("source")
    ) == {("Rule of the house",)}


def test_another_promise_shows_in_the_texts(client):
    made = contest.contest("submitted")
    promise("ring-days", 4)
    promise("answer-days", 7)
    assert (
        "Within 4 working days"
        in sign_in(client, made.owner).get("/en/challenges/new/").content.decode()
    )
    assert "calls within 4 working days" in client.get("/en/challenges/").content.decode()
    form = AskForMoreForm(thing=made.challenge, by=made.cleo)
    assert form.initial["answer_by"] == after(clock.today(), 7)
    assert "Usually 7 working days" in form.fields["answer_by"].help_text
    bringing.shape(made.challenge, by=made.cleo)
    bringing.point_to_change(made.challenge, by=made.cleo, reason=WHY)
    assert Note.objects.get().call_back_on == after(clock.today(), 4)
