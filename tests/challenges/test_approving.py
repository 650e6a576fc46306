"""Who holds the budget says yes by a mailed code or on paper; who sent it in never does."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from challenges.lifecycle import approving, bringing
from challenges.models import Approval, Challenge
from factory import clock
from factory.moves import Missing
from factory.notices.models import Notice
from tests import contest
from tests.doors import sign_in
from tests.factory.files.hostile import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db):
    return contest.contest("shaping")


def ask(made, email="mila@molenrade.example"):
    """The open approval, and the code as it was mailed."""
    approving.ask_approval(made.challenge, by=made.owner, name="Mila", job="Alderman", email=email)
    text = Notice.objects.filter(address=email).latest("pk").text
    return Approval.objects.first(), re.search(r"\d{4} \d{4}", text).group()


def page(approval):
    return reverse("challenges:approval", args=[approval.key])


YES = {"answer": "yes", "number": "2027-12", "decided_date": "2026-11-01"}


def test_a_budget_holder_approves_with_a_code_and_without_an_account(made):
    approval, code = ask(made)
    assert code.replace(" ", "") not in approval.digest
    somebody = Client()
    assert b"Rides for who" not in somebody.get(page(approval)).content
    assert somebody.post(page(approval), {"code": code}).status_code == 302
    shown = somebody.get(page(approval))
    assert b"Rides for who" in shown.content
    assert b"\xe2\x82\xac\xc2\xa0100.000" in shown.content
    said = YES | {"version": shown.context["challenge"].version}
    assert somebody.post(page(approval), said).status_code == 200
    challenge = Challenge.objects.get(pk=made.challenge.pk)
    assert challenge.state == "approved"
    assert (challenge.approver, challenge.approval_number) == ("Mila, Alderman", "2027-12")
    assert challenge.approved_by.email == "mila@molenrade.example"
    assert somebody.get(page(approval)).status_code == 410


def test_after_five_wrong_codes_the_right_one_does_not_work(made):
    approval, code = ask(made)
    somebody = Client()
    for _n in range(5):
        answer = somebody.post(page(approval), {"code": "00000000"})
    assert answer.status_code == 429
    assert somebody.post(page(approval), {"code": code}).status_code == 429
    with pytest.raises(IntegrityError, match="approval_tries_are_limited"), transaction.atomic():
        Approval.objects.update(tries=6)


def test_a_code_that_is_too_old_opens_nothing(made):
    approval, code = ask(made)
    early = clock.now() - timedelta(days=20)
    Approval.objects.update(asked_at=early, expires_at=early + timedelta(days=14))
    assert Client().post(page(approval), {"code": code}).status_code == 410


def test_a_new_code_ends_the_old_one(made):
    first, _code = ask(made)
    second, _code = ask(made, "other@molenrade.example")
    assert Client().get(page(first)).status_code == 410
    assert Client().get(page(second)).status_code == 200


def test_what_changed_while_reading_is_read_again(made):
    approval, code = ask(made)
    somebody = Client()
    somebody.post(page(approval), {"code": code})
    bringing.draw_up(made.challenge, by=made.owner, sentence="Another sentence.")
    answer = somebody.post(page(approval), YES | {"version": made.challenge.version - 1})
    assert answer.status_code == 422
    assert Challenge.objects.get(pk=made.challenge.pk).state == "shaping"


def test_no_comes_with_a_reason_and_the_owner_hears(made):
    approval, code = ask(made)
    somebody = Client()
    somebody.post(page(approval), {"code": code})
    said = {"answer": "no", "version": made.challenge.version}
    assert somebody.post(page(approval), said).status_code == 422
    assert somebody.post(page(approval), said | {"reason": "Too much."}).status_code == 200
    approval.refresh_from_db()
    assert (approval.answer, approval.reason) == ("no", "Too much.")
    assert Notice.objects.inbox(made.owner).filter(template__contains="refuse_approval").exists()


def test_who_sent_it_in_is_not_asked(made, client):
    sign_in(client, made.owner)
    typed = {"name": "Me", "job": "Me", "email": made.owner.email.upper()}
    answer = client.post(f"{made.challenge.get_absolute_url()}ask_approval/", typed)
    assert answer.status_code == 422
    approval, _code = ask(made, made.owner.email)
    with pytest.raises(Missing):
        approving.approve_by_code(
            made.challenge, approval=approval, number="1", decided_date=clock.today()
        )


def test_a_decision_on_paper_is_checked_by_a_coordinator(made, client):
    sign_in(client, made.owner)
    here = made.challenge.get_absolute_url()
    paper = SimpleUploadedFile("besluit.pdf", pdf(), "application/pdf")
    typed = {
        "name": "Mila Holder",
        "number": "B-7",
        "decided_date": "2026-11-01",
        "document": paper,
    }
    assert client.post(f"{here}note_approval/", typed).status_code == 302
    assert client.post(f"{here}approve/", {"seen": "on"}).status_code == 403
    approval = Approval.objects.get()
    assert approval.document.is_open_to(made.cleo)
    stranger = contest.juror(made.challenge).person
    assert not approval.document.is_open_to(stranger)
    cleo = sign_in(Client(), made.cleo, second_factor=True)
    assert cleo.post(f"{here}approve/", {}).status_code == 422
    assert cleo.post(f"{here}approve/", {"seen": "on"}).status_code == 302
    challenge = Challenge.objects.get(pk=made.challenge.pk)
    assert (challenge.state, challenge.approver) == ("approved", "Mila Holder")
    assert challenge.approval_number == "B-7"


def test_an_approval_has_a_number_by_the_database(made):
    ask(made)
    sql = "UPDATE challenges_approval SET answer = 'yes', answered_at = now(), decided_date = now()"
    with (
        pytest.raises(IntegrityError, match="approval_has_date_and_number"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    with connection.cursor() as cursor:
        cursor.execute(sql + ", number = '7'")


def opened(archive, name):
    return ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own


def test_the_draft_of_the_decision_is_a_word_file_that_opens(made, client):
    sign_in(client, made.owner)
    answer = client.get(reverse("challenges:decision_draft", args=[made.challenge.slug]))
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        parts = {name: opened(archive, name) for name in archive.namelist()}
    assert {"[Content_Types].xml", "_rels/.rels", "word/document.xml"} <= set(parts)
    told = "".join(parts["word/document.xml"].itertext())
    assert "Rides for who cannot drive" in told
    assert "100.000" in told
