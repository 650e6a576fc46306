"""Whose entry does not meet the formal rules: told at once, and told again in the letter that everybody gets."""

import pytest
from django.urls import reverse

from challenges.lifecycle import entry as entries
from challenges.models import Letter
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
WHY = "There is no extract of the trade register."


@pytest.fixture
def made():
    """Three entrants: the last one was excluded, the first one is told of an award."""
    made = contest.contest("checking", entrants=[make.organisation() for _n in range(3)])
    made.excluded = made.entries.pop()
    entries.exclude(made.excluded, by=made.cleo, reason=WHY)
    return made


def told(made):
    for step in ("start_scoring", "deliberate", "propose", "decide", "notify"):
        getattr(made, step)()
    return Letter.objects.get(entry=made.excluded)


def test_they_hear_at_once_why_and_that_a_letter_comes(client, made):
    mail = Notice.objects.mail().get(event__verb="entry.exclude")
    assert mail.recipient == made.excluded.contact
    sign_in(client, made.excluded.contact)
    page = client.get(made.excluded.get_absolute_url()).content.decode()
    assert WHY in page
    assert "brief" in page


def test_their_letter_goes_with_all_others_and_says_why_who_won_and_what_they_can_do(client, made):
    letter = told(made)
    assert letter.outcome == "excluded"
    assert len(set(Letter.objects.values_list("sent_at", flat=True))) == 1
    assert letter.last_date == Letter.objects.exclude(pk=letter.pk).first().last_date
    sign_in(client, made.excluded.contact)
    page = client.get(letter.get_absolute_url()).content.decode()
    winner = made.entries[0]
    for words in (WHY, winner.organisation.name, "Close to the people.", "niet beoordeeld"):
        assert words in page, words
    for never_given in ("Jouw cijfers", "Who pays afterwards is open."):
        assert never_given not in page
    assert reverse("challenges:lodge", args=[letter.pk]) in page
    assert reverse("challenges:ask_talk", args=[letter.pk]) in page


def test_whoever_was_not_excluded_does_not_hear_it(made):
    others = [one.contact for one in made.entries]
    assert not Notice.objects.filter(event__verb="entry.exclude", recipient__in=others).exists()
