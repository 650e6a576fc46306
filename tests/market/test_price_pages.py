"""Pages and papers about prices: who reads them, what they hold, and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factory import clock
from market.lifecycle import match as matches
from market.lifecycle import quoting
from market.models import Match, Quote
from market.papers import confirmation
from partners.models import PurchaseLimit
from tests import make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def limit(lekstede):
    """Lekstede may order up to 5.000 euros from one supplier."""
    return PurchaseLimit.objects.create(
        organisation=lekstede,
        cents=500_000,
        valid_from="2020-01-01",
        policy_url="https://lek.example/p",
    )


@pytest.fixture
def opened(lunch, broodnodig):
    """Three prices, Broodnodig's the lowest, and the closing time has passed."""
    make.asks_prices(lunch, closed=True)
    first = make.quote(lunch, 880_000, broodnodig, closed=True, text="With coffee")
    return [first, *(make.quote(lunch, cents, closed=True) for cents in (900_000, 950_000))]


def read(client, person, address):
    """A page as this person reads it, in English."""
    sign_in(client, person)
    return client.get(f"/en{address}")


def press(client, match, move, person, **facts):
    """One press on a button of a match."""
    sign_in(client, person)
    url = f"/en/market/matches/{match.pk}/{move}/"
    return client.post(url, {"token": next(make.number)} | facts)


def prices(need):
    return f"/market/{need.slug}/prices/"


def note(need, ending="/"):
    return f"/market/{need.slug}/file-note{ending}"


