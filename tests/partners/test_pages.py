"""The page of an organisation, for everybody who may come by."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from factory import clock
from factory.notices.models import Notice
from partners import lifecycle as organisations
from partners.calls import coordinator_queues
from tests import make
from tests.staff import at_the_desk


def page(organisation, move=""):
    address = organisation.get_absolute_url()
    return f"{address}{move}/" if move else address


@pytest.fixture
def as_(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.mark.parametrize("state", ["applied", "in_check", "suspended", "left"])
def test_what_is_not_public_does_not_exist_for_others(as_, client, dan, state):
    hidden = make.organisation(state=state)
    assert client.get(page(hidden)).status_code == 404
    assert as_(dan).get(page(hidden)).status_code == 404
    assert as_(dan).get(page(hidden, "ask_to_join")).status_code == 404
    assert client.get("/partners/no-such-one/").status_code == 404


@pytest.mark.parametrize("state", ["applied", "in_check", "suspended", "left"])
def test_its_own_people_and_coordinators_do_see_it(as_, cleo, state):
    hidden = make.organisation(state=state)
    assert as_(hidden.owner).get(page(hidden)).status_code == 200
    assert at_the_desk(cleo).get(page(hidden)).status_code == 200


def test_an_applicant_reads_by_when_somebody_answers(as_, cleo):
    new = make.organisation(state="applied")
    answer = as_(new.owner).get(f"/en{page(new)}")
    assertContains(answer, "You hear from a coordinator by")
    assertContains(answer, page(new, "revise"))


def test_an_applicant_reads_what_the_coordinator_asks_and_answers_by_revising(as_, cleo):
    new = make.organisation(state="in_check")
    at_the_desk(cleo).post(
        f"/admin/partners/organisation/{new.pk}/move/ask_more/",
        {"note": "Since when?", "token": "a"},
    )
    client = as_(new.owner)
    assertContains(client.get(page(new)), "Since when?")
    facts = {"name": new.name, "kind": new.kind, "region": "Utrecht", "description": "Since 2016."}
    assert client.post(page(new, "revise"), {**facts, "token": "b"}).status_code == 302
    new.refresh_from_db()
    assert (new.question, new.description, new.state) == ("", "Since 2016.", "applied")
    assert new.answer == "Since when?"


def test_words_are_an_answer_too_and_the_time_to_answer_counts_from_them(as_, cleo):
    with clock.replay(clock.now() - timedelta(days=30)):
        new = make.organisation(state="in_check")
    overdue = new.answer_by
    organisations.ask_more(new, by=cleo, note="Since when?")
    client = as_(new.owner)
    form = client.get(f"/en{page(new, 'revise')}")
    assertContains(form, "Your answer")
    facts = {"name": new.name, "kind": new.kind, "region": "Utrecht", "answer": "Since 2016."}
    client.post(page(new, "revise"), {**facts, "token": "b"})
    new.refresh_from_db()
    assert new.answer == "Since when?\n\nSince 2016."
    assert overdue < clock.today() <= new.answer_by
    mails = Notice.objects.mail().filter(event__verb="organisation.ask_more")
    assert [mail.status for mail in mails] == ["dropped"]  # answered before it left
    desk = at_the_desk(cleo).get(f"/en/admin/partners/organisation/{new.pk}/change/")
    assertContains(desk, "Since 2016.")
    assert not next(row for row in calls(cleo) if row.title == new.name).late


def calls(person):
    return [row for queue in coordinator_queues(person, everywhere=True) for row in queue.rows]


def test_somebody_is_named_to_call_where_nobody_owns_it(cleo):
    listed = make.listed("Gemeente Zonder", domains=["zonder.example"])
    organisations.join(listed, by=make.person("Piet", email="piet@zonder.example", phone="06 1"))
    row = next(row for row in calls(cleo) if row.title == "Gemeente Zonder")
    assert row.people == [("Piet", "06 1")]


def test_a_visitor_reads_who_they_are_but_not_who_works_there(client, broodnodig, ada):
    answer = client.get(page(broodnodig))
    assertContains(answer, broodnodig.mission)
    assertNotContains(answer, ada.email)
    assertNotContains(answer, ada.name)


def local(person):
    """What stands before the at sign, after which an address may break."""
    return person.email.split("@")[0]


def test_members_see_each_other_and_an_owner_sees_who_asks(as_, broodnodig, ada, vera, dan):
    as_(dan).post(page(broodnodig, "ask_to_join"), {"token": "a"})
    assertNotContains(as_(vera).get(page(broodnodig)), local(dan))
    assertContains(as_(vera).get(page(broodnodig)), local(ada))
    assertContains(as_(ada).get(page(broodnodig)), local(dan))


def test_an_owner_lets_a_colleague_in(as_, broodnodig, ada, dan):
    as_(dan).post(page(broodnodig, "ask_to_join"), {"token": "a"})
    asked = broodnodig.memberships.get(person=dan)
    client = as_(ada)
    assertContains(client.get(asked.admit_url), dan.name)
    client.post(page(broodnodig, "admit"), {"membership": asked.pk, "role": "viewer", "token": "b"})
    asked.refresh_from_db()
    assert asked.role == "viewer"
    assert asked.confirmed_at


def test_who_has_asked_reads_that_it_waits(as_, broodnodig, dan):
    client = as_(dan)
    client.post(page(broodnodig, "ask_to_join"), {"token": "a"})
    assertContains(client.get(f"/en{page(broodnodig)}"), "You asked to join")


def test_asking_twice_asks_once_and_answers_the_same(as_, broodnodig, dan):
    client = as_(dan)
    answers = [client.post(page(broodnodig, "ask_to_join"), {"token": "a"}) for _ in "12"]
    assert [answer.url for answer in answers] == [page(broodnodig)] * 2
    assert broodnodig.memberships.filter(person=dan).count() == 1


def test_only_who_decides_is_offered_to_change_the_page(as_, broodnodig, ben, vera, dan):
    for person, offered in ((ben, True), (vera, False), (dan, False)):
        answer = as_(person).get(page(broodnodig))
        assert (page(broodnodig, "revise") in answer.content.decode()) is offered
    assert as_(vera).get(page(broodnodig, "revise")).status_code == 403


def test_only_an_owner_may_take_it_out_of_the_registry(as_, broodnodig, ada, ben):
    assert as_(ben).post(page(broodnodig, "leave"), {"token": "a"}).status_code == 403
    assert as_(ada).post(page(broodnodig, "leave"), {"token": "b"}).status_code == 302
    broodnodig.refresh_from_db()
    assert broodnodig.state == "left"


def test_an_application_can_be_taken_back(as_, cleo):
    new = make.organisation(state="applied")
    as_(new.owner).post(page(new, "leave"), {"token": "a"})
    new.refresh_from_db()
    assert new.state == "left"


LIMIT = {
    "cents": "50.000",
    "valid_from": "2026-01-01",
    "policy_url": "https://lekstede.example/beleid",
}


def test_a_public_buyer_notes_its_purchase_limit(as_, lekstede, noor):
    client = as_(noor)
    client.post(page(lekstede, "set_limit"), {**LIMIT, "token": "a"})
    assert lekstede.purchase_limit().cents == 5_000_000
    assertContains(client.get(page(lekstede)), "lekstede.example/beleid")


def test_any_buyer_notes_its_purchase_limit(as_, broodnodig, ada):
    client = as_(ada)
    client.post(page(broodnodig, "set_limit"), {**LIMIT, "token": "b"})
    assert broodnodig.purchase_limit().cents == 5_000_000
    assertContains(client.get(page(broodnodig)), "lekstede.example/beleid")


def test_a_limit_whose_day_has_come_stays_and_another_follows(as_, lekstede, noor):
    client, today = as_(noor), clock.today()
    client.post(page(lekstede, "set_limit"), {**LIMIT, "token": "a"})
    for number, day in enumerate(("2026-01-01", "2026-02-01")):
        said = {**LIMIT, "cents": "1", "valid_from": day, "token": str(number)}
        assert client.post(page(lekstede, "set_limit"), said).status_code == 422
    for number, (day, cents) in enumerate(((today, "6"), ("2025-12-01", "7"))):
        said = {**LIMIT, "cents": cents, "valid_from": f"{day}", "token": f"b{number}"}
        assert client.post(page(lekstede, "set_limit"), said).status_code == 302
    days = ["2025-12-01", "2026-01-01", f"{today}"]
    rows = lekstede.purchase_limits.order_by("valid_from")
    assert [(f"{row.valid_from}", row.cents) for row in rows] == list(
        zip(days, (700, 5_000_000, 600), strict=True)
    )


def test_a_limit_says_where_it_is_written(as_, lekstede, noor):
    assert (
        as_(noor).post(page(lekstede, "set_limit"), LIMIT | {"policy_url": ""}).status_code == 422
    )


def test_a_purchase_limit_is_not_for_everybody(as_, client, lekstede, dan):
    assert as_(dan).post(page(lekstede, "set_limit"), LIMIT).status_code == 403
    client.logout()
    assertNotContains(client.get(page(lekstede)), page(lekstede, "set_limit"))


@pytest.mark.parametrize(
    "wrong", [{"cents": "-1"}, {"cents": "0"}, {"cents": "9" * 15}, {"valid_to": "2025-01-01"}]
)
def test_a_wrong_limit_is_refused_in_words(as_, lekstede, noor, wrong):
    answer = as_(noor).post(page(lekstede, "set_limit"), LIMIT | wrong)
    assert answer.status_code == 422
    assert not lekstede.purchase_limits.exists()


def test_a_visitor_who_wants_to_join_signs_in_first(client, broodnodig):
    answer = client.get(page(broodnodig, "ask_to_join"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_profile_costs_few_questions_however_much_there_is(
    client, as_, broodnodig, dan, django_assert_max_num_queries
):
    for _ in range(3):
        make.offer(by=broodnodig)
    with django_assert_max_num_queries(6):
        client.get(page(broodnodig))
    as_(dan)  # and three for who is signed in: session, person, saved lists
    with django_assert_max_num_queries(6 + 3):
        client.get(page(broodnodig))


def test_a_profile_shows_only_what_both_sides_confirmed(client, broodnodig):
    make.match("agreed", supplier=broodnodig)
    assertNotContains(client.get(page(broodnodig)), 'class="stats"')
    make.match("completed", supplier=broodnodig, cents=250_000)
    answer = client.get(page(broodnodig))
    assertContains(answer, "Minder dan 3 opdrachten")  # in a sentence, as it is no figure
    assertNotContains(answer, 'class="stats"')
    assertNotContains(answer, "2.500")
    for _n in range(2):
        make.match("completed", supplier=broodnodig, cents=260_000)
    answer = client.get(page(broodnodig))
    assertContains(answer, "2.500 – €\xa05.000")
    assertContains(answer, 'class="stats"')
    for never in ("2.600", "7.700", "inder dan 3"):
        assertNotContains(answer, never)
    assertContains(answer, "Soorten kopers: Gemeente.")


def test_a_need_whose_name_is_kept_back_is_not_on_the_profile(client, as_, lekstede, noor, dan):
    make.need(by=lekstede, title="Openly asked")
    make.need(by=lekstede, title="Quietly asked", ask_me_first=True)
    for answer in (client.get(page(lekstede)), as_(dan).get(page(lekstede))):
        assertContains(answer, "Openly asked")
        assertNotContains(answer, "Quietly asked")
    assertContains(as_(noor).get(page(lekstede)), "Quietly asked")


def test_who_was_checked_takes_no_other_name_kind_or_number(as_, broodnodig, ada, cleo):
    wanted = {"name": "Gemeente Utrecht", "kind": "municipality", "kvk": "01234567"}
    facts = wanted | {"region": "Utrecht", "mission": "We bake.", "token": "a"}
    assert as_(ada).post(page(broodnodig, "revise"), facts).status_code == 302
    broodnodig.refresh_from_db()
    kept = (broodnodig.name, broodnodig.kind, broodnodig.kvk, broodnodig.mission)
    assert kept == ("Broodnodig", "enterprise", "", "We bake.")
    at_the_desk(cleo).post(page(broodnodig, "revise"), facts | {"token": "b"})
    broodnodig.refresh_from_db()
    assert broodnodig.name == "Gemeente Utrecht"
