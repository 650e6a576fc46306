"""Rides for who cannot drive: 100 000 in the envelope, three finalists, four jurors, 75 000 and 25 000.

From the jury's proposal to awards that are public: real pages, real mail.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Award, Challenge, Letter
from factory import clock
from factory.local.process import wait_until
from factory.moves import make_due_moves
from factory.notices.models import Notice
from tests import contest, make
from tests.journeys.visitor import Visitor, links_in, mails_with

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("Samen Rijden", "De Buurtbus", "Wiel en Deal")


@pytest.fixture
def made(settings):
    """Three finalists pitched before four jurors; two people of the municipality with another mandate."""
    settings.TAKE_BACK_SECONDS = 0
    made = contest.contest("pitching", entrants=[make.organisation(name) for name in NAMES])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True).person
    for name in ("Eva Juror", "Finn Juror", "Gita Juror"):
        contest.juror(made.challenge, name)
    for seat in made.challenge.jury.all():
        contest.declare(made.challenge, seat)
    made.owner.memberships.update(mandate_cents=5_000_000)
    made.colleague.memberships.update(mandate_cents=10_000_000)
    return made


def page(made):
    return reverse("challenges:deciding", args=[made.challenge.slug])


def filled_in(made, *cents):
    said = {"report": "Four of us read and heard all three."}
    for number, entry in enumerate(made.entries):
        said[f"outcome_{entry.pk}"] = "award" if number < len(cents) else "none"
        said[f"cents_{entry.pk}"] = cents[number] if number < len(cents) else ""
        for word in ("strong", "weak", "reason"):
            said[f"{word}_{entry.pk}"] = f"{entry.organisation}: {word}."
    return said


def proposes(made):
    """75 000 + 30 000 is refused with the words kept; 75 000 + 25 000 is proposed."""
    chair = Visitor().signs_in(made.chair)
    chair.open(page(made))
    chair.click(_("Propose the awards"))
    too_much = filled_in(made, "75000", "30000")
    answer = chair.client.post(chair.at, too_much | {"token": "first"})
    assert answer.status_code == 422
    assert "€\xa05.000" in answer.content.decode()
    chair.press(_("Propose the awards"), **filled_in(made, "75000", "25000"))
    assert chair.reads("€ 75.000")


def decides(made):
    """Who has half of it hears who may; that colleague decides."""
    owner = Visitor().signs_in(made.owner)
    owner.open(page(made))
    answer = owner.client.post(
        reverse("challenges:move", args=[made.challenge.slug, "decide"]), {"token": "owner"}
    )
    assert answer.status_code == 409
    assert made.colleague.name in answer.content.decode()
    colleague = Visitor().signs_in(made.colleague)
    colleague.open(page(made))
    colleague.click(_("Decide"))
    colleague.press(_("Decide"))


def sends(made):
    """A coordinator reads a letter and sends them all."""
    cleo = Visitor().signs_in(made.cleo)
    cleo.open(page(made))
    cleo.click(NAMES[2])
    assert cleo.reads("Wiel en Deal: weak.")
    cleo.click(_("Proposal and decision"))
    cleo.click(_("Tell all entrants"))
    cleo.press(_("Tell all entrants"))


def test_two_awards_and_the_third_hears_why_at_the_same_moment(made, worker, mailbox):
    proposes(made)
    decides(made)
    assert not mailbox.mails(made.entries[2].contact.email)
    sends(made)

    # All three hear at one moment; the third reads why, and who was better.
    told = Notice.objects.mail().filter(template="notices/letter/write_the_recipient")
    assert len(set(told.values_list("next_at", flat=True))) == 1
    for entry in made.entries:
        assert mails_with(mailbox, entry.contact, "/challenges/letters/")
    third = Visitor().signs_in(made.entries[2].contact)
    mail = mails_with(mailbox, made.entries[2].contact, "/challenges/letters/")[0]
    third.open(next(link for link in links_in(mail) if "/challenges/letters/" in link))
    for words in ("Wiel en Deal: weak.", "Samen Rijden: strong.", "€ 75.000", "€ 25.000"):
        assert third.reads(words), words

    # The term begins once every letter arrived, and the last day comes by mail with its date.
    sent = Letter.objects.filter(challenge=made.challenge).with_mail()
    assert wait_until(lambda: set(sent.values_list("mail", flat=True)) == {"sent"}, seconds=30)
    make_due_moves()
    make_due_moves()
    dated = mails_with(mailbox, made.entries[2].contact, "de termijn loopt")
    assert any(part.get_content_type() == "text/calendar" for part in dated[-1].walk())

    # Until it is over nobody outside hears who won.
    stranger = Visitor()
    stranger.open(made.challenge.get_absolute_url())
    assert not any(stranger.reads(words) for words in ("75.000", NAMES[0], NAMES[1]))
    assert not Award.objects.visible_to(AnonymousUser()).exists()

    Challenge.objects.update(term_ends_date=clock.today() - timedelta(days=1))
    make_due_moves()
    final = Award.objects.visible_to(AnonymousUser())
    assert sorted(final.values_list("cents", flat=True)) == [2_500_000, 7_500_000]
    made.challenge.refresh_from_db()
    assert (made.challenge.state, made.challenge.committed_cents) == ("awarded", 10_000_000)
