"""Several organisations on one mail domain, and the domains that a coordinator has yet to look at."""

from email import message_from_string
from email.policy import default

import pytest
from django.db import IntegrityError
from pytest_django.asserts import assertContains, assertNotContains

from factory.moves import NotNow
from factory.notices.letters import write
from factory.notices.models import Notice
from partners import lifecycle as organisations
from partners.calls import coordinator_queues
from partners.models import MailDomain, Membership, Organisation
from tests import make
from tests.staff import at_the_desk

SERVICE = "drieveen.example"
SHARED = {"domains": [SERVICE], "shared": [SERVICE], "source": make.SEEN}


@pytest.fixture
def three(cleo):
    """Three municipalities whose people work for one shared service."""
    made = [make.listed(f"Gemeente {name}") for name in ("Aveen", "Beveen", "Ceveen")]
    for town in made:
        organisations.set_domains(town, by=cleo, **SHARED)
    return made


@pytest.fixture
def mees(three):
    return make.person("Mees Shared", email=f"mees@{SERVICE}")


def form_for(town, domains, shared=""):
    data = {"domains": domains, "shared": shared, "source": make.SEEN}
    return organisations.set_domains.form(data, thing=town)


def test_who_has_an_address_at_a_shared_service_chooses_for_whom_they_work(client, three, mees):
    client.force_login(mees)
    address = three[1].get_absolute_url()
    page = client.get("/en/market/new/need/")
    assertContains(page, "Choose the one for which you work")
    for town in three:
        assertContains(page, f"Join {town.name}")
    assertContains(client.get("/en/desk/"), "More organisations use your mail address")
    assertContains(client.get(f"/en{address}"), "Join Gemeente Beveen only if you work for it")
    client.post(f"{address}join/", {"token": "a"})
    mine = Membership.objects.get(person=mees)
    assert (mine.organisation, mine.role) == (three[1], "writer")
    assert Organisation.objects.get(pk=three[0].pk).state == "listed"


def test_who_works_for_two_of_them_joins_both(three, mees):
    organisations.join(three[0], by=mees)
    organisations.join(three[2], by=mees)
    assert mees.memberships.count() == 2


def test_who_answers_for_it_is_told_that_others_use_the_domain(three, mees, cleo):
    organisations.join(three[0], by=mees)
    told = Notice.objects.mail().filter(event__verb="organisation.join")
    letter = message_from_string(write(told.first())[3], policy=default)
    text = letter.get_body(("plain",)).get_content()
    assert "Meer organisaties gebruiken dat maildomein" in " ".join(text.split())


def test_the_domain_of_one_says_nothing_about_others(client, cleo):
    town = make.listed("Gemeente Alleen", domains=["alleen.example"])
    client.force_login(make.person("Ot", email="ot@alleen.example"))
    page = client.get(f"/en{town.get_absolute_url()}")
    assertContains(page, "You work here")
    assertNotContains(page, "More organisations")


def test_a_domain_is_shared_by_all_or_of_one(three, cleo):
    alone = make.listed("Gemeente Alleen", domains=["alleen.example"])
    new = make.listed("Gemeente Nieuw")
    refused = form_for(new, "alleen.example", "alleen.example")
    assert "note that there first" in str(refused.errors) or "daar eerst" in str(refused.errors)
    assert not form_for(new, SERVICE).is_valid()
    assert not form_for(three[0], SERVICE).is_valid()
    assert not form_for(new, "nieuw.example", SERVICE).is_valid()
    assert form_for(new, f"nieuw.example {SERVICE}", SERVICE).is_valid()
    organisations.set_domains(
        alone, by=cleo, domains=["alleen.example"], shared=["alleen.example"], source=make.SEEN
    )
    assert form_for(new, "alleen.example", "alleen.example").is_valid()


def test_postgresql_keeps_that_too(three):
    other = make.listed("Gemeente Nieuw")
    with pytest.raises(IntegrityError, match="mail_domain_shared_by_all"):
        MailDomain.objects.create(organisation=other, domain=SERVICE)


def test_the_last_who_shares_it_has_it_alone_again(three, cleo):
    for town in three[1:]:
        organisations.set_domains(town, by=cleo, domains=[], source=make.SEEN)
    organisations.set_domains(three[0], by=cleo, domains=[SERVICE], source=make.SEEN)
    assert not MailDomain.objects.current().get(domain=SERVICE).shared


def test_two_who_share_a_domain_become_one(three, cleo, mees):
    for town in three[:2]:
        organisations.join(town, by=make.person(f"Aa {town}", email=f"aa.{town.pk}@{SERVICE}"))
    organisations.merge(three[0], by=cleo, into=three[1])
    assert three[1].mail_domains.current().get().domain == SERVICE
    organisations.join(three[1], by=mees)
    with pytest.raises(NotNow):
        organisations.join(three[0], by=mees)


def domains_to_check(coordinator):
    return next(queue for queue in coordinator_queues(coordinator) if queue.key == "domains")


def test_the_call_list_holds_the_domains_that_nobody_checked(cleo):
    before, unseen = domains_to_check(cleo), MailDomain.objects.filter(checked_on=None)
    assert before.total > 90
    assert not before.calls  # nobody needs to be called for it
    assert before.rows[0].url.endswith("/change/")
    unchecked = Organisation.objects.filter(pk__in=unseen.values("organisation"))
    for town in unchecked.order_by("pk")[3:]:
        organisations.check_domains(town, by=cleo, source=make.SEEN)
    left = domains_to_check(cleo)
    assert left.total == 3
    assert " · " in left.rows[0].title


def test_a_coordinator_finds_the_public_bodies_without_a_mail_domain(three, broodnodig, cleo):
    staff = at_the_desk(cleo)
    list_ = "/en/admin/partners/organisation/?domains="
    assertContains(staff.get(f"{list_}none&in=all&q=Ameland"), "Gemeente Ameland")
    assertNotContains(staff.get(f"{list_}none&in=all&q=Gemeente Breda"), ">Gemeente Breda<")
    assertNotContains(staff.get(f"{list_}none&in=all&q=Broodnodig"), ">Broodnodig<")
    assertContains(staff.get(f"{list_}shared&in=all"), "Gemeente Aveen")
