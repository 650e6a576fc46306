"""Private notes: what coordinators write down for each other, and nobody else ever reads."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from factory import clock
from factory.coordination.models import Note
from factory.coordination.tasks import forget_notes
from factory.journal.models import Event
from factory.me.data import everything_about
from market.lifecycle import match as matches
from partners import lifecycle as organisations
from tests import make
from tests.doors import sign_in
from tests.staff import at_the_desk

SECRET = "Sounds tired of us"


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


@pytest.fixture
def noted(match, cleo):
    """The match, asked, and a note about it."""
    matches.approve(match, by=cleo)
    matches.note(match, by=cleo, text=SECRET, spoke=True)
    return match


def page(thing, move=""):
    label = thing.label().replace(".", "_")
    address = reverse(f"admin:{label}_change", args=[thing.pk])
    return f"{address.removesuffix('change/')}move/{move}/" if move else address


def test_a_note_is_made_from_the_call_list_and_leads_back_to_it(desk, broodnodig):
    form = {"text": SECRET, "spoke": "on", "token": "n1"}
    answer = desk.post(page(broodnodig, "note") + "?back=desk", form)
    assert answer.url == reverse("admin:index")
    assert Note.objects.get().spoke


def test_colleagues_read_it_on_the_page_of_the_thing(noted):
    text = at_the_desk(make.coordinator("Karin Other")).get(page(noted)).content.decode()
    assert SECRET in text
    assert "Cleo Coordinator" in text


def test_the_journal_says_that_a_note_was_made_and_not_what_it_says(noted, cleo):
    event = Event.objects.about(noted).last()
    assert (event.verb, event.actor, list(event.details)) == ("match.note", cleo, ["note"])
    assert SECRET not in str(vars(event))


def test_no_member_reads_it_anywhere(client, noted, ada, noor):
    for somebody in (ada, noor):
        sign_in(client, somebody)
        for path in (noted.get_absolute_url(), noted.organisation.get_absolute_url(), "/desk/"):
            text = client.get(path).content.decode()
            assert SECRET not in text
            assert "Notitie bewaard" not in text, "the history says that there is a note"
        assert SECRET not in str(everything_about(somebody))


def test_no_member_makes_one(broodnodig, ada):
    with pytest.raises(PermissionDenied):
        organisations.note(broodnodig, by=ada, text="Hello")


def test_an_empty_note_is_asked_about_and_nothing_typed_is_lost(desk, broodnodig):
    assert not desk.post(page(broodnodig, "note"), {"token": "n1"}).context["form"].is_valid()
    early = {"text": SECRET, "call_back_on": "2020-01-01", "token": "n2"}
    assert SECRET in desk.post(page(broodnodig, "note"), early).content.decode()
    assert not Note.objects.exists()


def test_a_new_talk_settles_the_call_that_was_promised(noted, cleo):
    matches.note(noted, by=cleo, call_back_on=clock.today() + timedelta(days=3))
    assert Note.objects.to_call_back().count() == 1
    matches.note(noted, by=cleo, spoke=True)
    assert not Note.objects.to_call_back().exists()


def test_notes_are_gone_after_two_years(noted, cleo):
    organisations.note(noted.organisation, by=cleo, text="New")
    Note.objects.filter(text=SECRET).update(at=clock.now() - timedelta(days=731))
    forget_notes()
    assert [note.text for note in Note.objects.all()] == ["New"]


def test_postgresql_refuses_a_note_that_says_nothing(noted, cleo):
    row = (
        "INSERT INTO coordination_note (thing_type, thing_id, by_id, at, text, spoke) "
        "VALUES ('market.match', 1, %s, now(), %s, false)"
    )
    with connection.cursor() as cursor:
        cursor.execute(row, [cleo.pk, "something"])  # the control
        with pytest.raises(IntegrityError, match="note_says_something"), transaction.atomic():
            cursor.execute(row, [cleo.pk, ""])
