"""Sending proof and pictures in by a browser, and who reads what of them."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from factory import clock
from factory.files.models import StoredFile
from partners.models import Credential, Picture
from tests import make
from tests.doors import sign_in
from tests.factory.files.hostile import DISARMED, NAMES, REFUSED, pdf, photo, picture
from tests.factory.files.test_checking import checked
from tests.market.test_views_queries import queries
from tests.staff import at_the_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(ada, broodnodig):
    """``at("set_logo")`` is the address of a move."""
    return lambda move: reverse("partners:move", args=[broodnodig.slug, move])


@pytest.fixture
def adas(ada):
    return sign_in(Client(), ada)


def upload(content=None, name="a.png"):
    file = SimpleUploadedFile("a", picture() if content is None else content)
    file._name = name
    return file


def facts(**more):
    """What somebody fills in for a PSO certificate."""
    today = clock.today()
    return {
        "token": uuid.uuid4().hex,
        "what": "pso:3",
        "valid_from": today - timedelta(days=10),
        "valid_until": today + timedelta(days=500),
        "number": "2026-118",
    } | more


def test_a_certificate_goes_from_the_form_to_the_page(adas, client, broodnodig, ada, cleo):
    address = reverse("partners:claim_proof", args=[broodnodig.slug])
    assert 'enctype="multipart/form-data"' in adas.get(address).content.decode()
    answer = adas.post(address, facts(evidence=upload(pdf(), "PSO 2026.pdf")), follow=True)
    claim = Credential.objects.get()
    assert (claim.state, claim.level, claim.evidence.name) == ("claimed", "3", "PSO 2026.pdf")
    assert "PSO 2026.pdf" in answer.content.decode()
    assert client.get(claim.get_absolute_url()).status_code == 404
    desk = at_the_desk(cleo)
    page = reverse("admin:partners_credential_change", args=[claim.pk])
    assert claim.evidence.get_absolute_url() in desk.get(page).content.decode()
    answer = desk.post(page.replace("change/", "move/vouch/"), follow=True)
    claim.refresh_from_db()
    assert claim.state == "valid", answer.content.decode()[-3000:]
    shown = client.get(broodnodig.get_absolute_url()).content.decode()
    assert "PSO, trede 3" in shown
    assert cleo.name in shown
    assert client.get(claim.get_absolute_url()).status_code == 200


def test_only_insiders_and_coordinators_open_the_certificate(
    client, broodnodig, ada, vera, dan, cleo
):
    proof = make.credential(by=broodnodig, evidence=checked(pdf(), "pso.pdf"))
    address = proof.evidence.get_absolute_url()
    met = {
        who.name.split()[0]: sign_in(Client(), who, second_factor=who.is_staff)
        .get(address)
        .status_code
        for who in (ada, vera, dan, cleo)
    }
    assert met == {"Ada": 200, "Vera": 200, "Dan": 404, "Cleo": 200}
    assert client.get(address).status_code == 404
    assert "pso.pdf" not in client.get(proof.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"valid_until": ""}, "valid_until"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
        ({"valid_until": "2099-01-01"}, "valid_until"),
        ({"valid_from": "2098-01-01"}, "valid_until"),
        ({"what": ""}, "what"),
        ({"register_url": ""}, "evidence"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(adas, broodnodig, wrong, field):
    address = reverse("partners:claim_proof", args=[broodnodig.slug])
    answer = adas.post(address, facts(register_url="https://pso.example/1") | wrong)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "2026-118" in answer.content.decode()


def test_who_chose_a_file_is_told_to_choose_it_again(adas, broodnodig):
    address = "/en" + reverse("partners:claim_proof", args=[broodnodig.slug])
    answer = adas.post(address, facts(what="", evidence=upload(pdf(), "a.pdf")))
    assert "Choose the file again" in answer.content.decode()


def test_a_renewal_starts_from_the_period_before(adas, broodnodig):
    before = make.credential(by=broodnodig, number="A-1")
    address = reverse("partners:claim_proof", args=[broodnodig.slug])
    page = adas.get(f"{address}?renews={before.pk}").content.decode()
    assert 'value="A-1"' in page
    assert f'value="{before.valid_until + timedelta(days=1)}"' in page
    assert adas.get(f"{address}?renews=nonsense").status_code == 200


def test_the_same_form_with_another_file_is_another_form(adas, broodnodig, at):
    said = {"token": "a" * 32, "alt": "Bread"}
    statuses = [
        adas.post(at("add_photo"), said | {"picture": upload(content)}).status_code
        for content in (picture(), picture(), picture(size=(90, 90)))
    ]
    assert statuses == [302, 302, 409]
    assert broodnodig.pictures.count() == 1


def test_a_logo_takes_the_place_of_the_one_before(
    adas, client, broodnodig, at, django_capture_on_commit_callbacks
):
    for size in ((64, 48), (90, 90)):
        with django_capture_on_commit_callbacks(execute=True):
            adas.post(at("set_logo"), {"picture": upload(picture(size=size))})
    logo = broodnodig.pictures.get()
    assert (logo.file.width, StoredFile.objects.count()) == (90, 1)
    assert (
        logo.file.get_absolute_url() in client.get(broodnodig.get_absolute_url()).content.decode()
    )


def test_a_photo_from_a_phone_stands_on_the_page_without_its_place(adas, client, broodnodig, at):
    words = {"alt": "Two cooks lay out bread", "picture": upload(photo("HEIF"), "IMG_0001.HEIC")}
    adas.post(at("add_photo"), words)
    shown = broodnodig.pictures.get()
    page = client.get(broodnodig.get_absolute_url()).content.decode()
    assert f'src="{shown.file.get_absolute_url()}" alt="Two cooks lay out bread"' in page
    with Image.open(BytesIO(client.get(shown.file.get_absolute_url()).getvalue())) as seen:
        assert (seen.format, dict(seen.getexif())) == ("JPEG", {})


def test_there_is_room_for_six_photos(adas, broodnodig, at):
    for number in range(7):
        adas.post(at("add_photo"), {"alt": f"Photo {number}", "picture": upload()})
    assert broodnodig.pictures.count() == 6


def test_a_picture_that_is_taken_away_is_gone(
    adas, broodnodig, at, django_capture_on_commit_callbacks
):
    adas.post(at("add_photo"), {"alt": "Bread", "picture": upload()})
    shown = broodnodig.pictures.select_related("file").get()
    with django_capture_on_commit_callbacks(execute=True):
        adas.post(at("drop_picture"), {"picture": shown.pk})
    assert adas.get(shown.file.get_absolute_url()).status_code == 404
    assert StoredFile.objects.count() == 0


def test_another_ones_picture_cannot_be_taken_away(adas, at, dan):
    elsewhere = dan.memberships.get().organisation
    file = make.put_picture(elsewhere)
    assert adas.post(at("drop_picture"), {"picture": file.pk}).status_code == 422
    assert Picture.objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize("name", REFUSED)
def test_no_hostile_file_is_stored(adas, broodnodig, at, name):
    address = reverse("partners:claim_proof", args=[broodnodig.slug])
    for where, field in ((at("add_photo"), "picture"), (address, "evidence")):
        answer = adas.post(where, facts(alt="x") | {field: upload(REFUSED[name], name)})
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("name", [*NAMES, *DISARMED])
def test_a_hostile_picture_or_name_is_stored_clean_and_served_still(adas, at, name):
    content = DISARMED.get(name)
    answer = adas.post(at("add_photo"), {"alt": "x", "picture": upload(content, name)})
    assert answer.status_code in {302, 422}  # a browser's ".." is no name of a file at all
    for stored in StoredFile.objects.all():
        served = adas.get(stored.get_absolute_url())
        assert served["Content-Type"] in {"image/jpeg", "image/png"}
        assert "sandbox" in served["Content-Security-Policy"]
        assert b"<script" not in served.getvalue()


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize(
    "wrong",
    [
        "state = 'gold'", "state = 'withdrawn'", "state = 'expired'", "proof = 'gold'",
        "level = '9'", "checked_by_id = NULL", "checked_at = NULL", "valid_until = NULL",
        "valid_until = '1990-01-01'",
    ],
)  # fmt: skip
def test_the_database_refuses_proof_that_cannot_be(broodnodig, wrong):
    credential = make.credential(by=broodnodig)
    sql("UPDATE partners_credential SET number = '1' WHERE id = %s", credential.pk)
    with pytest.raises(IntegrityError):
        sql(f"UPDATE partners_credential SET {wrong} WHERE id = %s", credential.pk)


def test_the_database_deletes_no_proof(broodnodig):
    credential = make.credential(by=broodnodig)
    with pytest.raises(Exception, match="never_deleted"):
        sql("DELETE FROM partners_credential WHERE id = %s", credential.pk)


@pytest.mark.parametrize("wrong", ["place = 'roof'", "alt = ''"])
def test_the_database_refuses_a_picture_that_cannot_be(broodnodig, wrong):
    made = make.put_picture(broodnodig)
    sql("UPDATE partners_picture SET alt = 'Bread' WHERE id = %s", made.pk)
    with pytest.raises(IntegrityError):
        sql(f"UPDATE partners_picture SET {wrong} WHERE id = %s", made.pk)


def test_the_database_keeps_one_logo(broodnodig):
    made = [make.put_picture(broodnodig) for _number in range(2)]
    sql("UPDATE partners_picture SET place = 'logo' WHERE id = %s", made[0].pk)
    with pytest.raises(IntegrityError):
        sql("UPDATE partners_picture SET place = 'logo' WHERE id = %s", made[1].pk)


def test_a_page_costs_the_same_whatever_it_shows(client, broodnodig):
    kinds = [("pso", "1"), ("code", "full"), ("bcorp", ""), ("regional", "full")]
    costs = set()
    for proof, level in kinds:
        make.credential(by=broodnodig, proof=proof, level=level)
        make.put_picture(broodnodig)
        costs.add(queries(client, broodnodig.get_absolute_url()))
    assert len(costs) == 1
    assert max(costs) <= 8
