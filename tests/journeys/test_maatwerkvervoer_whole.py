"""Rides for who cannot drive, walked whole: from a problem in five fields to two awards that are public.

100 000 in the envelope, five plans, four jurors, three finalists of twenty minutes, 75 000 and 25 000. That its letters
arrive as real mail is walked from the pitch on, beside this.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from challenges.models import Award, Challenge, Letter
from factory.notices.models import Notice
from tests import contest
from tests.journeys import maatwerkvervoer as chapters
from tests.journeys.test_maatwerkvervoer import decides, proposes, sends
from tests.journeys.visitor import Visitor
from tests.moving_clock import moving_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(settings, postgres, noor, lekstede, cleo):
    settings.TAKE_BACK_SECONDS = 0
    with moving_clock(postgres):
        yield chapters.Walk(noor, lekstede, cleo)


def test_a_problem_becomes_two_awards_and_everybody_hears_at_the_same_moment(walk):
    chapters.is_brought(walk)
    chapters.is_set_up(walk)
    chapters.is_approved(walk)
    chapters.opens(walk)
    chapters.is_entered(walk)
    chapters.is_opened_and_checked(walk)
    chapters.is_declared(walk)
    chapters.is_scored(walk, "text")
    chapters.is_agreed(walk)
    chapters.pitches(walk)

    # 75 000 and 30 000 is refused, 75 000 and 25 000 is proposed and decided by who has the mandate.
    walk.chair, every = walk.seats[0].person, walk.entries
    walk.entries = every[:4]
    walk.owner.memberships.update(mandate_cents=5_000_000)
    walk.colleague.memberships.update(mandate_cents=10_000_000)
    proposes(walk)
    decides(walk)
    assert not Letter.objects.exists()
    sends(walk)

    # All five hear at one moment; the third finalist reads why.
    letters = Letter.objects.order_by("entry__number")
    assert [one.outcome for one in letters] == [
        "awarded", "awarded", "not_awarded", "not_awarded", "excluded",
    ]  # fmt: skip
    assert len(set(letters.values_list("written_at", flat=True))) == 1
    told = Notice.objects.mail().filter(template="notices/letter/write_the_recipient")
    assert len(set(told.values_list("next_at", flat=True))) == 1
    third = Visitor().signs_in(every[2].contact)
    third.open(reverse("challenges:letter", args=[letters[2].pk]))
    for words in ("Wiel en Deal: weak.", "Samen Rijden: strong.", "€ 75.000", "€ 25.000"):
        assert third.reads(words), words

    # Nothing is public until the term is over; then two awards, one challenge, 100 000.
    assert not Award.objects.visible_to(AnonymousUser()).exists()
    contest.arrive(walk.challenge)
    walk.goes_to(chapters.after_the_term(walk.challenge))
    assert walk.challenge.state == "awarded"
    awards = Award.objects.visible_to(AnonymousUser())
    assert sorted(awards.values_list("cents", flat=True)) == [2_500_000, 7_500_000]
    assert Challenge.objects.get().committed_cents == 10_000_000
    page = Visitor().open(walk.challenge.get_absolute_url())
    for words in ("€ 75.000", "€ 25.000", *chapters.FINALISTS[:2]):
        assert page.reads(words), words
    assert not page.reads(chapters.OTHERS[1])
