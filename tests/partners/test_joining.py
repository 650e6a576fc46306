"""Names that are only listed: found by name, joined by a mail address or claimed, and given back."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from pytest_django.asserts import assertContains, assertNotContains

from factory.journal.models import Event
from factory.moves import Missing
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.models import Listing
from partners import lifecycle as organisations
from partners.directory import listed_names
from partners.models import MailDomain, Organisation
from partners.public_bodies import lay, missing
from tests import make
from tests.staff import at_the_desk

BREDA = "/partners/gemeente-breda/"


@pytest.fixture
def breda(cleo):
    """Listed by us, with its mail domain."""
    found = Organisation.objects.get(name="Gemeente Breda")
    organisations.check_domains(found, by=cleo, source=make.SEEN)
    return found


@pytest.fixture
def fleur(cleo):
    """Works for the municipality of Breda."""
    return make.person("Fleur Policy", email="fleur@breda.nl")


def told(verb):
    rows = Notice.objects.filter(channel="inbox", event__verb=f"organisation.{verb}")
    return {(notice.recipient, notice.template.rpartition("/")[2]) for notice in rows}


# They stand there


def test_all_municipalities_and_provinces_stand_in_the_registry(db):
    assert Organisation.objects.listed().filter(kind="municipality").count() == 342
    assert Organisation.objects.listed().filter(kind="province").count() == 12
    assert MailDomain.objects.current().count() == 304
    event = Event.objects.get(verb="door.public-bodies")
    assert event.details == {"organisations": 354, "mail_domains": 304}
    assert not MailDomain.objects.checked().exists()


def test_laying_them_again_adds_nothing(db):
    assert missing() == []
    assert lay() == 0


def test_who_is_already_here_or_was_listed_once_is_not_listed_again(breda, cleo):
    organisations.leave(breda, by=cleo)
    assert missing() == []


def test_who_looks_for_one_by_name_finds_it_apart_from_the_partners(client, breda):
    for page in ("/en/partners/?q=breda", "/en/partners/?q=gemeente+breda", "/en/search/?q=Breda"):
        answer = client.get(page)
        assertContains(answer, f"/en{BREDA}")
        assertContains(answer, "In the registry, but nobody has joined yet")
    assertNotContains(client.get("/en/partners/"), "nobody has joined yet")
    assertNotContains(client.get("/en/partners/?q=schoonmaak"), "nobody has joined yet")


def test_names_alone_stand_before_what_only_resembles_them(client, breda):
    make.organisation("Bredda Bakkers")
    text = client.get("/en/partners/?q=breda").content.decode()
    assert text.index("nobody has joined yet") < text.index("These names come close")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Amstredam", "Gemeente Amsterdam"),
        ("gemeente amstredam", "Gemeente Amsterdam"),
        ("Sudwest", "Gemeente Súdwest-Fryslân"),
        ("Den Bosch", "Gemeente &#x27;s-Hertogenbosch"),
        ("gemeente den bosch", "Gemeente &#x27;s-Hertogenbosch"),
        ("Friesland", "Provincie Fryslân"),
        ("province of friesland", "Provincie Fryslân"),
        ("The Hague", "Gemeente Den Haag"),
    ],
)
def test_a_name_is_found_by_what_people_call_it_and_with_a_slip(client, db, typed, name):
    for page in ("/en/partners/", "/en/search/"):
        text = client.get(page, {"q": typed}).content.decode()
        assert name in text, page
        assert text.count("Gemeente Zwolle") == 0


def test_what_only_resembles_a_name_stays_away_where_one_holds_it(db):
    names = [one.name for one in listed_names("Utrecht")]
    assert names[0] in ("Gemeente Utrecht", "Provincie Utrecht")
    assert all("Utrecht" in name for name in names)


def test_looking_for_names_alone_is_one_query(django_assert_num_queries, db):
    for typed in ("Amstredam", "Den Bosch", "gemeente"):
        with django_assert_num_queries(1):
            assert list(listed_names(typed)[:50])


def test_words_that_are_like_no_name_find_none(db):
    assert not list(listed_names("xyzzy qwerty"))
    assert not list(listed_names(""))


def test_of_many_names_alone_a_few_show_and_the_rest_is_folded_and_counted(client, db):
    text = client.get("/en/partners/?q=gemeente").content.decode()
    assert "45 more names" in text
    assert "There are 342 in all." in text
    found = client.get("/en/search/?q=gemeente").content.decode()
    assert "All names that are only in the registry (342)" in found


def test_who_comes_with_an_address_of_one_is_led_there(client, breda, fleur):
    client.force_login(fleur)
    for page in ("/en/desk/", "/en/market/new/need/"):
        assertContains(client.get(page), f"/en{BREDA}join/")
    organisations.join(breda, by=fleur)
    assertNotContains(client.get("/en/desk/"), "Do you work at")
    client.force_login(make.person("Somebody"))
    assertNotContains(client.get("/en/desk/"), "Do you work at")


def test_they_do_not_count_as_partners(client, breda):
    assertContains(client.get("/en/partners/?q=Breda"), ">0 partners<")
    assertNotContains(client.get("/sitemap.xml"), BREDA)


# The page


def test_a_visitor_reads_that_nobody_has_joined_and_how_to(client, breda):
    answer = client.get(f"/en{BREDA}")
    assertContains(answer, "Nobody of Gemeente Breda has joined yet")
    assertContains(answer, "@breda.nl")
    assertContains(answer, "/en/accounts/signup/?next=/en/partners/gemeente-breda/")


def test_where_no_mail_domain_is_known_it_can_be_claimed(client, cleo, dan):
    listed = make.listed("Bureau Zonder Post", "public")
    client.force_login(dan)
    assertContains(client.get(listed.get_absolute_url()), f"{listed.get_absolute_url()}claim/")


def test_its_name_is_found_while_applying(client, breda, dan):
    client.force_login(dan)
    facts = {"name": "gemeente breda", "kind": "municipality", "region": "Breda", "token": "t"}
    assertContains(client.post("/partners/apply/", facts), BREDA, status_code=422)


# Joining by mail


def test_a_verified_address_on_the_mail_domain_joins_at_once(client, breda, fleur):
    client.force_login(fleur)
    assertContains(client.get(BREDA), f"{BREDA}join/")
    assert client.post(f"{BREDA}join/", {"token": "a"}).url == BREDA
    breda.refresh_from_db()
    assert breda.state == "active"
    mine = breda.memberships.get()
    assert (mine.person, mine.role, bool(mine.confirmed_at)) == (fleur, "writer", True)


@pytest.mark.parametrize(
    "address",
    [
        "fleur@mail.breda.nl",
        "fleur@breda.nl.example",
        "fleur@notbreda.nl",
        '"fleur@breda.nl"@mail.example',
        '"fleur@breda.nl@"@mail.example',
        "fleur@breda.example",
    ],
)
def test_another_address_does_not(client, breda, address):
    somebody = make.person("Somebody", email=address)
    client.force_login(somebody)
    assertNotContains(client.get(BREDA), f"{BREDA}join/")
    assert client.post(f"{BREDA}join/", {"token": "a"}).status_code == 403


def test_an_address_that_is_not_verified_does_not(breda, fleur):
    EmailAddress.objects.filter(user=fleur).update(verified=False)
    with pytest.raises(PermissionDenied):
        organisations.join(breda, by=fleur)


def test_a_domain_that_nobody_checked_lets_nobody_in(client, cleo):
    zeist = Organisation.objects.get(name="Gemeente Zeist")
    person = make.person("Mees", email=f"mees@{zeist.mail_domains.get().domain}")
    with pytest.raises(PermissionDenied):
        organisations.join(zeist, by=person)
    client.force_login(person)
    assertContains(client.get(f"/en{zeist.get_absolute_url()}"), "Claim it")
    organisations.check_domains(zeist, by=cleo, source=make.SEEN)
    row = zeist.mail_domains.get()
    assert (row.source, row.checked_by) == (make.SEEN, cleo)
    assert row.checked_on
    organisations.join(zeist, by=person)
    with pytest.raises(Missing):
        organisations.check_domains(zeist, by=cleo, source=make.SEEN)


def test_a_coordinator_finds_the_domains_that_nobody_checked(breda, cleo):
    staff = at_the_desk(cleo)
    list_ = "/en/admin/partners/organisation/?domains=unchecked&q="
    assertContains(staff.get(f"{list_}Gemeente Zeist"), "Gemeente Zeist")
    assertNotContains(staff.get(f"{list_}Gemeente Breda"), ">Gemeente Breda<")
    assertContains(staff.get(f"/en/admin/partners/organisation/{breda.pk}/change/"), make.SEEN)


def test_the_database_asks_where_a_domain_was_seen(breda):
    rows = breda.mail_domains.all()
    assert rows.update(source="their letter") == 1
    with pytest.raises(IntegrityError, match="mail_domain_checked_with_a_source"):
        rows.update(source="")


def test_a_domain_that_ended_lets_nobody_in(breda, fleur, cleo):
    organisations.set_domains(breda, by=cleo, domains=["breda.example"], source=make.SEEN)
    with pytest.raises(PermissionDenied):
        organisations.join(breda, by=fleur)


def test_the_coordinators_hear_that_nobody_answers_for_it_yet(breda, fleur, cleo):
    organisations.join(breda, by=fleur)
    assert told("join") == {(cleo, "join_coordinators_without_an_owner")}


def test_an_owner_hears_who_joined_and_the_coordinators_need_not(lekstede, noor, cleo):
    organisations.set_domains(lekstede, by=cleo, domains=["lekstede.example"], source=make.SEEN)
    organisations.join(lekstede, by=make.person("Ivo", email="ivo@lekstede.example"))
    assert told("join") == {(noor, "join_owners")}


# What an editor of own drafts may


@pytest.fixture
def ivo(lekstede, cleo):
    """Joined Lekstede by mail."""
    organisations.set_domains(lekstede, by=cleo, domains=["lekstede.example"], source=make.SEEN)
    somebody = make.person("Ivo Writer", email="ivo@lekstede.example")
    organisations.join(lekstede, by=somebody)
    return somebody


def drafted(organisation, by):
    facts = {"title": "Bread for a party", "sector": make.sector(), "region": organisation.region}
    listings.post(Listing(kind="need", organisation=organisation), by=by, **facts)
    return Listing.objects.get(title="Bread for a party")


def test_what_they_post_stays_a_draft_and_an_owner_is_asked(lekstede, ivo, noor):
    draft = drafted(lekstede, ivo)
    assert draft.state == "draft"
    asked = Notice.objects.get(event__verb="listing.post", channel="mail", recipient=noor)
    assert asked.answers == ["publish"]
    with pytest.raises(PermissionDenied):
        listings.publish(draft, by=ivo)
    listings.revise(draft, by=ivo, title="Bread for a big party")
    listings.publish(draft, by=noor)
    assert Listing.objects.get().state == "live"


def test_where_nobody_may_publish_the_coordinators_hear_of_the_draft(breda, fleur, cleo, client):
    organisations.join(breda, by=fleur)
    client.force_login(fleur)
    assertContains(client.get("/en/market/new/need/"), "until a colleague who decides")
    draft = drafted(breda, fleur)
    said = Notice.objects.mail().get(event__verb="listing.post")
    assert (said.recipient, said.answers) == (cleo, [])
    answer = client.get(f"/en/market/{draft.slug}/")
    assertContains(answer, "Then a coordinator calls you about it")
    assertContains(answer, "/revise/")
    mine = breda.memberships.get()
    organisations.name_owner(breda, by=cleo, membership=mine, reason="nobody", instead_of=None)
    assertContains(client.get(f"/en/market/{draft.slug}/"), "/publish/")


def test_they_do_not_touch_what_is_public_or_somebody_elses(lekstede, ivo, lunch, noor):
    draft = make.listing("need", by=lekstede, state="draft")
    for move, thing in (("revise", draft), ("publish", draft), ("revise", lunch), ("fill", lunch)):
        with pytest.raises(PermissionDenied):
            getattr(listings, move)(thing, by=ivo)


def test_they_answer_nothing_for_the_organisation(lunch, ivo, client):
    match = make.match("introduced", need=lunch)
    client.force_login(ivo)
    assert client.get(match.get_absolute_url()).status_code == 200
    for move in ("agree", "confirm", "cancel"):
        assert client.post(f"{match.get_absolute_url()}{move}/", {"token": move}).status_code == 403


# Claiming


def test_a_claim_goes_to_a_coordinator_who_checks_it(client, cleo, dan):
    listed = make.listed("Bureau Zonder Post", "public")
    organisations.claim(listed, by=dan)
    assert (listed.state, listed.memberships.get().role) == ("in_check", "owner")
    assert told("claim") == {(cleo, "claim_coordinators")}
    assertContains(client.get(f"/en{listed.get_absolute_url()}"), "has come forward")
    organisations.activate(listed, by=cleo)
    assert listed.state == "active"


def test_where_people_join_by_mail_nobody_claims(breda, dan):
    with pytest.raises(Missing, match=r"breda\.nl"):
        organisations.claim(breda, by=dan)


def test_who_claims_cannot_change_the_name(client, cleo, dan):
    listed = make.listed("Bureau Zonder Post", "public")
    organisations.claim(listed, by=dan)
    client.force_login(dan)
    facts = {"name": "Mine", "kind": "business", "region": "Utrecht", "token": "a"}
    client.post(f"{listed.get_absolute_url()}revise/", facts)
    listed.refresh_from_db()
    assert listed.name == "Bureau Zonder Post"


def test_a_claim_that_is_not_right_is_given_back_and_not_turned_down(cleo, dan):
    listed = make.listed("Bureau Zonder Post", "public")
    organisations.claim(listed, by=dan)
    with pytest.raises(Missing):
        organisations.turn_down(listed, by=cleo, note="Not yours.")
    organisations.give_back(listed, by=cleo, note="The bureau does not know you.")
    assert (listed.state, listed.memberships.count()) == ("listed", 0)
    assert told("give_back") == {(dan, "give_back_former_members")}


def test_a_public_body_does_not_leave_but_gives_its_name_back(breda, fleur, cleo):
    organisations.join(breda, by=fleur)
    mine = breda.memberships.get()
    organisations.name_owner(breda, by=cleo, membership=mine, reason="nobody")
    with pytest.raises(Missing):
        organisations.leave(breda, by=fleur)
    organisations.give_back(breda, by=fleur, note="We stop.")
    assert breda.state == "listed"


# Mail domains


@pytest.mark.parametrize(
    "wrong", ["gmail.com", "breda", "@breda.example", "breda..nl", "tilburg.nl", "b" * 200 + ".nl"]
)
def test_a_domain_that_cannot_be_is_refused_in_words(breda, wrong):
    form = organisations.set_domains.form({"domains": f"breda.nl {wrong}"}, thing=breda)
    assert not form.is_valid()
    assert wrong in str(form.errors)


def test_a_coordinator_sets_the_domains(breda, cleo):
    organisations.set_domains(
        breda, by=cleo, domains=["breda.nl", "atea.example"], source=make.SEEN
    )
    organisations.set_domains(breda, by=cleo, domains=["atea.example"], source=make.SEEN)
    assert [row.domain for row in breda.mail_domains.current()] == ["atea.example"]
    assert breda.mail_domains.get(domain="breda.nl").until
