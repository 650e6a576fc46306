"""Proof: sent in, checked by a coordinator, counted on its days and no others, renewed in time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from factory import clock
from factory.moves import Missing, make_due_moves
from factory.notices.models import Notice
from partners.calls import coordinator_queues
from partners.lifecycle.credential import correct, give_up, moves, remind, renew, revoke, vouch
from partners.models import Credential
from partners.proofs import kept, shown, standing, to_look_after
from tests import make
from tests.factory.files.hostile import pdf
from tests.factory.files.test_checking import checked
from tests.tables import columns, open_to, states

pytestmark = pytest.mark.django_db

CREDENTIAL = """
            | claimed                         | valid                | renewing       | expired | refused          | withdrawn
owner       | correct withdraw                | say_renewing give_up | give_up        | renew   | correct withdraw |
editor      | correct withdraw                | say_renewing give_up | give_up        | renew   | correct withdraw |
viewer      |                                 |                      |                |         |                  |
coordinator | correct vouch refuse withdraw take_back | revoke give_up take_back | revoke give_up | take_back | correct withdraw take_back |
stranger    |                                 |                      |                |         |                  |
"""  # noqa: E501


def day(days):
    return clock.today() + timedelta(days=days)


def told(credential, move):
    """Who got a mail about this move."""
    notices = Notice.objects.mail().filter(event__verb=f"credential.{move}")
    return [n.recipient for n in notices.filter(event__thing_id=credential.pk)]


def its_days_are(credential, *, until, remind_on=None):
    """Let time pass: its last day is ``until`` from now."""
    rows = Credential.objects.filter(pk=credential.pk)
    rows.update(valid_until=day(until), remind_on=remind_on)
    credential.refresh_from_db()


@pytest.mark.parametrize(("state", "expected"), columns(CREDENTIAL))
def test_who_may_do_what_with_a_credential(state, expected, cleo, dan, broodnodig):
    credential = make.credential(state, by=broodnodig)
    members = {role: make.member(broodnodig, role) for role in ("editor", "viewer")}
    people = {"owner": broodnodig.owner, **members, "coordinator": cleo, "stranger": dan}
    assert open_to(moves, people, credential) == expected


def test_the_table_knows_every_state():
    assert states(CREDENTIAL) == set(Credential.State.values)


def test_a_coordinator_hears_of_proof_and_the_owner_of_the_check(broodnodig, ada, cleo):
    credential = make.credential(by=broodnodig)
    assert told(credential, "claim") == [cleo]
    assert told(credential, "vouch") == [ada]
    assert (credential.checked_by, credential.remind_on) == (cleo, day(310))


def test_it_counts_from_its_first_day_through_its_last(broodnodig):
    credential = make.credential(by=broodnodig, days=10)
    first, last = credential.valid_from, credential.valid_until
    one = timedelta(days=1)
    counted = [
        Credential.objects.valid_on(on).exists() for on in (first - one, first, last, last + one)
    ]
    assert counted == [False, True, True, False]


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        ("claimed", 0),
        ("valid", 1),
        ("renewing", 0),
        ("expired", 0),
        ("refused", 0),
        ("withdrawn", 0),
    ],
)
def test_only_what_was_checked_and_runs_counts_today(state, counts):
    make.credential(state)
    assert Credential.objects.valid_on(clock.today()).count() == counts


def test_a_renewal_under_way_is_shown_and_not_counted(broodnodig):
    make.credential("renewing", by=broodnodig)
    [(credential, (pill, words, _icon))] = shown(broodnodig)
    assert pill == "wait"
    assert "verlenging" in words.lower() or "renewal" in words.lower()
    assert not Credential.objects.valid_on(clock.today()).exists()
    assert Credential.objects.valid_on(credential.valid_until).exists()  # as it did on its days


def test_what_ran_out_still_counted_on_its_days():
    credential = make.credential("expired")
    assert Credential.objects.valid_on(credential.valid_until).get() == credential


def test_what_was_revoked_counts_on_no_day(broodnodig, cleo):
    credential = make.credential(by=broodnodig)
    revoke(credential, by=cleo, note="It is of another company.")
    assert not Credential.objects.valid_on(credential.valid_from).exists()


def test_owners_are_reminded_at_90_and_at_30_days_each_once(broodnodig, ada):
    credential = make.credential(by=broodnodig, days=91)
    assert make_due_moves() == 0
    its_days_are(credential, until=90, remind_on=day(0))
    assert [make_due_moves(), make_due_moves()] == [1, 0]
    credential.refresh_from_db()
    assert credential.remind_on == day(60)
    its_days_are(credential, until=30, remind_on=day(0))
    assert [make_due_moves(), make_due_moves()] == [1, 0]
    credential.refresh_from_db()
    assert credential.remind_on is None
    assert told(credential, "remind") == [ada, ada]


def test_who_was_away_at_90_days_is_reminded_once_and_not_twice(broodnodig):
    credential = make.credential(by=broodnodig, days=400)
    its_days_are(credential, until=20, remind_on=day(-70))
    assert [make_due_moves(), make_due_moves()] == [1, 0]


def test_nobody_is_reminded_of_what_was_renewed_already(broodnodig):
    credential = make.credential(by=broodnodig, days=20)
    its_days_are(credential, until=20, remind_on=day(0))
    make.credential(by=broodnodig, valid_from=day(21), valid_until=day(400))
    assert make_due_moves() == 0


def test_the_clock_ends_it_the_day_after_its_last(broodnodig, ada):
    credential = make.credential(by=broodnodig)
    its_days_are(credential, until=0)
    assert make_due_moves() == 0
    its_days_are(credential, until=-1)
    assert make_due_moves() == 1
    credential.refresh_from_db()
    assert credential.state == "expired"
    assert told(credential, "run_out") == [ada]


def test_a_renewal_that_never_came_runs_out_after_half_a_year():
    credential = make.credential("renewing")
    assert make_due_moves() == 0
    rows = Credential.objects.filter(pk=credential.pk)
    rows.update(valid_until=day(-200), valid_from=day(-900), renewal_since=day(-190))
    assert make_due_moves() == 1
    assert rows.get().state == "expired"


def test_the_next_period_takes_the_place_of_the_one_that_waited(broodnodig, cleo):
    before = make.credential("renewing", by=broodnodig)
    after = make.credential(by=broodnodig, valid_from=day(0), valid_until=day(700))
    before.refresh_from_db()
    assert (after.renews, before.state) == (before, "expired")
    assert [credential for credential, _stands in shown(broodnodig)] == [after]


def test_the_period_before_ends_without_a_word_once_the_next_was_checked(broodnodig):
    before = make.credential(by=broodnodig, days=20)
    make.credential(by=broodnodig, valid_from=day(0), valid_until=day(700))
    its_days_are(before, until=-1)
    assert make_due_moves() == 1
    before.refresh_from_db()
    assert before.state == "expired"
    assert told(before, "run_out") == []


def test_what_ran_out_can_be_told_to_be_renewed(broodnodig, ada):
    credential = make.credential("expired", by=broodnodig)
    renew(credential, by=ada)
    assert credential.state == "renewing"


def test_the_same_is_not_sent_in_twice(broodnodig):
    make.credential("claimed", by=broodnodig)
    with pytest.raises(Missing):
        make.credential("claimed", by=broodnodig)
    make.credential("claimed", by=broodnodig, proof="anbi", level="", valid_until=None)


def test_what_ran_out_in_the_meantime_is_not_vouched_for(cleo):
    credential = make.credential("claimed")
    its_days_are(credential, until=-1)
    with pytest.raises(Missing):
        vouch(credential, by=cleo)


def test_what_we_do_not_have_any_more_counts_today_for_the_last_time(broodnodig, ada):
    credential = make.credential(by=broodnodig)
    give_up(credential, by=ada)
    assert credential.valid_until == day(0)


def test_an_anbi_has_no_last_day_and_no_reminder():
    credential = make.credential(proof="anbi", level="", valid_until=None)
    assert (credential.remind_on, credential.days_left(day(0))) == (None, None)
    assert standing(credential, day(0))[0] == "ok"
    assert Credential.objects.valid_on(day(9000)).get() == credential


def test_another_file_takes_the_place_of_the_first(
    broodnodig, ada, django_capture_on_commit_callbacks
):
    credential = make.credential("refused", by=broodnodig, evidence=checked(pdf(), "old.pdf"))
    first = credential.evidence
    facts = {"proof": "pso", "level": "2", "valid_from": day(-9), "valid_until": day(9)}
    correct(credential, by=ada, evidence=checked(pdf(), "new.pdf"), **facts)
    assert credential.evidence.name == "new.pdf"
    assert not type(first).objects.filter(pk=first.pk).exists()
    assert (credential.state, credential.note) == ("claimed", "")


def test_a_stranger_sends_in_nothing(broodnodig, dan):
    with pytest.raises(PermissionDenied):
        moves["claim"](Credential(organisation=broodnodig), by=dan, proof="pso")


def test_nobody_sends_the_clocks_reminders(ada):
    assert remind.name not in moves
    assert remind.may.test(ada, None) is False


def test_the_desk_says_what_to_do(broodnodig, cleo):
    make.credential(by=broodnodig, days=20)
    make.credential("refused", by=broodnodig, proof="bcorp", level="")
    make.credential("claimed", by=broodnodig, proof="anbi", level="", valid_until=None)
    mine = type(broodnodig).objects.filter(pk=broodnodig.pk)
    assert [item["urgent"] for item in to_look_after(mine)["items"]] == [True, False]
    proof = next(queue for queue in coordinator_queues(cleo) if queue.key == "proof")
    assert [(call.title, call.late) for call in proof.rows] == [("Broodnodig", False)]
    assert [credential.state for credential, _stands in kept(broodnodig)] == [
        "claimed", "refused", "valid",
    ]  # fmt: skip
