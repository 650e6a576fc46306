"""The caterer in a kitchen, with a phone and mail only: yes, whom to call, and the amount, without signing in.

It counts at once; what it was worth is public when the month has closed, in one sum with two others.
"""

import pytest
from django.utils.translation import gettext as _

from factory.journal.models import Event
from factory.local.process import wait_until
from factory.notices.links import read_answer
from factory.templatetags.words import euro_short
from market.counting.closing import close_months
from market.lifecycle import match as matches
from market.models import Match
from tests import make
from tests.journeys.visitor import Visitor, first_button, impact, links_in, mails_with
from tests.moving_clock import moving_clock, set_ahead

pytestmark = pytest.mark.django_db(transaction=True)
A_MONTH_AND_A_DAY = 32 * 86400  # seconds


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


def test_the_caterer_answers_and_confirms_by_mail_alone(
    worker, mailbox, asked, ada, noor, postgres
):
    kitchen, match = Visitor(), asked
    for cents in (130_000, 70_000):
        make.match("completed", cents=cents)
    assert impact()[0][_("matches confirmed by both sides")] == "2"

    # The mail arrives; the link in it opens one page with one button. Opening changes nothing.
    kitchen.follow(answer_link(mailbox, ada, "accept"))
    assert Match.objects.get(pk=match.pk).supplier_agreed_at is None
    kitchen.press(first_button(kitchen))
    assert Match.objects.get(pk=match.pk).state == Match.State.INTRODUCED

    # Whom to call stands on the page that follows, and in the mail.
    assert kitchen.reads("Noor Buyer")
    assert kitchen.page.find("a", href="tel:0305557766")
    assert mails_with(mailbox, ada, noor.email)

    # It was delivered; the buyer notes the amount, and the caterer gets the question.
    matches.confirm(Match.objects.get(pk=match.pk), by=noor, cents=100_000)
    kitchen.follow(answer_link(mailbox, ada, "confirm"))
    kitchen.press(first_button(kitchen))

    done = Match.objects.get(pk=match.pk)
    assert (done.state, done.realised_cents) == (Match.State.COMPLETED, 100_000)
    assert kitchen.clicks <= 4
    assert "_auth_user_id" not in kitchen.client.session
    by_ada = Event.objects.about(done).filter(actor=ada)
    assert set(by_ada.values_list("channel", flat=True)) == {Event.Channel.MAIL}

    # It counts at once; what it was worth is not public before the month has closed.
    worth = _("confirmed amount, without VAT")
    figures, page = impact()
    assert figures[_("matches confirmed by both sides")] == "3"
    assert worth not in figures
    with moving_clock(postgres):
        set_ahead(A_MONTH_AND_A_DAY)
        assert close_months() > 0
        figures, page = impact()
        assert figures[worth] == euro_short(300_000)
        for alone in ("1.000", "1.300", "700"):
            assert not page.reads(f"€ {alone}")
