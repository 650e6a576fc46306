"""The whole file of a challenge: its course stands in it, as far as its reader may see."""

import json
import zipfile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from challenges.lifecycle import calling, questions
from challenges.lifecycle import objection as objections
from challenges.models import Invited, Objection, Question
from challenges.papers.course import changed, course
from challenges.papers.dossier import dossier
from challenges.papers.folder import zipped
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


def words(parts):
    return json.dumps([str(part) for part in parts], ensure_ascii=False)


@pytest.fixture
def made():
    return contest.contest("notified", entrants=[make.organisation("Rijders")])


def test_versions_questions_decisions_and_letters_stand_in_it(made):
    told = words(course(made.challenge, made.owner))
    for said in ("Ingestuurd", "Goedgekeurd", "Colleague Second", "Rijders", "100.000"):
        assert said in told, said
    assert zipped(made.challenge, made.owner).read(2) == b"PK"
    assert dossier(made.challenge, made.owner).parts


def test_a_question_stands_in_it_without_who_asked_it():
    made = contest.contest("open")
    asker = make.organisation().owner
    asked = Question(challenge=made.challenge)
    questions.ask(asked, by=asker, text="May a bus drive?")
    questions.reply(asked, by=made.owner, answer="It may.")
    told = words(course(made.challenge, made.owner))
    assert "May a bus drive?" in told
    assert "It may." in told
    assert asker.name not in told


def test_objections_stand_in_it_with_how_they_were_decided(made, dan):
    one = Objection(entry=made.entries[0], challenge=made.challenge)
    objections.lodge(one, by=made.entries[0].contact, kind="objection", text="Read it again.")
    objections.dismiss(one, by=made.owner, reason="We read it again: it stands.")
    assert "We read it again" in words(course(made.challenge, made.owner))
    assert "We read it again" not in words(course(made.challenge, dan))


def test_who_may_see_less_reads_less(made, dan):
    told = words(course(made.challenge, dan))
    assert "Rijders" not in told
    assert "Ingestuurd" not in told


def test_a_difference_is_readable_without_colours():
    one, two = {"problem": "No bus here.", "data": ""}, {"problem": "No train here.", "data": None}
    assert list(changed(one, two)) == [("problem", "No [-bus-]{+train+} here.")]


def test_who_was_invited_by_whom_and_when_stands_in_it_for_who_may_read_it(client, dan):
    made = contest.contest("open")
    house = make.organisation("Rijders")
    calling.invite_partner(made.challenge, by=made.cleo, organisation=house)
    for reader in (made.owner, made.cleo):
        told = words(course(made.challenge, reader))
        assert ("Rijders" in told, made.cleo.name in told) == (True, True)
    for reader in (house.owner, dan, AnonymousUser()):
        assert "Rijders" not in words(course(made.challenge, reader))
    with zipfile.ZipFile(zipped(made.challenge, made.owner)) as folder:
        line = folder.read("invited.csv").decode().splitlines()[1]
    at = timezone.localtime(Invited.objects.get().at)
    assert line.startswith(f'"Rijders";"{made.cleo.name}";"{at:%d-%m-%Y %H:%M}"')
    page = reverse("challenges:dossier_page", args=[made.challenge.slug])
    sign_in(client, made.owner)
    assertContains(client.get(page), "Rijders")
    assertContains(client.get(made.challenge.get_absolute_url()), page)
    sign_in(client, house.owner)
    assert client.get(page).status_code == 403


def test_it_asks_the_same_for_any_number_of_invitations(django_assert_max_num_queries):
    for many in (1, 3):
        made = contest.contest("open")
        for _n in range(many):
            calling.invite_partner(made.challenge, by=made.cleo, organisation=make.organisation())
        with django_assert_max_num_queries(6):
            list(course(made.challenge, made.cleo))


def test_it_asks_the_same_for_any_number_of_letters(django_assert_max_num_queries):
    for many in (1, 3):
        made = contest.contest("notified", entrants=[make.organisation() for _n in range(many)])
        with django_assert_max_num_queries(6):
            list(course(made.challenge, made.cleo))
