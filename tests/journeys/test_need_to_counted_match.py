"""The main story, from a need to a value on the impact page: real pages, real worker, real mail.

Everybody begins where signing in leaves them, or with a mail, and follows links from there; each counts.
"""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from factory.journal.models import Event
from factory.local.process import wait_until
from factory.notices.links import read_answer
from factory.notices.models import Notice
from factory.templatetags.words import euro
from market.models import Listing, Match
from tests import make
from tests.journeys.visitor import Visitor, first_button, impact, links_in, mails_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def soon(settings):
    """A coordinator's mail leaves at once, so that the story does not wait."""
    settings.TAKE_BACK_SECONDS = 0


def answer_link(mailbox, person, move, words="/a/"):
    """The first link, in a mail to this person that says these words, by which that move is made."""
    found = []

    def look():
        asked = mails_with(mailbox, person, words)
        links = [link for mail in asked for link in links_in(mail) if "/a/" in link]
        found[:] = [link for link in links if moves_by(link) == move]
        return found

    assert wait_until(look, seconds=30), f"no mail to {person} asks for {move}"
    return found[0]


def moves_by(link):
    """The move that a link from a mail makes."""
    return read_answer(link.split("/a/")[1].strip("/")).move


def test_a_thousand_euro_order_from_need_to_figure(
    soon, worker, mailbox, cleo, ada, broodnodig, noor, lekstede
):
    buyer, coordinator, supplier = Visitor(), Visitor(), Visitor()
    counted = _("matches confirmed by both sides")
    assert impact()[0][counted] == "0"
    make.offer(
        by=broodnodig, title="Lunch and catering from our bakery", region=make.region("Utrecht")
    )

    # The buyer posts the need from the desk.
    buyer.signs_in(noor).open(reverse("desk")).click(_("Post a need"))
    buyer.press(
        _("Put it on the market"),
        title="Lunch for forty people",
        text="Soup and bread for a meeting.",
        sector=str(make.sector().pk),
        region=str(lekstede.region_id),
        value_cents="1000",
    )
    need = Listing.objects.get(title="Lunch for forty people")
    assert need.state == Listing.State.LIVE

    # The site suggests; the coordinator opens the shortlist and approves what is ticked.
    mailbox_match = wait_for_suggestion(need)
    coordinator.signs_in(cleo, second_factor="totp").open(reverse("admin:index"))
    coordinator.click(need.title)
    assert coordinator.at.endswith(reverse("admin:market_listing_shortlist", args=[need.pk]))
    assert coordinator.reads("Broodnodig"), coordinator.page.get_text(" ", strip=True)[:1500]
    coordinator.press(_("Approve what is ticked"))
    match = Match.objects.get(pk=mailbox_match.pk)
    assert match.state == Match.State.APPROVED
    assert coordinator.clicks <= 2

    # Celery sends a real mail; opening it changes nothing, one button says yes, without signing in.
    supplier.follow(answer_link(mailbox, ada, "accept"))
    match.refresh_from_db()
    assert match.supplier_agreed_at is None
    supplier.press(first_button(supplier))
    match.refresh_from_db()
    assert match.state == Match.State.INTRODUCED
    assert Event.objects.filter(verb="match.accept").get().channel == Event.Channel.MAIL

    # Both have each other's contacts.
    assert mails_with(mailbox, ada, noor.email)
    assert mails_with(mailbox, noor, ada.email)

    # Both confirm the value: the supplier from the mail of the introduction, the buyer from the question.
    supplier.follow(answer_link(mailbox, ada, "confirm"))
    supplier.press(first_button(supplier), cents="1000")
    buyer.follow(answer_link(mailbox, noor, "confirm", words=euro(100_000)))
    buyer.press(first_button(buyer))
    match.refresh_from_db()
    assert (match.state, match.realised_cents) == (Match.State.COMPLETED, 100_000)
    noted = Event.objects.about(match).filter(verb="match.confirm")
    assert {event.channel for event in noted} == {Event.Channel.MAIL}
    assert buyer.clicks <= 4
    assert supplier.clicks <= 4
    # All of it by links in mails: the supplier signed in nowhere.
    assert "_auth_user_id" not in supplier.client.session

    # It is counted, and the need is filled.
    need.refresh_from_db()
    assert need.state == Listing.State.FILLED
    figures, page = impact()
    assert figures[counted] == "1"
    # What one order was worth the public never reads; a coordinator reads it to the cent.
    assert not page.reads("1.000")
    coordinator.open(reverse("impact")).click(_("Exact figures, for coordinators"))
    realised = coordinator.page.find("table").tfoot.find_all("td")[-2:]
    assert [cell.get_text() for cell in realised] == [euro(100_000), "1"]
    assert not Notice.objects.mail().filter(status=Notice.Status.FAILED).exists()


def wait_for_suggestion(need, seconds=30):
    """The suggestion that the worker makes for a need that has just gone live."""
    assert wait_until(lambda: need.matches.exists(), seconds=seconds), "nothing was suggested"
    return need.matches.order_by("rank").first()
