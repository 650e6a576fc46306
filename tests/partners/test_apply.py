"""Bringing an organisation: a few questions, checked, and never the same one twice."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from factory.moves import Missing
from factory.notices.models import Notice
from partners import lifecycle as organisations
from partners.forms import OrganisationForm
from partners.models import Organisation
from tests import make
from tests.staff import at_the_desk

APPLY = "/en/partners/apply/"
FACTS = {
    "name": "Soepfabriek",
    "kind": "enterprise",
    "region": "Den Haag",
    "mission": "Soep van groente die over is.",
    "website": "soepfabriek.example",
    "kvk": "01234567",
    "token": "t",
}


@pytest.fixture
def eva(client, cleo):
    """Somebody new, signed in."""
    somebody = make.person("Eva New")
    client.force_login(somebody)
    return somebody


def post(client, **facts):
    return client.post(APPLY, FACTS | facts)


def test_who_applies_again_while_it_is_checked_is_told_so_and_the_coordinator_sees_both(
    eva, client, cleo, dan
):
    post(client)
    first = Organisation.objects.get(name="Soepfabriek")
    client.force_login(dan)
    answer = post(client, token="u")
    assertContains(answer, "we are checking it", status_code=422)
    post(client, token="v", kvk="")
    second = Organisation.objects.exclude(pk=first.pk).get(name="Soepfabriek")
    desk = at_the_desk(cleo)
    for one, other in ((first, second), (second, first)):
        page = f"/en/admin/partners/organisation/{one.pk}/change/"
        assertContains(desk.get(page), "May be here already")
        assertContains(desk.get(page), f"/en/admin/partners/organisation/{other.pk}/change/")
    alone = make.organisation(name="Quite another", state="applied")
    assertNotContains(
        desk.get(f"/en/admin/partners/organisation/{alone.pk}/change/"), "May be here already"
    )


def test_a_visitor_signs_in_first(client, db):
    answer = client.get(APPLY)
    assert answer.status_code == 302
    assert reverse("account_login").rpartition("/accounts")[2] in answer.url


def test_somebody_brings_an_organisation_and_owns_it(client, eva):
    answer = post(client)
    made = Organisation.objects.get(name="Soepfabriek")
    assert answer.url.endswith(made.get_absolute_url())
    assert (made.state, made.region.code, made.kvk) == ("applied", "GM0518", "01234567")
    assert made.memberships.confirmed().get().person == eva
    assertContains(client.get(answer.url), "You hear from a coordinator by")


def test_the_language_of_its_story_is_seen_in_its_words(broodnodig, ada):
    story = {"mission": "We bake bread with people who had no work.", "description": ""}
    organisations.revise(broodnodig, by=ada, **story)
    assert Organisation.objects.get(pk=broodnodig.pk).language == "en"
    story["mission"] = "Wij bakken brood met mensen die geen werk hadden."
    organisations.revise(broodnodig, by=ada, **story)
    assert Organisation.objects.get(pk=broodnodig.pk).language == "nl"


def test_a_coordinator_checks_it_and_it_is_public(client, eva):
    post(client)
    made = Organisation.objects.get(name="Soepfabriek")
    desk = at_the_desk(make.coordinator())
    for move in ("check", "activate"):
        desk.post(f"/admin/partners/organisation/{made.pk}/move/{move}/", {"token": move})
    client.logout()
    assertContains(client.get(made.get_absolute_url()), "Soep van groente")


def test_sending_it_twenty_times_brings_one(client, eva):
    answers = {post(client).url for _ in range(20)}
    assert len(answers) == 1
    assert Organisation.objects.filter(name__startswith="Soepfabriek").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("kind", "dragon"),
        ("region", "Atlantis"),
        ("region", "Bergen"),
        ("region", ""),
        ("mission", "x" * 281),
        ("website", "javascript:alert(1)"),
        ("kvk", "1234567"),
        ("kvk", "12 345 678 9"),
    ],
)
def test_what_is_not_right_is_said_at_the_field_and_the_text_is_kept(client, eva, field, value):
    answer = post(client, **{field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assertContains(answer, 'class="error-summary"', status_code=422)
    assert not Organisation.objects.filter(name__startswith="Soep").exists()


@pytest.mark.parametrize("name", ["Ünïcödé & Zn.", "שלום", "Soep 🍲", "<b>Vet</b>", "Apply"])
def test_unusual_names_are_welcome(client, eva, name):
    answer = post(client, name=name)
    made = Organisation.objects.get(name=name)
    assert made.slug != "apply"
    assertNotContains(client.get(answer.url), "<b>Vet")


@pytest.mark.parametrize(
    "same",
    [
        {"name": "Broodnodig"},
        {"name": "broodnodig bv"},
        {"name": "Heel anders", "website": "https://www.broodnodig.example/over"},
    ],
)
def test_who_may_be_here_already_is_shown_with_a_way_to_join(client, eva, same):
    known = make.organisation("Broodnodig", website="https://broodnodig.example")
    answer = post(client, **same)
    assertContains(answer, f"{known.get_absolute_url()}ask_to_join/", status_code=422)
    assert post(client, **same, another="on").status_code == 302


def test_a_number_that_is_known_is_refused_even_if_its_owner_is_not_public_yet(client, eva):
    make.organisation("Unseen", state="applied", kvk="01234567")
    answer = post(client)
    assert answer.status_code == 422
    assertNotContains(answer, "Unseen", status_code=422)
    assert post(client, another="on").status_code == 422


def test_of_two_with_one_number_at_the_same_moment_the_second_is_told(client, eva, monkeypatch):
    make.organisation("First", kvk="01234567")
    monkeypatch.setattr("partners.forms.ApplyForm.clean_kvk", lambda form: form.cleaned_data["kvk"])
    monkeypatch.setattr(
        "partners.models.organisation.OrganisationQuerySet.like", lambda q, **_: q.none()
    )
    assertContains(post(client), "already known here", status_code=409)


def test_characters_that_nobody_sees_do_not_get_in(client, eva):
    post(client, name="Soep\u202efabriek\x07")
    assert Organisation.objects.filter(name="Soepfabriek").exists()


def checked(**facts):
    form = OrganisationForm({"name": "A", "kind": "business", "region": "Utrecht"} | facts)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"rsin": "111222333"}, None),
        ({"rsin": "111222334"}, "rsin"),
        ({"rsin": "111222333", "legal_form": "eenmanszaak"}, "rsin"),
        ({"vat": "NL123456782B90", "legal_form": "bv"}, None),
        ({"vat": "NL123456782B90", "legal_form": "eenmanszaak"}, "vat"),  # holds a BSN
        ({"vat": "NL123456782B90"}, "vat"),  # may hold one
        ({"vat": "NL002455799B11", "legal_form": "eenmanszaak"}, None),
        ({"vat": "002455799.B11"}, None),
        ({"vat": "NL1"}, "vat"),
        ({"postcode": "3511ab"}, None),
        ({"postcode": "3511SS"}, "postcode"),
        ({"oin": "00000001111222333000"}, None),  # of an RSIN
        ({"oin": "00000001111222334000"}, "oin"),  # of none
        ({"oin": "00000003012345670000"}, None),  # of a KvK number
        ({"oin": "00000003012345670001"}, "oin"),
        ({"oin": "1" * 20}, "oin"),
        ({"oin": "0" * 19}, "oin"),
        ({"phone": "030 555 01 20"}, None),
        ({"phone": "call me"}, "phone"),
        ({"size": "-1"}, "size"),
        ({"region": "den bosch"}, None),
    ],
)
def test_numbers_and_places_are_checked(db, facts, wrong):
    assert list(checked(**facts).errors) == ([wrong] if wrong else [])


def test_who_no_longer_coordinates_hears_of_no_application(client, eva, cleo):
    province = make.region().province
    former = make.person("Former Coordinator")
    province.coordinators.set([former])
    post(client)
    told = Notice.objects.filter(event__verb="organisation.apply")
    assert {notice.recipient for notice in told} == {cleo}


def test_of_two_owners_who_let_somebody_in_the_first_decides(broodnodig, ada, dan):
    organisations.ask_to_join(broodnodig, by=dan)
    asked = broodnodig.memberships.asked().get()
    stale = type(asked).objects.get(pk=asked.pk)
    organisations.admit(broodnodig, by=ada, membership=asked, role="viewer")
    with pytest.raises(Missing):
        organisations.admit(broodnodig, by=ada, membership=stale, role="owner")
