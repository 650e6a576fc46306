"""The caterer in a kitchen, with a phone and mail only: yes, whom to call, and the amount, without signing in."""

import pytest
from django.urls import reverse

from factory.journal.models import Event
from factory.local.process import wait_until
from factory.notices.links import read_answer
from market.lifecycle import match as matches
from market.models import Match
from tests import make
from tests.journeys.visitor import Visitor, first_button, links_in, mails_with

pytestmark = pytest.mark.django_db(transaction=True)


def answer_link(mailbox, person, move, seconds=40):
    """The link by which that move is made, once the mail that asks for it has come."""
    found = []

    def look():
        links = [link for mail in mailbox.mails(person.email) for link in links_in(mail)]
        answers = [link for link in links if "/a/" in link]
        found[:] = [a for a in answers if read_answer(a.split("/a/")[1].strip("/")).move == move]
        return found

    assert wait_until(look, seconds=seconds), f"no mail asks for {move}"
    return found[0]


@pytest.fixture
def asked(settings, cleo, lekstede, broodnodig, noor):
    """A coordinator asks Broodnodig for the lunch; mail leaves at once."""
    settings.TAKE_BACK_SECONDS = 0
    noor.phone = "030 555 77 66"
    noor.save()
    need = make.need(by=lekstede, title="Lunch for forty people", value_cents=100_000)
    return make.match("approved", need=need, supplier=broodnodig)


def test_the_caterer_answers_and_confirms_by_mail_alone(worker, mailbox, asked, ada, noor):
    kitchen, match = Visitor(), asked

    # The mail arrives; the link in it opens one page with one button. Opening changes nothing.
    kitchen.clicks += 1
    kitchen.open(answer_link(mailbox, ada, "accept"))
    assert Match.objects.get(pk=match.pk).supplier_agreed_at is None
    kitchen.press(first_button(kitchen))
    assert Match.objects.get(pk=match.pk).state == Match.State.INTRODUCED

    # Whom to call stands on the page that follows, and in the mail.
    assert kitchen.reads("Noor Buyer")
    assert kitchen.page.find("a", href="tel:0305557766")
    assert mails_with(mailbox, ada, noor.email)

    # It was delivered; the buyer notes the amount, and the caterer gets the question.
    matches.confirm(Match.objects.get(pk=match.pk), by=noor, cents=100_000)
    kitchen.clicks += 1
    kitchen.open(answer_link(mailbox, ada, "confirm"))
    kitchen.press(first_button(kitchen))

    done = Match.objects.get(pk=match.pk)
    assert (done.state, done.realised_cents) == (Match.State.COMPLETED, 100_000)
    assert kitchen.clicks <= 4
    assert "_auth_user_id" not in kitchen.client.session
    by_ada = Event.objects.about(done).filter(actor=ada)
    assert set(by_ada.values_list("channel", flat=True)) == {Event.Channel.MAIL}
    assert kitchen.open(reverse("impact")).page.find("main")
