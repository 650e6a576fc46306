"""A name that is given back is as it was listed: no link, word or listing of who came before is left."""

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.asserts import assertContains, assertNotContains

from challenges.lifecycle import bringing, guests
from challenges.models import Challenge, Guest
from factory import clock
from factory.journal.models import Event
from factory.moves import Missing
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.models import Draft, Listing, Match
from partners import lifecycle as organisations
from partners.models import Invitation, Sector
from partners.rules import is_checked_owner
from tests import make


@pytest.fixture
def bureau(cleo):
    """Listed, without a mail domain, with a sentence that a coordinator wrote."""
    return make.listed("Bureau Zonder Post", "public", mission="We keep the records.")


@pytest.fixture
def impostor(cleo):
    return make.person("Ivan Impostor")


def link_to(address):
    text = Notice.objects.filter(address=address).last().text
    word = next(word for word in text.split() if "/invitation/" in word)
    return "/" + word.split("/", 3)[3]


def accept(client, link, person):
    client.force_login(person)
    return client.post(link, {"token": f"t{next(make.number)}", "sure": "on"})


def invited(organisation, by, email="second@mail.example", role="owner"):
    organisations.invite(organisation, by=by, email=email, role=role)
    return link_to(email)


# The attack


def test_who_claims_a_name_invites_nobody_before_the_check(client, bureau, impostor):
    organisations.claim(bureau, by=impostor)
    client.force_login(impostor)
    page = f"/en{bureau.get_absolute_url()}"
    shown = client.get(page)
    assertNotContains(shown, f"{bureau.get_absolute_url()}invite/")
    assertContains(shown, "once a coordinator has checked that you answer for this organisation")
    facts = {"email": "second@mail.example", "role": "owner", "token": "a"}
    answer = client.post(f"{page}invite/", facts)
    assertContains(answer, "once we checked that it is theirs", status_code=403)
    assert not Invitation.objects.exists()


def test_a_question_asked_of_who_claims_it_lets_them_invite_no_sooner(bureau, impostor, cleo):
    organisations.claim(bureau, by=impostor)
    organisations.ask_more(bureau, by=cleo, note="What is your number?")
    with pytest.raises(PermissionDenied):
        organisations.invite(bureau, by=impostor, email="second@mail.example", role="owner")


def test_an_impostor_who_was_believed_does_not_come_back_by_an_old_link(
    client, bureau, impostor, cleo
):
    organisations.claim(bureau, by=impostor)
    organisations.activate(bureau, by=cleo)
    link = invited(bureau, impostor)
    organisations.give_back(bureau, by=cleo, note="The bureau does not know you.")
    real = make.person("Rosa Real")
    organisations.claim(bureau, by=real)
    organisations.activate(bureau, by=cleo)
    second = make.person("Second Impostor", email="second@mail.example")
    assert client.get(link).status_code == 410
    assert accept(client, link, second).status_code == 410
    with pytest.raises(Missing):
        organisations.take_up(bureau, by=second, invitation=Invitation.objects.get())
    assert [m.person for m in bureau.memberships.all()] == [real]
    withdrawn = Event.objects.about(bureau).get(verb="organisation.withdraw_invitation")
    assert withdrawn.actor == cleo


def test_an_invitation_that_was_open_before_this_rule_opens_nothing(client, bureau, impostor, cleo):
    """The claim is checked at last, after links were sent while it was not."""
    organisations.claim(bureau, by=impostor)
    invitation, _key = Invitation.to(bureau, "second@mail.example", "owner", impostor)
    invitation.save()
    second = make.person("Second", email="second@mail.example")
    with pytest.raises(Missing):
        organisations.take_up(bureau, by=second, invitation=invitation)
    assert not Invitation.objects.that_count().exists()


def test_whom_a_coordinator_invites_comes_in_while_the_claim_is_checked(
    client, bureau, impostor, cleo
):
    organisations.claim(bureau, by=impostor)
    link = invited(bureau, cleo, role="editor")
    second = make.person("Second", email="second@mail.example")
    assert accept(client, link, second).status_code == 302
    assert bureau.memberships.get(person=second).role == "editor"


