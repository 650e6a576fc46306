"""The buyer's three quotes and the note, and two amounts that are apart by the VAT: real pages, real mail."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from factory import clock
from factory.local.process import wait_until
from factory.moves import make_due_moves
from factory.notices.links import read_answer
from market.models import Listing, Match, Prices, Quote
from partners.models import PurchaseLimit
from tests import make
from tests.journeys.visitor import Visitor, first_button, links_in, mails_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def soon(settings):
    """A coordinator's mail leaves at once, so that the story does not wait."""
    settings.TAKE_BACK_SECONDS = 0


def answer_link(mailbox, person, move):
    """The first link in a mail to this person by which that move is made."""
    asked = (mail for mail in mails_with(mailbox, person, "/a/"))
    links = [link for mail in asked for link in links_in(mail) if "/a/" in link]
    return next(link for link in links if read_answer(link.split("/a/")[1].strip("/")).move == move)


def posts_above_the_limit(buyer, lekstede):
    """The buyer puts a need on the market whose estimate is above the limit."""
    buyer.open(reverse("market:post", args=["need"]))
    buyer.press(
        _("Put it on the market"),
        title="Lunch for two hundred people",
        text="With soup.",
        sector=str(make.sector().pk),
        region=str(lekstede.region_id),
        value_cents="6000",
    )
    return Listing.objects.get(title="Lunch for two hundred people")


def test_three_prices_from_the_mail_one_choice_and_a_note_for_the_file(
    soon, worker, mailbox, cleo, ada, broodnodig, noor, lekstede
):
    PurchaseLimit.objects.create(
        organisation=lekstede,
        cents=500_000,
        valid_from="2020-01-01",
        policy_url="https://l.example/",
    )
    buyer = Visitor().signs_in(noor)

    # Above the limit the need asks for prices by itself.
    need = posts_above_the_limit(buyer, lekstede)
    assert Prices.objects.get(need=need).because == "limit"

    # Three suppliers give theirs from the mail, without signing in; nobody reads them.
    make.match("approved", need=need, supplier=broodnodig)
    others = [
        make.match("approved", need=need, supplier=make.organisation(n)) for n in ("Soep", "Taart")
    ]
    people = [ada, *(match.organisation.memberships.get().person for match in others)]
    for person, price in zip(people, ("5.500", "5.900", "6.100"), strict=True):
        supplier = Visitor()
        supplier.open(answer_link(mailbox, person, "quote"))
        supplier.press(first_button(supplier), cents=price, text="With coffee")
    assert Quote.objects.standing().count() == 3
    buyer.open(reverse("market:prices", args=[need.slug]))
    assert buyer.reads(_("The prices are sealed"))
    assert not buyer.reads("5.500")


def test_the_buyer_reads_them_side_by_side_chooses_and_prints_the_note(
    soon, worker, mailbox, cleo, ada, broodnodig, noor, lekstede
):
    need = make.asks_prices(make.need(by=lekstede, title="Lunch", value_cents=600_000), closed=True)
    make.quote(need, 550_000, broodnodig, closed=True)
    rivals = [make.quote(need, cents, closed=True) for cents in (590_000, 610_000)]
    make_due_moves()
    assert mails_with(mailbox, noor, f"/market/{need.slug}/")

    buyer = Visitor().signs_in(noor)
    buyer.clicks += 1
    buyer.open(reverse("market:prices", args=[need.slug]))
    assert all(buyer.reads(amount) for amount in ("5.500", "5.900", "6.100"))
    buyer.click(_("Choose this price"))
    codes = {f"not_{match.pk}": "price" for match in rivals}
    buyer.press(_("Choose this price"), chosen_for="fit", text="Near by", **codes)
    assert buyer.clicks == 3

    # Each loser hears at once, with the reason; the winner too.
    for match in rivals:
        person = match.organisation.memberships.get().person
        assert mails_with(mailbox, person, str(Match.Reason.PRICE.label))
    assert mails_with(mailbox, ada, "5.500")

    # The note says it all, as a page and as PDF.
    buyer.open(reverse("market:note", args=[need.slug]))
    for words in ("Broodnodig", "5.500", "Near by", f"SIF-{need.pk}", rivals[0].organisation.name):
        assert buyer.reads(words), words
    paper = buyer.client.get(reverse("market:note_pdf", args=[need.slug]))
    assert b"pdfuaid:part" in paper.content


