"""Who belongs to an organisation: invited, given a role, away, handed over, gone; and always an owner."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction
from pytest_django.asserts import assertContains, assertNotContains

from factory import clock
from factory.me.closing import close_account
from factory.moves import Missing
from factory.notices.letters import write
from factory.notices.models import Notice
from market.lifecycle import match as matches
from partners import lifecycle as organisations
from partners.models import Invitation, Membership, Person
from tests import make


def page(organisation, move=""):
    address = organisation.get_absolute_url()
    return f"{address}{move}/" if move else address


def of(organisation, person):
    return organisation.memberships.get(person=person)


def told(verb):
    rows = Notice.objects.filter(channel="inbox", event__verb=f"organisation.{verb}")
    return {(notice.recipient, notice.template.rpartition("/")[2]) for notice in rows}


# Invitations


@pytest.fixture
def link(client, broodnodig, ada):
    """Ada invites somebody by mail; the address in it."""

    def invite(email="new@mail.example", role="editor"):
        client.force_login(ada)
        client.post(page(broodnodig, "invite"), {"email": email, "role": role, "token": fresh()})
        client.logout()
        return link_in(Notice.objects.filter(address=email).last().text)

    return invite


def fresh():
    return f"invite-{next(make.number)}"


def link_in(text):
    address = next(word for word in text.split() if "/invitation/" in word)
    return "/" + address.split("/", 3)[3]


def accept(client, link, person, **more):
    client.force_login(person)
    return client.post(link, {"token": "t", **more})


def test_an_invitation_is_accepted_once(client, link, broodnodig, ada, dan):
    invited = make.person("New Colleague", email="new@mail.example")
    address = link()
    assertContains(client.get(address), "Broodnodig")
    assert accept(client, address, invited).url == page(broodnodig)
    assert of(broodnodig, invited).role == "editor"
    assert told("take_up") == {(ada, "take_up_owners")}
    assert client.post(address, {"token": "t"}).url == page(broodnodig)
    assert accept(client, address, dan, sure="on", token="u").status_code == 410
    assert not broodnodig.memberships.filter(person=dan).exists()


def test_a_visitor_signs_up_or_in_and_comes_back(client, link):
    address = link()
    assertContains(client.get(address), f"/accounts/signup/?next={address}")
    assert client.post(address).status_code == 403


def test_another_address_is_warned_and_has_to_say_so(client, link, broodnodig, dan):
    address = link()
    client.force_login(dan)
    assertContains(client.get(f"/en{address}"), "The invitation went to new@mail.example")
    assert accept(client, address, dan).status_code == 422
    assert accept(client, address, dan, sure="on").status_code == 302
    assert of(broodnodig, dan).confirmed_at


def test_a_withdrawn_invitation_no_longer_works(client, link, broodnodig, ada):
    address = link()
    invited = make.person(email="new@mail.example")
    organisations.withdraw_invitation(broodnodig, by=ada, invitation=Invitation.objects.get())
    assert accept(client, address, invited).status_code == 410
    with pytest.raises(Missing):
        organisations.take_up(broodnodig, by=invited, invitation=Invitation.objects.get())


def test_an_invitation_ends_by_itself_and_a_new_one_replaces_the_old(client, link):
    first, second = link(), link()
    invited = make.person(email="new@mail.example")
    assert accept(client, first, invited).status_code == 410
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert client.get(second).status_code == 410


def test_a_key_that_nobody_got_opens_nothing(client, db):
    assert client.get("/partners/invitation/nonsense/").status_code == 410


def test_the_key_stands_nowhere_but_in_the_mail(link):
    key = link().split("/")[-2]
    kept = str(Invitation.objects.values())
    assert key not in kept


def test_who_asked_to_join_may_be_invited_too(client, link, broodnodig, dan):
    organisations.ask_to_join(broodnodig, by=dan)
    accept(client, link(dan.email, "viewer"), dan)
    assert (of(broodnodig, dan).role, bool(of(broodnodig, dan).confirmed_at)) == ("viewer", True)


def test_only_who_is_not_in_is_invited(broodnodig, ada, ben):
    form = organisations.invite.form({"email": ben.email, "role": "editor"}, thing=broodnodig)
    assert list(form.errors) == ["email"]


def test_editors_invite_nobody(broodnodig, ben):
    with pytest.raises(PermissionDenied):
        organisations.invite(broodnodig, by=ben, email="x@mail.example", role="editor")


# Roles, mandates, handing over


def test_an_owner_changes_role_and_mandate(client, broodnodig, ada, ben):
    client.force_login(ada)
    member = of(broodnodig, ben)
    assertContains(client.get(member.change_url), 'value="editor"')
    facts = {"membership": member.pk, "role": "viewer", "cents": "5.000", "until": "2030-12-31"}
    client.post(page(broodnodig, "change_role"), facts | {"token": "a"})
    member.refresh_from_db()
    assert (member.role, member.mandate_cents) == ("viewer", 500_000)
    assert told("change_role") == {(ben, "change_role_the_colleague")}
    assertContains(client.get(page(broodnodig)), "5.000")


def test_a_mandate_until_a_day_has_an_amount(broodnodig, ada, ben):
    facts = {"membership": of(broodnodig, ben).pk, "role": "editor", "until": "2030-01-01"}
    form = organisations.change_role.form(facts, thing=broodnodig, by=ada)
    assert list(form.errors) == ["cents"]


def test_a_key_that_is_no_number_is_no_failure(client, broodnodig, ada):
    client.force_login(ada)
    for odd in ("x", "9" * 30, "²", "-1"):
        assert client.get(f"{page(broodnodig, 'change_role')}?membership={odd}").status_code == 200


def test_an_owner_hands_it_over_and_stays_as_editor(broodnodig, ada, ben):
    organisations.hand_over(broodnodig, by=ada, membership=of(broodnodig, ben))
    assert (of(broodnodig, ada).role, of(broodnodig, ben).role) == ("editor", "owner")
    assert told("hand_over") == {(ben, "hand_over_the_colleague")}


def test_the_last_owner_neither_steps_out_nor_takes_another_role(broodnodig, ada, ben):
    with pytest.raises(Missing):
        organisations.step_out(broodnodig, by=ada)
    mine = of(broodnodig, ada)
    with pytest.raises(Missing):
        organisations.change_role(broodnodig, by=ada, membership=mine, role="editor")
    with pytest.raises(Missing):
        organisations.end_membership(broodnodig, by=ada, membership=mine)
    assert of(broodnodig, ada).role == "owner"


def test_who_leaves_leaves_everything_with_the_organisation(broodnodig, ada, ben):
    bread = make.offer(by=broodnodig, title="Bread every day")
    organisations.hand_over(broodnodig, by=ada, membership=of(broodnodig, ben))
    organisations.step_out(broodnodig, by=ada)
    bread.refresh_from_db()
    assert (bread.organisation, bread.state) == (broodnodig, "live")
    assert told("step_out") == {(ben, "step_out_owners")}


def test_an_owner_says_no_to_who_asks_to_join(broodnodig, ada, dan):
    organisations.ask_to_join(broodnodig, by=dan)
    organisations.end_membership(broodnodig, by=ada, membership=of(broodnodig, dan))
    assert not broodnodig.memberships.filter(person=dan).exists()


def test_a_coordinator_names_a_new_owner_and_says_why(broodnodig, ada, ben, cleo):
    details = {"membership": of(broodnodig, ben), "instead_of": of(broodnodig, ada)}
    event = organisations.name_owner(broodnodig, by=cleo, reason="left", **details)
    assert of(broodnodig, ben).role == "owner"
    assert not broodnodig.memberships.filter(person=ada).exists()
    assert event.details["reason"] == "left"


# Away


@pytest.fixture
def ada_is_away(broodnodig, ada, ben):
    week = clock.today() + timedelta(days=7)
    facts = {"away_from": clock.today(), "away_until": week, "replacement": of(broodnodig, ben)}
    organisations.be_away(broodnodig, by=ada, **facts)


def test_an_absence_is_said_in_words_and_ends(client, ada_is_away, broodnodig, ada, ben, vera):
    client.force_login(vera)
    address = f"/en{page(broodnodig)}"
    assertContains(client.get(address), "Ben Editor gets the mail meanwhile")
    assert told("be_away") == {(ben, "be_away_the_replacement")}
    organisations.be_back(broodnodig, by=ada)
    assertNotContains(client.get(address), "gets the mail meanwhile")


def mails_about(verb):
    rows = Notice.objects.mail().filter(event__verb=verb)
    return {(notice.recipient, notice.status, notice.instead_of) for notice in rows}


def test_the_replacement_gets_the_mail_and_both_stand_in_the_log(
    ada_is_away, broodnodig, match, ada, ben
):
    matches.approve(match, by=make.coordinator())
    about = {row for row in mails_about("match.approve") if row[0] in (ada, ben)}
    assert about == {(ada, "dropped", None), (ben, "waiting", ada)}
    kept = Notice.objects.get(recipient=ada, channel="mail", event__verb="match.approve")
    assert kept.answer == f"away: mailed to {ben.email}"
    mail = write(Notice.objects.get(recipient=ben, channel="mail", event__verb="match.approve"))
    assert "Ada Owner" in mail[2].split("\n\n")[1]


def test_an_approval_towards_who_is_away_can_be_taken_back(ada_is_away, match, ben, cleo):
    matches.approve(match, by=cleo)
    matches.take_back(match, by=cleo)
    match.refresh_from_db()
    assert match.state == "suggested"
    assert (ben, "dropped") in {row[:2] for row in mails_about("match.approve")}


def test_once_back_the_mail_comes_to_oneself(ada_is_away, broodnodig, match, ada):
    Membership.objects.filter(person=ada).update(
        away_from=clock.today() - timedelta(days=9), away_until=clock.today() - timedelta(days=1)
    )
    matches.approve(match, by=make.coordinator())
    assert (ada, "waiting", None) in mails_about("match.approve")


def test_who_only_looks_on_does_not_answer_for_who_decides(broodnodig, match, ada, vera):
    week = clock.today() + timedelta(days=7)
    facts = {"away_from": clock.today(), "away_until": week, "replacement": of(broodnodig, vera)}
    organisations.be_away(broodnodig, by=ada, **facts)
    assert of(broodnodig, vera).role == "viewer"
    matches.approve(match, by=make.coordinator())
    assert (ada, "waiting", None) in mails_about("match.approve")
    assert vera not in {row[0] for row in mails_about("match.approve")}


def test_what_only_an_owner_may_answer_goes_to_another_owner(ada_is_away, broodnodig, ada):
    eva = make.member(broodnodig, "owner", "Eva Owner")
    organisations.ask_to_join(broodnodig, by=make.person("Newcomer"))
    about = {row[:2] for row in mails_about("organisation.ask_to_join")}
    assert about == {(ada, "dropped"), (eva, "waiting")}  # not Ben, who may not let anybody in


def test_who_stands_in_and_is_away_too_has_one_who_stands_in(
    ada_is_away, broodnodig, match, ada, ben
):
    cas = make.member(broodnodig, "editor", "Cas Editor")
    week = clock.today() + timedelta(days=7)
    facts = {"away_from": clock.today(), "away_until": week, "replacement": of(broodnodig, cas)}
    organisations.be_away(broodnodig, by=ben, **facts)
    matches.approve(match, by=make.coordinator())
    assert (cas, "waiting", ada) in mails_about("match.approve")


def test_only_a_colleague_stands_in(broodnodig, ada, dan):
    stranger = dan.memberships.get()
    facts = {"away_from": "2030-01-01", "away_until": "2030-01-02", "replacement": stranger.pk}
    form = organisations.be_away.form(facts, thing=broodnodig, by=ada)
    assert list(form.errors) == ["replacement"]


# What the database holds


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


TAKE = "DELETE FROM partners_membership WHERE id = %s"
GIVE = "UPDATE partners_membership SET role = %s WHERE id = %s"


def test_the_last_owner_cannot_go_whoever_asks(broodnodig, ada, ben):
    mine, other = of(broodnodig, ada), of(broodnodig, ben)
    for sql, params in ((TAKE, [mine.pk]), (GIVE, ["viewer", mine.pk])):
        with pytest.raises(IntegrityError, match="membership_keeps_an_owner"):
            run(sql, *params)
    run(GIVE, "owner", other.pk)
    run(TAKE, mine.pk)


def test_nobody_of_another_organisation_stands_in(broodnodig, ada, ben, dan):
    sql = "UPDATE partners_membership SET replacement_id = %s WHERE id = %s"
    mine = of(broodnodig, ada)
    for wrong in (dan.memberships.get().pk, mine.pk):
        with pytest.raises(IntegrityError, match="membership_replaced_by_a_colleague"):
            run(sql, wrong, mine.pk)
    run(sql, of(broodnodig, ben).pk, mine.pk)


def test_absences_mandates_and_invitations_are_what_they_can_be(broodnodig, ada):
    mine = of(broodnodig, ada).pk
    away = "UPDATE partners_membership SET away_from = %s, away_until = %s WHERE id = %s"
    for first, last in (("2030-01-02", "2030-01-01"), ("2030-01-02", None), (None, "2030-01-01")):
        with pytest.raises(IntegrityError, match="membership_away_days_in_order"):
            run(away, first, last, mine)
    run(away, "2030-01-01", "2030-01-01", mine)
    until = "UPDATE partners_membership SET mandate_until = '2030-01-01', mandate_cents = %s"
    with pytest.raises(IntegrityError, match="membership_mandate_until_of_an_amount"):
        run(until + " WHERE id = %s", None, mine)
    run(until + " WHERE id = %s", 1, mine)


def test_an_invitation_is_open_once_and_used_or_withdrawn(broodnodig, ada):
    first, _key = Invitation.to(broodnodig, "x@mail.example", "editor", ada)
    first.save()
    second, _key = Invitation.to(broodnodig, "X@mail.example", "editor", ada)
    with pytest.raises(IntegrityError, match="invitation_open_once"), transaction.atomic():
        second.save()
    done = "UPDATE partners_invitation SET accepted_at = now(), withdrawn_at = %s"
    with pytest.raises(IntegrityError, match="invitation_used_or_withdrawn"):
        run(done, clock.now())
    run(done, None)
    second.save()


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_close_their_accounts_at_once_one_stays(cleo):
    organisation = make.organisation("Two of us")
    other = make.member(organisation, "owner")
    people = [organisation.owner, other]
    start, stopped = threading.Barrier(2), []

    def close(person):
        start.wait()
        try:
            close_account(Person.objects.get(pk=person.pk))
        except (Missing, IntegrityError) as error:
            stopped.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=close, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stopped) == 1
    assert Membership.objects.owners().filter(organisation=organisation).count() == 1
