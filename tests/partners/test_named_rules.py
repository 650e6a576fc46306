"""Every named rule of the registry's tables: raw SQL is refused by it, and the nearest right thing is not."""

import pytest

from factory import clock
from factory.moves import the_factory
from partners.imports.reading import bring
from partners.lifecycle.searching import bring_together
from partners.models import (
    Import,
    ImportLine,
    Invitation,
    KvkNumber,
    MailDomain,
    SavedSearch,
    SearchNews,
)
from tests import make
from tests.market.test_invariants import change, refused, sql

RULES = {}


def rule(name):
    """Register ``() → (statement that this rule refuses, the nearest that is allowed)``."""

    def keep(function):
        RULES[name] = function
        return function

    return keep


@pytest.mark.parametrize("name", RULES)
def test_postgresql_refuses_what_breaks_it_and_takes_what_does_not(name, cleo):
    wrong, right = RULES[name]()
    refused(name, *wrong)
    assert sql(*right) == 1


def domain(name):
    return MailDomain.objects.create(organisation=make.organisation(), domain=name)


@rule("mail_domain_of_one_alone")
def _():
    domain("one.example")
    other = domain("two.example")
    return change(other, domain="one.example"), change(other, domain="three.example")


@rule("mail_domain_once_each")
def _():
    one = MailDomain.objects.create(
        organisation=make.organisation(), domain="one.example", shared=True
    )
    other = MailDomain.objects.create(
        organisation=make.organisation(), domain="one.example", shared=True
    )
    third = make.organisation()
    wrong = change(other, organisation_id=one.organisation_id)
    return wrong, change(other, organisation_id=third.pk)


@rule("mail_domain_shared_by_all")
def _():
    made = [
        MailDomain.objects.create(organisation=make.organisation(), domain=name, shared=True)
        for name in ("one.example", "one.example", "two.example")
    ]
    return change(made[0], shared=False), change(made[2], shared=False)


@rule("mail_domain_in_small_letters")
def _():
    made = domain("one.example")
    return change(made, domain="One.example"), change(made, domain="sub.one.example")


@rule("mail_domain_is_not_for_everybody")
def _():
    made = domain("one.example")
    return change(made, domain="gmail.com"), change(made, domain="gmail.example")


@rule("mail_domain_days_in_order")
def _():
    made = domain("one.example")
    return change(made, until="1990-01-01"), change(made, until=made.since)


@rule("kvk_number_one_main")
def _():
    shop = make.organisation(kvk="12345678")
    other = KvkNumber.objects.create(organisation=shop, number="87654321")
    return change(other, is_main=True), change(other, number="87654322")


@rule("person_merged_cannot_sign_in")
def _():
    gone, stays = make.person(), make.person()
    into = {"merged_into_id": stays.pk}
    return change(gone, **into), change(gone, is_active=False, **into)


@rule("credential_proof_is_known")
def _():
    made = make.credential("claimed")
    return change(made, proof="magic"), change(made, proof="bcorp")


@rule("credential_level_is_known")
def _():
    made = make.credential("claimed")
    return change(made, level="eleven"), change(made, level="")


@rule("credential_counts_once_checked")
def _():
    made = make.credential("valid")
    return change(made, checked_at=None), change(made, checked_at=clock.now())


@rule("credential_days_in_order")
def _():
    made = make.credential("claimed")
    return change(made, valid_until="1990-01-01"), change(made, valid_until=made.valid_from)


@rule("credential_has_a_last_day")
def _():
    made = make.credential("claimed")
    return change(made, valid_until=None), change(made, valid_until=None, proof="anbi")


@rule("credential_claimed_once")
def _():
    first = make.credential("claimed")
    other = make.credential("claimed", by=first.organisation, proof="bcorp", level="")
    return change(other, proof="pso"), change(other, proof="code")


def sheet():
    """A sheet that a coordinator brought."""
    bring(
        b"Naam;Soort;Gemeente\nZon;enterprise;Utrecht",
        "partners.csv",
        by=make.coordinator(),
        language="nl",
    )
    return Import.objects.latest("pk")


@rule("import_status_is_known")
def _():
    made = sheet()
    return change(made, status="lost"), change(made, status="unreadable")


@rule("import_done_within_total")
def _():
    made = sheet()
    return change(made, done=5, total=4), change(made, done=4, total=4)


@rule("import_line_verdict_is_known")
def _():
    line = ImportLine.objects.create(batch=sheet(), number=90)
    return change(line, verdict="odd"), change(line, verdict="new")


@rule("import_line_entered_is_somebody")
def _():
    line, shop = ImportLine.objects.create(batch=sheet(), number=90), make.organisation()
    entered = {"verdict": "entered", "organisation_id": shop.pk}
    return change(line, verdict="entered"), change(line, **entered)


@rule("invitation_role_is_known")
def _():
    made, _key = Invitation.to(make.organisation(), "x@mail.example", "editor", make.coordinator())
    made.save()
    return change(made, role="king"), change(made, role="viewer")


@rule("picture_place_is_known")
def _():
    made = make.put_picture(make.organisation())
    return change(made, place="wall"), change(made, place="logo")


@rule("picture_has_words")
def _():
    made = make.put_picture(make.organisation())
    return change(made, alt=""), change(made, alt="Bread")


@rule("picture_one_logo")
def _():
    shop = make.organisation()
    logo, other = make.put_picture(shop), make.put_picture(shop)
    sql(*change(logo, place="logo"))
    return change(other, place="logo"), change(other, alt="Bread")


def search(query="q=bread", person=None):
    """A search that somebody keeps."""
    who = person or make.person()
    return SavedSearch.objects.create(person=who, kind="market", query=query, name="Bread")


@rule("saved_search_once")
def _():
    first = search()
    other = search("q=cake", first.person)
    return change(other, query="q=bread"), change(other, query="q=pie")


@rule("saved_search_has_a_name")
def _():
    made = search()
    return change(made, name=""), change(made, name="Cake")


@rule("saved_search_pace_is_known")
def _():
    made = search()
    return change(made, pace="hourly"), change(made, pace="weekly")


@rule("search_news_tells_something")
def _():
    made = SearchNews(person=make.person(), pace="daily", period="2026-11-29", total=1)
    bring_together(made, by=the_factory())
    return change(made, total=0), change(made, total=2)
