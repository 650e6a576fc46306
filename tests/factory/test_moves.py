"""The kernel: one transaction, one journal row, one notice a person; or nothing at all."""

import pytest
from django.core.exceptions import PermissionDenied

from factory import clock
from factory.journal.models import Event
from factory.moves import Already, Missing, NotNow, Token, make_due_moves, the_factory
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import Listing, Match
from tests import make

pytestmark = pytest.mark.django_db


def test_a_move_changes_the_state_and_writes_it_down(match, cleo):
    event = matches.approve(match, by=cleo)
    match.refresh_from_db()
    assert match.state == Match.State.APPROVED
    assert (event.verb, event.from_state, event.to_state) == (
        "match.approve",
        "suggested",
        "approved",
    )
    assert event.actor == cleo


def test_a_move_that_is_not_possible_names_the_last_thing_that_happened(match, cleo):
    matches.approve(match, by=cleo)
    with pytest.raises(NotNow) as raised:
        matches.approve(match, by=cleo)
    assert raised.value.event.verb == "match.approve"
    assert raised.value.event.actor == cleo


def test_a_stranger_may_not_move_what_is_not_theirs(match, dan):
    with pytest.raises(PermissionDenied):
        matches.approve(match, by=dan)
    assert Event.objects.about(match).count() == 1


def test_the_row_is_read_again_before_it_moves(match, cleo):
    stale = Match.objects.get(pk=match.pk)
    matches.dismiss(match, by=cleo, reason="no_fit")
    with pytest.raises(NotNow):
        matches.approve(stale, by=cleo)


def test_everybody_told_gets_an_inbox_line_and_a_mail_but_not_the_one_who_acted(
    match, cleo, ada, noor
):
    event = matches.approve(match, by=cleo)
    told = Notice.objects.of(event)
    assert {notice.recipient for notice in told} == {ada, noor}
    assert sorted(n.channel for n in told.filter(recipient=ada)) == ["inbox", "mail"]


def test_what_fails_halfway_leaves_nothing_behind(match, cleo, monkeypatch):
    monkeypatch.setattr(matches.approve, "follows", [lambda *_args, **_more: 1 / 0])
    with pytest.raises(ZeroDivisionError):
        matches.approve(match, by=cleo)
    match.refresh_from_db()
    assert match.state == Match.State.SUGGESTED
    assert not Event.objects.about(match).filter(verb="match.approve").exists()
    assert not Notice.objects.filter(event__verb="match.approve").exists()


def test_the_machines_moves_are_on_no_shelf_that_a_url_serves():
    assert "introduce" not in matches.moves
    assert "introduce" in matches.moves.every()


def test_a_move_inside_a_move_is_made_by_the_factory_on_behalf_of_the_person(match, cleo, ada):
    matches.approve(match, by=cleo)
    matches.accept(match, by=ada)
    event = Event.objects.about(match).last()
    assert event.verb == "match.introduce"
    assert event.actor == the_factory()
    assert event.on_behalf_of == ada


def test_nobody_else_can_make_the_machines_moves(match):
    with pytest.raises(TypeError):
        matches.introduce()
    assert the_factory().is_active is False


def test_the_same_request_twice_is_done_once(match, cleo):
    token = Token.of("abc", [("reason", "no_fit")])
    matches.dismiss(match, by=cleo, reason="no_fit", token=token)
    with pytest.raises(Already) as raised:
        matches.dismiss(match, by=cleo, reason="no_fit", token=token)
    assert raised.value.same


def test_the_same_request_with_other_words_is_not_the_same(match, cleo):
    matches.dismiss(match, by=cleo, reason="no_fit", token=Token.of("abc", [("reason", "no_fit")]))
    with pytest.raises(Already) as raised:
        matches.restore(match, by=cleo, token=Token.of("abc", [("reason", "price")]))
    assert not raised.value.same


def test_a_tokens_digest_does_not_depend_on_order_or_on_itself():
    one = Token.of("abc", [("a", "1"), ("b", "2"), ("token", "abc")])
    other = Token.of("abc", [("b", "2"), ("a", "1")])
    assert one == other


def test_what_is_missing_is_said_in_words(lekstede, noor):
    draft = make.listing(by=make.organisation(state="applied"), state="draft")
    owner = draft.organisation.memberships.get().person
    with pytest.raises(Missing) as raised:
        listings.publish(draft, by=owner)
    assert len(raised.value.reasons) == 1


def test_a_clock_moves_only_what_is_due(lunch, cleo):
    assert make_due_moves() == 0
    Listing.objects.filter(pk=lunch.pk).update(expires_at=lunch.live_at)
    assert make_due_moves() == 1
    lunch.refresh_from_db()
    assert lunch.state == Listing.State.EXPIRED
    assert Event.objects.about(lunch).last().channel == Event.Channel.CLOCK


def test_a_clock_that_comes_too_early_is_refused_after_the_lock(lunch):
    with pytest.raises(NotNow):
        listings.expire(lunch)


def test_what_is_no_longer_wanted_is_not_approved(match, lunch, cleo):
    Listing.objects.filter(pk=lunch.pk).update(several=True, expires_at=clock.now())
    listings.expire(Listing.objects.get(pk=lunch.pk))
    match.refresh_from_db()
    with pytest.raises(Missing):
        matches.approve(match, by=cleo)
