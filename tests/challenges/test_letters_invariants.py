"""What PostgreSQL refuses around letters and the term, round Django; and what happens with a guard off."""

import pgtrigger
import pytest
from django.db import IntegrityError

from challenges.models import Letter
from tests import contest, make
from tests.challenges.test_course import raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    made = contest.contest("notified", entrants=[make.organisation(), make.organisation()])
    raw("SELECT 1")
    return made


RUNS = "UPDATE challenges_challenge SET term_ends_date = '2027-01-11'"


def test_the_term_does_not_run_while_a_letter_is_on_its_way(made):
    with pytest.raises(IntegrityError, match="challenge_term_waits_for_all_letters"):
        raw(RUNS)
    guards = ["challenges.Challenge:term_waits_for_all_letters"]
    with pgtrigger.ignore(*guards):
        raw(RUNS)  # the negative control


def test_who_is_told_has_a_letter(made):
    journal = "challenges.Letter:never_deleted"
    with pgtrigger.ignore(journal):
        raw("DELETE FROM challenges_letter WHERE entry_id = %s", made.entries[0].pk)
    entry = "UPDATE challenges_challenge SET state = state"
    with pytest.raises(IntegrityError, match="challenge_everybody_has_a_letter"):
        raw(entry)
    with pgtrigger.ignore("challenges.Challenge:everybody_has_a_letter"):
        raw(entry)


def test_what_a_letter_says_stands(made):
    guard = "challenges.Letter:state_is_journalled"
    for change in ("said = '{}'", "outcome = 'reserve', cents = NULL", "last_date = '2030-01-01'"):
        stands = pytest.raises(IntegrityError, match="letter_stands_as_it_was_sent")
        with pgtrigger.ignore(guard), stands:
            raw(f"UPDATE challenges_letter SET state = 'out', out_at = now(), {change}")
    with pytest.raises(IntegrityError, match="letter_stands_as_it_was_sent"):
        raw("UPDATE challenges_letter SET written_at = now(), sent_at = now()")


def test_letters_go_at_one_moment_and_one_to_an_entrant(made):
    columns = (
        "challenge_id, decision_id, entry_id, recipient_id, outcome, cents, said, written_at, sent_at, "
        "note, state"
    )
    late = columns.replace(
        "written_at, sent_at", "written_at + interval '1 s', sent_at + interval '1 s'"
    )
    with pytest.raises(IntegrityError, match="letter_all_at_once"):
        raw(f"INSERT INTO challenges_letter ({columns}) SELECT {late} FROM challenges_letter")
    with pytest.raises(IntegrityError, match="letter_one_an_entrant"):
        raw(f"INSERT INTO challenges_letter ({columns}) SELECT {columns} FROM challenges_letter")


def test_nothing_is_final_before_the_term_is_over(made):
    contest.arrive(made.challenge)
    raw("SELECT 1")
    final = "UPDATE challenges_challenge SET state = 'awarded'"
    with pytest.raises(IntegrityError, match="challenge_final_after_the_term"):
        raw(final)
    ignored = ("final_after_the_term", "state_is_journalled")
    with pgtrigger.ignore(*[f"challenges.Challenge:{name}" for name in ignored]):
        raw(final)


def test_a_letter_handed_over_has_a_day(made):
    with pgtrigger.ignore("challenges.Letter:state_is_journalled"):
        with pytest.raises(IntegrityError, match="letter_handed_over_on_a_day"):
            raw("UPDATE challenges_letter SET state = 'handed'")
        with pytest.raises(IntegrityError, match="letter_out_since_a_moment"):
            raw("UPDATE challenges_letter SET state = 'out'")
    assert Letter.objects.count() == 2
