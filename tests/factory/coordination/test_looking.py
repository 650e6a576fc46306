"""A coordinator sees the site as a member: to read, for a while, in the journal, and not a step further."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from factory import clock
from factory.coordination.lifecycle import moves_of_looks
from factory.coordination.models import Look
from factory.journal.models import Event
from factory.moves import Missing, make_due_moves
from factory.notices.links import answer_url
from factory.notices.models import Notice
from factory.notices.sight import thing_of
from market.lifecycle import match as matches
from market.models import Listing
from partners.models import Person
from tests import make
from tests.doors import sign_in


@pytest.fixture
def desk(client, cleo):
    return sign_in(client, cleo)


def look_as(desk, person):
    answer = desk.post(reverse("admin:look_as", args=[person.pk]))
    assert answer.url == reverse("desk")
    return Look.objects.latest("pk")


def test_the_pages_are_the_members_with_a_band_on_top(desk, ada, broodnodig):
    make.offer(by=broodnodig, state="draft", title="A draft of Ada")
    look_as(desk, ada)
    text = desk.get(reverse("desk")).content.decode()
    assert "A draft of Ada" in text
    assert "Ada Owner" in text
    assert reverse("look_stop") in text
    assert reverse("admin:index") not in text


def test_no_button_works(desk, ada, broodnodig, lunch):
    look_as(desk, ada)
    offer = make.offer(by=broodnodig)
    before = Event.objects.count()
    for path in (
        f"{offer.get_absolute_url()}withdraw/",
        f"{lunch.get_absolute_url()}report/",
        reverse("inbox"),
        reverse("admin:market_listing_changelist"),
    ):
        assert desk.post(path, {"token": "t"}).status_code == 403
    assert (Event.objects.count(), Listing.objects.get(pk=offer.pk).state) == (before, "live")


def test_accounts_mails_and_the_admin_stay_closed(desk, ada, match, cleo):
    matches.approve(match, by=cleo)
    letter = Notice.objects.mail().filter(recipient=ada).last()
    link = answer_url(letter, thing_of(letter.event), "accept")
    look_as(desk, ada)
    closed = [
        "me",
        "me_close",
        "preferences",
        "account_email",
        "account_change_password",
        "mfa_index",
    ]
    paths = [*map(reverse, closed), reverse("admin:index"), link[link.index("/a/") :]]
    assert [desk.get(path).status_code for path in paths] == [403] * len(paths)
    assert desk.post(paths[-1], {"token": "a"}).status_code == 403


def test_nothing_is_marked_as_read_and_nobody_seems_to_have_signed_in(
    desk, ada, match, cleo, settings
):
    settings.TAKE_BACK_SECONDS = 0
    matches.approve(match, by=cleo)
    before = Person.objects.get(pk=ada.pk).last_login
    unread = Notice.objects.filter(recipient=ada, channel="inbox", read_at=None).first()
    look_as(desk, ada)
    assert desk.get(reverse("inbox")).status_code == 200
    assert desk.get(reverse("inbox_open", args=[unread.pk])).status_code == 403
    unread.refresh_from_db()
    assert (unread.read_at, Person.objects.get(pk=ada.pk).last_login) == (None, before)


def test_postgresql_itself_refuses_what_a_page_would_write(desk, ada, monkeypatch):
    def writes(request):
        Person.objects.filter(pk=ada.pk).update(job="Changed")

    look_as(desk, ada)
    monkeypatch.setattr("factory.desk.gather", lambda name: [writes])
    assert desk.get(reverse("desk")).status_code == 403
    assert Person.objects.get(pk=ada.pk).job == ""


def test_start_and_stop_are_journalled_and_the_member_is_told(desk, cleo, ada):
    look = look_as(desk, ada)
    assert desk.post(reverse("look_stop")).url == reverse("admin:index")
    assert [e.verb for e in Event.objects.about(look)] == ["look.look", "look.stop"]
    assert Notice.objects.filter(recipient=ada, event__verb="look.look").exists()
    assert desk.get(reverse("admin:index")).status_code == 200


def test_after_a_quarter_of_an_hour_it_is_over(desk, ada):
    look = look_as(desk, ada)
    early = clock.now() - timedelta(minutes=20)
    Look.objects.update(at=early, until=early + timedelta(minutes=15))
    assert reverse("look_stop") not in desk.get(reverse("desk")).content.decode()
    make_due_moves()
    assert Event.objects.about(look).last().verb == "look.run_out"


def test_signing_out_is_always_possible(desk, ada):
    look_as(desk, ada)
    assert desk.post(reverse("account_logout")).status_code == 302
    assert desk.get(reverse("desk")).status_code == 302


def test_who_loses_the_duty_or_the_second_factor_looks_no_more(desk, cleo, ada):
    look_as(desk, ada)
    Person.objects.filter(pk=cleo.pk).update(is_staff=False)
    assert "Ada Owner" not in desk.get(reverse("desk")).content.decode()


def test_anothers_look_is_of_no_use(client, cleo, ada, max_):
    look = Look()
    moves_of_looks["look"](look, by=max_, person=ada)
    sign_in(client, cleo)
    session = client.session
    session["looks_as"] = look.pk
    session.save()
    assert reverse("look_stop") not in client.get(reverse("desk")).content.decode()


def test_nobody_looks_as_a_coordinator_and_no_member_looks(desk, client, cleo, max_, ada, noor):
    assert desk.post(reverse("admin:look_as", args=[max_.pk])).status_code == 403
    with pytest.raises(Missing):
        moves_of_looks["look"](Look(), by=cleo, person=max_)
    sign_in(client, ada)
    assert client.post(reverse("admin:look_as", args=[noor.pk])).status_code == 403


def test_it_asks_again_who_one_is(client, cleo, ada):
    sign_in(client, cleo)
    session = client.session
    old = [{**way, "at": way["at"] - 3600} for way in session["account_authentication_methods"]]
    session["account_authentication_methods"] = old
    session.save()
    assert "reauthenticate" in client.get(reverse("admin:look_as", args=[ada.pk])).url


def test_postgresql_holds_the_quarter_of_an_hour_and_somebody_else(cleo, ada):
    look = Look()
    moves_of_looks["look"](look, by=cleo, person=ada)
    wrong = {
        "look_a_quarter_of_an_hour_at_most": "until = at + interval '16 minutes'",
        "look_as_somebody_else": "person_id = by_id",
    }
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coordination_look SET until = at + interval '14 minutes'")  # control
        for name, change in wrong.items():
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                cursor.execute(f"UPDATE coordination_look SET {change}")
