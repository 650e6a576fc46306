"""A problem that somebody tells by phone: typed by a coordinator, theirs in the journal, and they are asked."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from challenges.lifecycle import bringing
from challenges.models import Challenge
from factory.coordination import lifecycle
from factory.coordination.models import OnBehalf
from factory.journal.models import Event
from factory.notices.models import Notice
from partners.models import Membership, Organisation, Person
from tests import make
from tests.factory.files.hostile import pdf
from tests.staff import at_the_desk

pytestmark = pytest.mark.django_db
FIVE = {
    "problem": "Old people are lonely. There is no ride.",
    "region": "Nieuwegein",
    "envelope_cents": "80.000",
    "phone": "06 12345678",
    "token": "p1",
}
NEW = {"person_name": "Rosa New", "person_email": "Rosa@town.example"}


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


def tells(desk, person, **said):
    address = reverse("admin:challenges_challenge_enter_for", args=[person.pk])
    place = person.memberships.get().organisation_id
    return desk.post(address, FIVE | {"organisation": place} | said)


def newcomer_tells(desk, organisation, **said):
    address = reverse("admin:challenges_challenge_enter_at", args=[organisation.pk])
    return desk.post(address, FIVE | NEW | said)


def test_somebody_who_is_here_tells_it_and_both_names_stand_in_the_journal(
    desk, cleo, noor, lekstede
):
    answer = tells(desk, noor)
    made = Challenge.objects.get()
    assert answer.url == reverse("admin:challenges_challenge_change", args=[made.pk])
    assert (made.state, made.owner, made.submitted_by) == ("submitted", noor, noor)
    assert (made.organisation, made.envelope_cents) == (lekstede, 8_000_000)
    begun, sent = Event.objects.about(made).order_by("number")
    assert (begun.verb, begun.actor, begun.on_behalf_of) == ("challenge.bring", cleo, noor)
    assert (sent.verb, sent.on_behalf_of) == ("challenge.send_along", noor)
    assert made.versions.get().occasion == "submit"


def test_they_are_asked_once_whether_it_is_right(desk, noor, lekstede):
    tells(desk, noor)
    asked = OnBehalf.objects.get()
    assert (asked.person, asked.thing) == (noor, Challenge.objects.get())
    mails = (
        Notice.objects.mail().filter(recipient=noor).exclude(event__verb="organisation.activate")
    )
    assert [mail.event.verb for mail in mails] == ["onbehalf.ask"]
    lifecycle.affirm(asked, by=noor)
    assert Challenge.objects.get().state == "submitted"


def test_what_is_not_right_is_theirs_again_to_change(desk, cleo, noor, lekstede):
    tells(desk, noor)
    lifecycle.deny(OnBehalf.objects.get(), by=noor)
    made = Challenge.objects.get()
    assert made.state == "more"
    assert "niet" in made.rounds.get().question
    assert Notice.objects.filter(recipient=cleo, event__verb="onbehalf.deny").exists()


def test_somebody_without_an_account_is_let_in_and_asked(desk, cleo, noor, lekstede):
    assert newcomer_tells(desk, lekstede, person_email="nonsense").status_code == 200
    assert not Person.objects.filter(name="Rosa New").exists()
    assert newcomer_tells(desk, lekstede).status_code == 302
    rosa, made = Person.objects.get(email="rosa@town.example"), Challenge.objects.get()
    assert not rosa.has_usable_password()
    assert (rosa.phone, lekstede.memberships.get(person=rosa).role) == ("06 12345678", "editor")
    assert (made.state, made.owner, made.organisation) == ("submitted", rosa, lekstede)
    assert set(OnBehalf.objects.values_list("person", "by")) == {(rosa.pk, cleo.pk)}
    verbs = set(OnBehalf.objects.values_list("event__verb", flat=True))
    assert verbs == {"organisation.ask_to_join", "challenge.bring"}


def test_of_a_listed_name_they_become_the_first_and_it_is_checked(desk, cleo):
    town = make.listed("Gemeente Stilte", "municipality")
    assert newcomer_tells(desk, town).status_code == 302
    town.refresh_from_db()
    rosa = Person.objects.get(email="rosa@town.example")
    assert (town.state, town.memberships.get().person) == ("in_check", rosa)
    assert Challenge.objects.get().state == "submitted"
    claimed = OnBehalf.objects.get(event__verb="organisation.claim")
    lifecycle.deny(claimed, by=rosa)
    town.refresh_from_db()
    assert (town.state, town.memberships.count()) == ("listed", 0)


def test_who_calls_is_let_in_also_where_people_join_by_their_mail_address(desk, cleo):
    town = make.listed("Gemeente Post", "municipality")
    seen = {"checked_on": "2026-01-01", "checked_by": cleo, "source": "Their own site"}
    town.mail_domains.create(domain="post.example", **seen)
    assert newcomer_tells(desk, town).status_code == 302
    town.refresh_from_db()
    assert (town.state, town.memberships.get().person.name) == ("in_check", "Rosa New")
    assert Challenge.objects.get().state == "submitted"


def test_a_file_says_it_too(desk, noor, lekstede):
    paper = SimpleUploadedFile("memo.pdf", pdf())
    page = desk.get(reverse("admin:challenges_challenge_enter_for", args=[noor.pk]))
    assert 'enctype="multipart/form-data"' in page.content.decode()
    assert tells(desk, noor, problem="", document=paper).status_code == 302
    assert Challenge.objects.get().documents.get().file.name == "memo.pdf"


def test_pressing_twice_enters_it_once(desk, noor, lekstede):
    for _press in "12":
        tells(desk, noor)
    assert Challenge.objects.count() == OnBehalf.objects.count() == 1


def test_one_finds_who_it_is_and_comes_there_from_the_call_list(
    desk, noor, lekstede, ada, broodnodig
):
    address = reverse("admin:challenges_challenge_enter")
    assert address in desk.get(reverse("admin:index")).content.decode()
    text = desk.get(address, {"q": "lekstede"}).content.decode()
    assert reverse("admin:challenges_challenge_enter_for", args=[noor.pk]) in text
    assert reverse("admin:challenges_challenge_enter_at", args=[lekstede.pk]) in text
    assert broodnodig.name not in desk.get(address, {"q": "broodnodig"}).content.decode().replace(
        "broodnodig", ""
    )
    at = reverse("admin:challenges_challenge_enter_at", args=[broodnodig.pk])
    assert desk.get(at).status_code == 404


def test_only_for_who_may_bring_it(desk, cleo, ada, broodnodig, noor, lekstede):
    address = reverse("admin:challenges_challenge_enter_for", args=[ada.pk])
    assert desk.get(address).status_code == 403
    viewer = make.member(lekstede, "viewer", "Vic Viewer")
    with pytest.raises(PermissionDenied):
        bringing.bring(Challenge(organisation=lekstede), by=cleo, on_behalf_of=viewer)
    with pytest.raises(PermissionDenied):
        bringing.bring(Challenge(organisation=lekstede), by=noor, on_behalf_of=viewer)


def test_of_who_only_writes_it_stays_a_draft(cleo, noor, lekstede):
    writer = make.member(lekstede, "writer", "Wim Writes")
    made = Challenge(organisation=lekstede)
    facts = {"title": "Lonely", "problem": "Lonely.", "region": lekstede.region}
    bringing.bring(made, by=cleo, on_behalf_of=writer, **facts)
    assert Challenge.objects.get().state == "draft"
    assert Membership.objects.get(person=writer).organisation.state == Organisation.State.ACTIVE


@pytest.mark.parametrize("number", [1, 3, 14])
def test_searching_takes_as_many_queries_for_one_as_for_fourteen(
    desk, noor, lekstede, number, django_assert_max_num_queries
):
    for n in range(number):
        make.organisation(f"Gemeente Lekdam {n}", "municipality")
    address = reverse("admin:challenges_challenge_enter")
    with django_assert_max_num_queries(9):
        desk.get(address, {"q": "lek"})