def test_what_was_chosen_falls_through_and_prices_are_asked_again(
    soon, worker, mailbox, cleo, ada, broodnodig, noor, lekstede
):
    need = make.asks_prices(make.need(by=lekstede, title="Lunch", value_cents=600_000), closed=True)
    first = make.quote(need, 550_000, broodnodig, closed=True)
    rival = make.quote(need, 590_000, closed=True)
    person = rival.organisation.memberships.get().person
    make_due_moves()

    # Chosen, called off, and put back on the market: three pages, as a buyer does it.
    buyer = Visitor().signs_in(noor)
    buyer.open(reverse("market:match_move", args=[first.pk, "choose"]))
    buyer.press(_("Choose this price"), chosen_for="price", **{f"not_{rival.pk}": "price"})
    buyer.open(reverse("market:match_move", args=[first.pk, "cancel"]))
    buyer.press(first_button(buyer), reason="capacity")
    buyer.open(reverse("market:move", args=[need.slug, "reopen"]))
    buyer.press(first_button(buyer))

    # From the page with the prices another round begins; the first stays to be read.
    buyer.open(reverse("market:prices", args=[need.slug]))
    buyer.click(_("Ask for prices again"))
    day = clock.today() + timedelta(days=7)
    again = Match.objects.filter(need=need, organisation=rival.organisation).get()
    buyer.press(_("Ask for prices again"), day=day.isoformat(), invited=str(again.pk))
    buyer.open(reverse("market:prices", args=[need.slug]))
    assert buyer.reads(_("The prices are sealed"))
    assert buyer.reads("5.500")

    # The other hears it by mail, and gives a new price from there; nobody reads it yet.
    link = next(
        url
        for mail in mails_with(mailbox, person, "/a/")
        for url in links_in(mail)
        if "/a/" in url and is_open_answer(url, need, "quote")
    )
    supplier = Visitor()
    supplier.open(link)
    supplier.press(first_button(supplier), cents="5.700", text="With coffee")
    assert Quote.objects.get(round=2).cents == 570_000
    buyer.open(reverse("market:prices", args=[need.slug]))
    assert not buyer.reads("5.700")
    buyer.open(reverse("market:note", args=[need.slug]))
    assert buyer.reads("5.500")
    assert not buyer.reads("5.700")


def is_open_answer(url, need, move):
    """Whether this link makes that move on a match of the need that still waits for an answer."""
    answer = read_answer(url.split("/a/")[1].strip("/"))
    waiting = need.matches.filter(state=Match.State.APPROVED)
    return answer.move == move and waiting.filter(pk=answer.thing).exists()


def test_amounts_that_are_apart_by_the_vat_are_asked_about_before_they_are_disputed(
    soon, worker, mailbox, cleo, ada, noor, broodnodig, lunch
):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    supplier = Visitor().signs_in(ada)
    supplier.open(reverse("market:match_move", args=[match.pk, "confirm"]))
    supplier.press(first_button(supplier), cents="1000")

    # The buyer types the amount with VAT, and is asked; it is no dispute.
    buyer = Visitor().signs_in(noor)
    buyer.open(reverse("market:match_move", args=[match.pk, "confirm"]))
    answer = buyer.client.post(buyer.at, {"cents": "1210", "token": "with-vat"})
    assert answer.status_code == 422
    assert _("The two amounts differ by exactly the VAT. Is your amount without VAT?") in (
        answer.content.decode()
    )
    match.refresh_from_db()
    assert (match.state, match.buyer_cents) == (Match.State.INTRODUCED, None)

    # Corrected, it counts, and both hear where their confirmation is.
    buyer.press(first_button(buyer), cents="1000")
    match.refresh_from_db()
    assert (match.state, match.realised_cents) == (Match.State.COMPLETED, 100_000)
    where = reverse("market:confirmation_pdf", args=[match.pk])
    assert wait_until(lambda: mails_with(mailbox, ada, where), seconds=20)
    assert b"pdfuaid:part" in supplier.client.get(where).content