def test_who_claims_a_name_reads_nothing_of_whoever_had_it(client, bureau, impostor, cleo, noor):
    real = make.person("Rosa Real")
    organisations.claim(bureau, by=real)
    organisations.activate(bureau, by=cleo)
    bureau.refresh_from_db()
    need = make.need(by=bureau)
    match = make.match("introduced", need=need)
    other = make.match("completed", supplier=bureau)
    assert set(Match.objects.visible_to(real)) == {match, other}
    organisations.give_back(bureau, by=cleo, note="They stop.")
    organisations.claim(bureau, by=impostor)
    assert not Match.objects.visible_to(impostor).exists()
    assert need not in Listing.objects.visible_to(impostor)
    client.force_login(impostor)
    for address in (match.get_absolute_url(), need.get_absolute_url()):
        assert client.get(f"/en{address}").status_code == 404
    year = client.get(f"/en/market/year/{bureau.slug}/{clock.today().year}.xlsx")
    assert year.status_code == 403
    assert "once it has been checked" in year.content.decode()
    organisations.activate(bureau, by=cleo)
    assert set(Match.objects.visible_to(impostor)) == {match, other}


def test_where_invoices_go_is_not_left_behind_by_an_impostor(bureau, impostor, cleo):
    organisations.claim(bureau, by=impostor)
    organisations.revise(bureau, by=impostor, invoices="Postbus 1, Elders")
    organisations.give_back(bureau, by=cleo, note="Not theirs.")
    bureau.refresh_from_db()
    assert bureau.invoices == ""


def test_a_suspended_owner_does_not_start_anew_by_giving_the_name_back(bureau, impostor, cleo):
    organisations.claim(bureau, by=impostor)
    organisations.activate(bureau, by=cleo)
    organisations.suspend(bureau, by=cleo, note="We look into this.")
    with pytest.raises(PermissionDenied):
        organisations.give_back(bureau, by=impostor, note="We stop.")


def test_who_applied_with_their_own_organisation_invites_while_it_is_checked(cleo):
    made = make.organisation(state="in_check")
    assert is_checked_owner(made.owner, made)


# Elsewhere


def test_of_a_suspended_organisation_only_a_coordinator_lets_people_in(
    client, broodnodig, ada, cleo
):
    link = invited(broodnodig, ada)
    organisations.suspend(broodnodig, by=cleo, note="Not reachable.")
    assert client.get(link).status_code == 410
    with pytest.raises(PermissionDenied):
        organisations.invite(broodnodig, by=ada, email="third@mail.example", role="owner")
    client.force_login(ada)
    page = f"/en{broodnodig.get_absolute_url()}"
    assertContains(client.get(page), "invite colleagues again once your page is public")
    organisations.reinstate(broodnodig, by=cleo)
    client.logout()
    assert client.get(link).status_code == 200


def test_a_suspended_name_is_given_back_without_being_public_first(bureau, impostor, cleo):
    organisations.claim(bureau, by=impostor)
    organisations.activate(bureau, by=cleo)
    organisations.suspend(bureau, by=cleo, note="We look into this.")
    organisations.give_back(bureau, by=cleo, note="It was not theirs.")
    assert (bureau.state, bureau.memberships.count()) == ("listed", 0)


def test_who_was_turned_down_comes_in_nowhere_by_a_merger(client, broodnodig, ada, cleo, impostor):
    twin = make.organisation("Broodnodig Two", state="applied", owner=impostor)
    link = invited(twin, impostor)
    organisations.turn_down(twin, by=cleo, note="You are not of Broodnodig.")
    organisations.merge(twin, by=cleo, into=broodnodig)
    assert [m.person for m in broodnodig.memberships.all()] == [ada]
    second = make.person("Second", email="second@mail.example")
    assert accept(client, link, second).status_code == 410


def test_who_waits_to_be_checked_comes_along_in_a_merger_and_their_invitations_do_not(
    broodnodig, cleo, impostor
):
    twin = make.organisation("Broodnodig Two", state="applied", owner=impostor)
    invited(twin, impostor)
    organisations.merge(twin, by=cleo, into=broodnodig)
    assert broodnodig.memberships.filter(person=impostor).exists()
    assert not broodnodig.invitations.open().exists()


# What was typed


