"""The right to be told is judged again when the mail leaves."""

import pytest
from django.db.models.functions import Now

from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from tests import make

Status = Notice.Status


def test_who_left_the_organisation_gets_no_mail(asked, ada, serve, deliver):
    server = serve()
    make.leaves(ada)
    assert deliver(asked).status == Status.DROPPED
    assert asked.answer == "the person may no longer see this"
    assert server.taken == []


def test_who_closed_the_account_gets_no_mail(asked, ada, serve, deliver):
    serve()
    ada.is_active = False
    ada.save()
    assert deliver(asked).status == Status.DROPPED


def test_who_could_not_see_it_after_the_move_is_told_all_the_same(asked, ada, serve, deliver):
    """The move itself took the right away, and that is what they are told."""
    server = serve()
    Notice.objects.filter(pk=asked.pk).update(must_see=False)
    make.leaves(ada)
    assert deliver(asked).status == Status.SENT
    (mail,) = server.mails(ada.email)
    assert "/market/matches/" not in mail.get_body(("plain",)).get_content()


def test_who_could_see_it_right_after_the_move_must_still_see_it(asked):
    assert asked.must_see


def test_taking_an_approval_back_drops_its_mail(match, ada, cleo, settings, serve, deliver):
    settings.TAKE_BACK_SECONDS = 60
    server = serve()
    Notice.objects.all().delete()
    matches.approve(match, by=cleo)
    notice = Notice.objects.mail().get(recipient=ada)
    matches.take_back(match, by=cleo)
    assert deliver(notice).status == Status.DROPPED
    assert server.mails(ada.email) == []
    assert not Notice.objects.inbox(ada).filter(event=notice.event).exists()


def test_mail_of_a_coordinators_move_waits_until_it_cannot_be_taken_back(
    match, ada, cleo, settings, serve, deliver
):
    settings.TAKE_BACK_SECONDS = 60
    server = serve()
    Notice.objects.all().delete()
    matches.approve(match, by=cleo)
    notice = Notice.objects.mail().get(recipient=ada)
    assert deliver(notice).status == Status.WAITING
    assert not Notice.objects.inbox(ada).filter(event=notice.event).exists()
    Notice.objects.filter(pk=notice.pk).update(next_at=Now())
    deliver(notice)
    assert len(server.mails(ada.email)) == 1


def test_the_one_who_acts_gets_no_mail_about_it(lunch, noor, ada, broodnodig, cleo):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    Notice.objects.all().delete()
    matches.cancel(match, by=noor, reason="timing")
    assert [n.recipient for n in Notice.objects.mail()] == [ada]


def test_who_sets_off_an_introduction_gets_the_numbers_too(match, ada, noor, cleo):
    matches.approve(match, by=cleo)
    Notice.objects.all().delete()
    matches.accept(match, by=ada)
    told = Notice.objects.mail().filter(template__endswith="introduce_both_sides")
    assert {notice.recipient for notice in told} == {ada, noor}


@pytest.mark.parametrize("move", ["fill", "withdraw"])
def test_whoever_was_asked_hears_that_the_need_is_gone(match, ada, noor, cleo, lunch, move):
    matches.approve(match, by=cleo)
    Notice.objects.all().delete()
    lunch.refresh_from_db()
    getattr(listings, move)(lunch, by=noor)
    notice = Notice.objects.mail().get(recipient=ada)
    assert notice.template == "notices/match/stand_down_suppliers_who_were_asked"
    assert notice.next_at is not None
