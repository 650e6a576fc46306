"""One of five letters is refused by a real mail server: the term begins for nobody until it is seen to."""

import pytest

from challenges.lifecycle import announcing
from challenges.lifecycle import letter as letters
from challenges.models import Challenge, Letter
from challenges.terms import last_day
from factory import clock
from factory.moves import make_due_moves
from tests import contest, make

REFUSED = "550 No such person"


@pytest.fixture
def made(town):
    """Five entrants, decided; nobody heard yet."""
    return contest.contest("decided", entrants=[make.organisation() for _n in range(5)])


def arrive(town):
    """What is due leaves, and the clock looks at it."""
    town.wake()
    assert town.drained()
    make_due_moves()
    make_due_moves()


def states(made):
    found = Letter.objects.filter(challenge=made.challenge).order_by("entry__number")
    return list(found.values_list("state", flat=True))


def term(made):
    return Challenge.objects.get(pk=made.challenge.pk).term_ends_date


def test_one_of_five_letters_bounces_and_goes_to_a_colleague(town, worker, made):
    lost = made.entries[4]
    town.post.to[lost.contact.email] = REFUSED
    announcing.notify(made.challenge, by=made.cleo)
    arrive(town)
    assert states(made) == ["out"] * 4 + ["refused"]
    assert term(made) is None

    colleague = make.member(lost.organisation, "editor", "Iris Second")
    letter = Letter.objects.get(entry=lost)
    letters.send_again(letter, by=made.cleo, recipient=colleague)
    arrive(town)
    assert states(made) == ["counting"] * 5
    assert term(made) == last_day(clock.today(), 42)
    assert any(copy.to == colleague.email for copy in town.post.taken)


def test_all_are_sent_again_at_one_moment(town, worker, made):
    lost = made.entries[2].contact.email
    town.post.to[lost] = REFUSED
    announcing.notify(made.challenge, by=made.cleo)
    arrive(town)
    town.post.to.clear()
    announcing.send_all_again(made.challenge, by=made.cleo)
    assert set(states(made)) == {"waiting"}
    arrive(town)
    assert states(made) == ["counting"] * 5
    assert term(made)
    assert len(set(Letter.objects.filter(challenge=made.challenge).values_list("sent_at"))) == 1