def test_what_was_typed_since_the_claim_goes_and_what_stood_there_is_back(bureau, impostor, cleo):
    catering, cleaning = make.sector(), Sector.objects.get(slug="cleaning")
    bureau.sectors.set([catering])
    organisations.claim(bureau, by=impostor)
    said = {"mission": "Send us money.", "description": "All of it.", "phone": "06 66666666"}
    organisations.revise(bureau, by=impostor, **said, sectors=[cleaning], region=make.region("Ede"))
    make.put_picture(bureau, "logo")
    make.put_picture(bureau)
    organisations.give_back(bureau, by=cleo, note="Not theirs.")
    bureau.refresh_from_db()
    assert (bureau.mission, bureau.description, bureau.phone) == ("We keep the records.", "", "")
    assert (bureau.region.name, bureau.province) == ("Utrecht", bureau.region.province)
    assert [*bureau.sectors.all()] == [catering]
    assert not bureau.pictures.exists()


def test_of_one_that_was_claimed_before_this_was_kept_the_words_are_empty(bureau, impostor, cleo):
    organisations.claim(bureau, by=impostor)
    type(bureau).objects.update(as_listed=None)
    organisations.revise(bureau, by=impostor, description="All of it.")
    organisations.give_back(bureau, by=cleo, note="Not theirs.")
    assert (bureau.mission, bureau.description) == ("", "")


def test_what_they_posted_and_typed_leaves_the_market(bureau, impostor, cleo):
    organisations.claim(bureau, by=impostor)
    facts = {"sector": make.sector(), "region": bureau.region}
    waiting = Listing(kind="need", organisation=bureau)
    listings.post(waiting, by=impostor, title="Everything", **facts)
    organisations.activate(bureau, by=cleo)
    need, offer = make.need(by=bureau), make.offer(by=bureau)
    match = make.match("approved", need=need)
    shown = make.match("suggested", offer=offer)
    make.draft(bureau, title="Half a word")
    organisations.give_back(bureau, by=cleo, note="Not theirs.")
    assert set(bureau.listings.values_list("state", flat=True)) == {"withdrawn"}
    for one in (match, shown):
        one.refresh_from_db()
        assert one.state == "lapsed"
    assert not Draft.objects.exists()
    assert Event.objects.filter(verb="listing.go_with_them").count() == 3


def test_a_problem_that_nobody_approved_is_withdrawn_and_its_links_are_dead(
    client, bureau, impostor, cleo
):
    organisations.claim(bureau, by=impostor)
    made = Challenge(organisation=bureau)
    bringing.bring(
        made, by=impostor, title="No rides", problem="There are none.", region=bureau.region
    )
    lex = {"name": "Lex", "email": "lex@law.example", "works_for": "Law", "role": "lawyer"}
    guests.invite_guest(made, by=impostor, **lex)
    text = Notice.objects.filter(address="lex@law.example").last().text
    link = "/" + next(w for w in text.split() if "/guests/" in w).split("/", 3)[3]
    assert client.get(link).status_code == 200
    organisations.give_back(bureau, by=cleo, note="Not theirs.")
    made.refresh_from_db()
    assert (made.state, bool(made.reason)) == ("withdrawn", True)
    assert not Guest.objects.open().exists()
    assert client.get(link).status_code != 200


def test_proof_that_nobody_checked_goes_too(bureau, impostor, cleo):
    organisations.claim(bureau, by=impostor)
    proof = make.credential("claimed", by=bureau)
    organisations.give_back(bureau, by=cleo, note="Not theirs.")
    proof.refresh_from_db()
    assert proof.state == "withdrawn"


def test_who_comes_next_is_not_asked_what_the_one_before_was_told(client, bureau, impostor, cleo):
    organisations.claim(bureau, by=impostor)
    organisations.give_back(bureau, by=cleo, note="The bureau does not know you.")
    real = make.person("Rosa Real")
    organisations.claim(bureau, by=real)
    client.force_login(real)
    assertNotContains(client.get(bureau.get_absolute_url()), "does not know you")
    assert bureau.question == ""


def test_a_real_body_that_stops_leaves_its_name_as_it_was_listed(cleo):
    breda = make.listed("Gemeente Stopt", domains=["stopt.example"])
    fleur = make.person("Fleur", email="fleur@stopt.example")
    organisations.join(breda, by=fleur)
    organisations.name_owner(breda, by=cleo, membership=breda.memberships.get(), reason="nobody")
    organisations.revise(breda, by=fleur, description="We are here.")
    organisations.give_back(breda, by=fleur, note="We stop.")
    breda.refresh_from_db()
    assert (breda.description, breda.state) == ("", "listed")