def pdf_text(answer):
    """The bytes of a PDF, held to be one."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert b"pdfuaid:part" in answer.content
    return answer.content


# Side by side


def test_the_page_is_for_the_buyer_and_the_coordinators(
    client, opened, lunch, noor, cleo, ada, dan
):
    found = {p.name: read(client, p, prices(lunch)).status_code for p in (noor, cleo, ada, dan)}
    assert list(found.values()) == [200, 200, 403, 403]
    client.logout()
    assert client.get(prices(lunch)).status_code == 302


def test_while_sealed_it_says_until_when_and_no_price(client, lunch, broodnodig, noor, cleo):
    make.asks_prices(lunch)
    match = make.quote(lunch, 912_300, broodnodig)
    pages = [
        prices(lunch),
        note(lunch),
        match.get_absolute_url().removeprefix("/nl"),
        lunch.get_absolute_url(),
    ]
    for person in (noor, cleo):
        for page in pages:
            text = read(client, person, page).content.decode()
            assert "9,123" not in text, page
    assert "The prices are sealed" in read(client, noor, prices(lunch)).content.decode()


def test_once_open_it_shows_every_price_the_lowest_first(client, opened, lunch, noor, limit):
    text = read(client, noor, prices(lunch)).content.decode()
    sums = [text.index(amount) for amount in ("€\xa08,800", "€\xa09,000", "€\xa09,500")]
    assert sums == sorted(sums)
    assert "With coffee" in text
    assert (
        "This year Gemeente Lekstede bought for €\xa00 from Broodnodig. Your limit is €\xa05,000."
        in text
    )
    assert "above your limit of €\xa05,000" in text
    assert text.count("Choose this price") == 3


def test_a_need_that_asks_no_prices_has_no_such_page(client, lunch, noor):
    assert read(client, noor, prices(lunch)).status_code == 404


@pytest.mark.parametrize("page", [prices, note])
def test_the_pages_cost_the_same_at_any_number(client, page, noor, lekstede):
    cost = []
    for number in (1, 3, 50):
        need = make.asks_prices(make.need(by=lekstede), closed=True)
        for n in range(number):
            make.quote(need, 1000 + n, closed=True)
        sign_in(client, noor)
        with CaptureQueriesContext(
            connection,
        ) as spent:
            assert client.get(page(need)).status_code == 200
        cost.append(len(spent))
    assert cost[0] == cost[1] == cost[2]
    assert cost[2] <= 20


# Choosing


def test_the_buyer_chooses_with_a_reason_for_each_other(client, opened, lunch, noor):
    best, *others = opened
    page = read(client, noor, f"/market/matches/{best.pk}/choose/").content.decode()
    assert all(f"Why not {m.organisation.name}?" in page for m in others)
    assert "this may become public" in page
    answer = press(client, best, "choose", noor, chosen_for="fit", text="Near")
    assert answer.status_code == 422
    assert "Near" in answer.content.decode()
    codes = {f"not_{m.pk}": "price" for m in others}
    assert press(client, best, "choose", noor, chosen_for="fit", **codes).status_code == 302
    assert set(lunch.matches.values_list("state", flat=True)) == {"agreed", "declined"}
    text = read(client, noor, prices(lunch)).content.decode()
    assert text.count("Not chosen:") == 2


def test_a_rival_never_reads_the_price_that_won(client, opened, lunch, noor):
    best, rival = opened[:2]
    quoting.choose(best, by=noor, chosen_for="fit", others={m.pk: "price" for m in opened[1:]})
    person = rival.organisation.memberships.get().person
    text = read(client, person, f"/market/matches/{rival.pk}/").content.decode()
    assert "8,800" not in text
    assert "Broodnodig" not in text


def test_a_late_price_is_refused_and_nothing_typed_is_lost(client, opened, ada):
    answer = press(client, opened[0], "quote", ada, cents="8.500", text="All that bread")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "All that bread" in text
    assert "The closing time has passed" in text


@pytest.mark.parametrize("cents", ["", "-5", "0", "abc", "1e9", "99999999999"])
def test_a_wrong_price_says_what_is_right(client, lunch, broodnodig, ada, cents):
    make.asks_prices(lunch)
    match = make.match("approved", need=lunch, supplier=broodnodig)
    assert press(client, match, "quote", ada, cents=cents, text="x").status_code == 422
    assert not Quote.objects.exists()


def test_the_limit_warns_and_stops_nobody(client, lunch, broodnodig, noor, limit):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    make.match(
        "completed", need=make.need(by=lunch.organisation), supplier=broodnodig, cents=450_000
    )
    page = read(client, noor, f"/market/matches/{match.pk}/agree/").content.decode()
    assert "€\xa04,500 from Broodnodig. Your limit is €\xa05,000" in page
    assert press(client, match, "agree", noor, cents="6000", chosen_for="fit").status_code == 302
    page = read(client, noor, f"/market/matches/{match.pk}/").content.decode()
    assert "€\xa010,500 from Broodnodig. Your limit is €\xa05,000" in page
    assert "That is above your limit." in page


def test_the_supplier_does_not_read_the_buyers_limit(client, lunch, broodnodig, ada, limit):
    match = make.match("agreed", need=lunch, supplier=broodnodig)
    for page in ("", "agree/"):
        text = read(client, ada, f"/market/matches/{match.pk}/{page}").content.decode()
        assert "Your limit is" not in text


# The note


def test_the_note_says_who_was_asked_what_they_answered_and_why_this_one(
    client, opened, lunch, noor, limit
):
    silent = make.match("approved", need=lunch)
    best = opened[0]
    quoting.choose(
        best,
        by=noor,
        chosen_for="fit",
        text="<b>Near</b>",
        others={m.pk: "timing" for m in opened[1:]},
    )
    text = read(client, noor, note(lunch)).content.decode()
    for words in (
        f"SIF-{lunch.pk}",
        "€\xa09,600, once",
        "€\xa05,000",
        "https://lek.example/p",
        "gave a price, ",
        "not chosen: the date does not work",
        "it fits best what is asked",
        "&lt;b&gt;Near&lt;/b&gt;",
        silent.organisation.name,
        "This year Gemeente Lekstede bought for €\xa08,800 from Broodnodig. Your limit is €\xa05,000.",
        "may become public",
    ):
        assert words in text, words
    assert b"/Lang(en)" in pdf_text(read(client, noor, note(lunch, ".pdf")))


def test_the_note_of_a_need_without_anybody_still_stands(client, lunch, noor):
    text = read(client, noor, note(lunch)).content.decode()
    assert "Nobody has been suggested yet." in text
    assert "Nobody has been chosen yet." in text
    pdf_text(read(client, noor, note(lunch, ".pdf")))


def test_the_note_holds_nothing_a_coordinator_put_aside(client, lunch, noor):
    aside = make.match("dismissed", need=lunch)
    assert aside.organisation.name not in read(client, noor, note(lunch)).content.decode()


@pytest.mark.parametrize("ending", ["/", ".pdf"])
def test_the_note_is_for_the_buyer_and_the_coordinators(
    client, lunch, noor, cleo, ada, dan, ending
):
    found = [read(client, p, note(lunch, ending)).status_code for p in (noor, cleo, ada, dan)]
    assert found == [200, 200, 403, 403]


# The confirmation


def test_both_sides_get_a_confirmation_that_says_who_is_awaited(
    client, lunch, broodnodig, ada, noor
):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    address = f"/market/matches/{match.pk}/confirmation.pdf"
    assert read(client, noor, address).status_code == 404
    matches.confirm(match, by=ada, cents=100_000)
    pdf_text(read(client, noor, address))
    matches.confirm(match, by=noor, cents=100_000)
    assert Match.objects.get(pk=match.pk).state == "completed"
    pdf_text(read(client, ada, address))


def test_nobody_else_gets_it(client, lunch, broodnodig, dan):
    match = make.match("completed", need=lunch, supplier=broodnodig)
    assert read(client, dan, f"/market/matches/{match.pk}/confirmation.pdf").status_code == 404


def test_an_invoice_is_claimed_once_and_the_form_says_so(client, lunch, lekstede, broodnodig, ada):
    first = make.match("agreed", need=lunch, supplier=broodnodig)
    facts = {"contract": "A", "authority": str(lekstede.pk), "invoice": "F-12"}
    assert press(client, first, "note_social_return", ada, **facts).status_code == 302
    second = make.match("agreed", supplier=broodnodig)
    answer = press(client, second, "note_social_return", ada, **facts | {"invoice": "f-12"})
    assert answer.status_code == 422
    assert "already counted" in answer.content.decode()


def test_a_closing_day_is_asked_in_words(client, lunch, noor):
    sign_in(client, noor)
    day = clock.today() + timedelta(days=4)
    address = f"/en/market/{lunch.slug}/ask_prices/"
    assert client.post(address, {"day": "yesterday", "token": "a"}).status_code == 422
    assert client.post(address, {"day": str(day), "token": "b"}).status_code == 302
    earlier = client.post(address, {"day": str(day - timedelta(days=2)), "token": "c"})
    assert "Suppliers were told a later day" in earlier.content.decode()


def test_the_confirmation_names_what_the_supplier_could_show_that_day(client, lunch, broodnodig):
    make.credential(by=broodnodig, proof="pso", level="2")
    match = make.match("completed", need=lunch, supplier=broodnodig)
    said = str(confirmation(match).said()["parts"])
    assert "PSO, " in said
    assert "geen die de Factory" not in said


def test_the_buyers_desk_says_once_that_the_prices_are_in(client, opened, lunch, noor):
    text = read(client, noor, "/desk/").content.decode()
    assert text.count("The prices are in: Lunch for sixty people") == 1
    assert f"/en/market/{lunch.slug}/prices/" in text
