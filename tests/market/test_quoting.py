"""Prices by a closing time: who asks, who gives, who reads, who chooses, and who hears why not."""

import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from factory import clock
from factory.journal.models import Event
from factory.moves import Missing, NotNow, make_due_moves
from factory.notices.models import Notice
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle import quoting
from market.models import Choice, Match, Prices, Quote, prices_of
from partners.models import PurchaseLimit
from tests import make

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
def three(lunch):
    """Three prices for the lunch, and the closing time has passed."""
    make.asks_prices(lunch, closed=True)
    return [make.quote(lunch, cents, closed=True) for cents in (900_000, 880_000, 950_000)]


def told(template, **facts):
    """The names of those who got this notice."""
    found = Notice.objects.filter(template=f"notices/{template}", channel="inbox", **facts)
    return sorted(notice.recipient.name for notice in found)


def reasons_of(match, code="price"):
    """One neutral reason for each of the others."""
    return {other.pk: code for other in quoting.others_than(match)}


# Asking


def test_above_the_limit_a_need_asks_for_prices_by_itself(limit, lekstede):
    need = make.need(by=lekstede, value_cents=500_100)
    assert prices_of(need).because == "limit"
    assert clock.now() < prices_of(need).closes_at < clock.now() + timedelta(days=14)
    assert Event.objects.about(need).filter(verb="listing.call_for_prices").exists()


@pytest.mark.parametrize(
    ("cents", "unit", "asks"), [(500_000, "once", False), (10_000, "week", True)]
)
def test_the_estimate_counts_over_a_year(limit, lekstede, cents, unit, asks):
    need = make.need(by=lekstede, value_cents=cents, unit=unit)
    assert bool(prices_of(need)) == asks


def test_without_a_limit_or_an_estimate_nothing_is_asked(lekstede, limit):
    assert prices_of(make.need(value_cents=9_000_000)) is None
    assert prices_of(make.need(by=lekstede)) is None


def test_what_is_ticked_asks_once_it_is_public(lekstede):
    assert prices_of(make.need(by=lekstede, ask_prices=True)).because == "asked"
    draft = make.need(by=lekstede, ask_prices=True, state="draft")
    assert prices_of(draft) is None
    listings.publish(draft, by=lekstede.owner)
    assert prices_of(draft).closes_at > clock.now()


def test_prices_close_before_it_is_needed_but_never_today(lekstede):
    soon = clock.today() + timedelta(days=1)
    need = make.need(by=lekstede, ask_prices=True, needed_by_date=soon)
    assert prices_of(need).closes_at > clock.now()


def test_who_was_asked_already_hears_of_the_closing_time(lunch, broodnodig, noor):
    make.match("approved", need=lunch, supplier=broodnodig)
    make.asks_prices(lunch)
    assert told("match/ask_price_suppliers") == ["Ada Owner"]


def test_only_a_need_asks_for_prices(broodnodig, ada):
    offer = make.offer(by=broodnodig)
    with pytest.raises(PermissionDenied):
        listings.moves["ask_prices"](offer, by=ada, closes_at=clock.now())


def test_the_closing_time_moves_later_until_it_has_passed(lunch, noor):
    make.asks_prices(lunch)
    later = prices_of(lunch).closes_at + timedelta(days=1)
    quoting.ask_prices(lunch, by=noor, closes_at=later)
    assert Prices.objects.get(need=lunch).closes_at == later


def test_after_the_closing_time_nothing_is_asked_any_more(lunch, noor):
    make.asks_prices(lunch, closed=True)
    with pytest.raises(Missing):
        quoting.ask_prices(lunch, by=noor, closes_at=clock.now() + timedelta(days=3))


# Giving


def test_a_price_is_a_yes(lunch, broodnodig, ada):
    make.asks_prices(lunch)
    match = make.match("approved", need=lunch, supplier=broodnodig)
    quoting.quote(match, by=ada, cents=900_000, text="With coffee")
    match.refresh_from_db()
    assert (match.state, match.quotes.get().cents) == ("introduced", 900_000)


def test_a_new_price_takes_the_place_of_the_one_before(lunch, broodnodig, ada):
    make.asks_prices(lunch)
    match = make.quote(lunch, 900_000, broodnodig)
    quoting.quote(match, by=ada, cents=870_000)
    assert match.quotes.standing().get().cents == 870_000
    assert match.quotes.count() == 2
    quoting.withdraw_quote(match, by=ada)
    assert not match.quotes.standing().exists()
    with pytest.raises(PermissionDenied):
        quoting.withdraw_quote(match, by=ada)


def test_the_journal_holds_no_price_before_it_can_be_read(lunch):
    make.asks_prices(lunch)
    match = make.quote(lunch, 912_345)
    assert "912345" not in str(list(Event.objects.about(match).values()))


def test_nobody_gives_a_price_that_was_not_asked_or_for_somebody_else(match, ada, noor, cleo):
    matches.approve(match, by=cleo)
    with pytest.raises(PermissionDenied):
        quoting.quote(match, by=ada, cents=1000)
    make.asks_prices(match.need)
    for stranger in (noor, cleo):
        with pytest.raises(PermissionDenied):
            quoting.quote(match, by=stranger, cents=1000)


def test_the_databases_clock_closes(lunch, broodnodig, ada, noor):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    quoting.ask_prices(lunch, by=noor, closes_at=clock.now() + timedelta(seconds=0.4))
    quoting.quote(match, by=ada, cents=900_000)
    time.sleep(0.5)
    for late in (quoting.quote, quoting.withdraw_quote):
        with pytest.raises(Missing, match=r"closing time|sluitingsmoment"):
            late(match, by=ada, **({"cents": 1} if late is quoting.quote else {}))
    assert match.quotes.standing().get().cents == 900_000


# Reading


def test_before_the_closing_time_only_who_gave_it_reads_a_price(lunch, broodnodig, ada, noor, cleo):
    make.asks_prices(lunch)
    make.quote(lunch, 900_000, broodnodig)
    other = make.quote(lunch, 910_000)
    seen = {p.name: Quote.objects.visible_to(p).count() for p in (ada, noor, cleo)}
    assert seen == {"Ada Owner": 1, "Noor Buyer": 0, "Cleo Coordinator": 0}
    assert Quote.objects.visible_to(other.organisation.memberships.get().person).count() == 1


def test_after_it_the_buyer_reads_all_and_a_supplier_its_own(lunch, three, noor, cleo, dan):
    rival = three[0].organisation.memberships.get().person
    seen = [Quote.objects.visible_to(p).count() for p in (noor, cleo, rival, dan)]
    assert seen == [3, 3, 1, 0]


def test_the_clock_tells_the_buyer_once(lunch, three, noor):
    make_due_moves()
    make_due_moves()
    assert told("listing/open_prices_posters") == ["Noor Buyer"]


def test_nothing_opens_early(lunch):
    make.asks_prices(lunch)
    with pytest.raises(NotNow):
        quoting.open_prices(lunch)


# Choosing


def test_the_chosen_one_is_agreed_and_each_other_hears_its_own_reason(lunch, three, noor):
    best, near, dear = three[1], three[0], three[2]
    others = {near.pk: "timing", dear.pk: "price"}
    quoting.choose(best, by=noor, chosen_for="price", text="Lowest", others=others)
    states = {m.pk: (m.state, m.reason) for m in Match.objects.filter(need=lunch)}
    assert states[best.pk] == ("agreed", "")
    assert states[near.pk] == ("declined", "timing")
    assert states[dear.pk] == ("declined", "price")
    best.refresh_from_db()
    assert (best.agreed_cents, best.choice.text) == (880_000, "Lowest")
    lunch.refresh_from_db()
    assert lunch.state == "filled"
    losers = [m.organisation.memberships.get().person.name for m in (near, dear)]
    assert told("match/pass_over_suppliers_who_were_asked") == sorted(losers)
    assert "Lowest" not in str(list(Event.objects.about(best).values()))


def test_who_gave_no_price_hears_that_somebody_else_was_chosen(lunch, three, broodnodig, noor):
    silent = make.match("approved", need=lunch, supplier=broodnodig)
    quoting.choose(three[0], by=noor, chosen_for="fit", others=reasons_of(three[0]))
    silent.refresh_from_db()
    assert (silent.state, silent.reason) == ("lapsed", "filled")


def test_if_several_are_welcome_the_others_stay(lekstede, noor):
    need = make.asks_prices(make.need(by=lekstede, several=True), closed=True)
    first, second = (make.quote(need, cents, closed=True) for cents in (1000, 2000))
    quoting.choose(first, by=noor, chosen_for="price")
    quoting.choose(second, by=noor, chosen_for="fit")
    assert set(need.matches.values_list("state", flat=True)) == {"agreed"}


def test_only_the_buyer_chooses_and_only_after_the_closing_time(lunch, broodnodig, ada, noor, cleo):
    make.asks_prices(lunch)
    match = make.quote(lunch, 900_000, broodnodig)
    for person in (noor, ada, cleo):
        with pytest.raises(PermissionDenied):
            quoting.choose(match, by=person, chosen_for="price")
    with pytest.raises(Missing):
        matches.agree(match, by=noor, cents=900_000)


def test_why_a_supplier_was_taken_without_prices_is_kept_for_the_file(lunch, broodnodig, noor):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.agree(match, by=noor, cents=1000, chosen_for="near", why="They bake.")
    assert Choice.objects.get(match=match).text == "They bake."


def test_a_mail_about_a_match_with_prices_asks_for_one(lunch, broodnodig, cleo):
    make.asks_prices(lunch)
    make.match("approved", need=lunch, supplier=broodnodig)
    asked = Notice.objects.mail().get(template="notices/match/approve_suppliers")
    assert asked.answers[0] == "quote"


# Social return


def test_either_side_notes_for_which_contract_it_counts(
    lunch, broodnodig, ada, lekstede, dan, cleo
):
    match = make.match("agreed", need=lunch, supplier=broodnodig)
    quoting.note_social_return(match, by=ada, contract="2026-17", authority=lekstede)
    quoting.note_social_return(match, by=ada, contract="2026-18", authority=lekstede)
    assert match.social_return.contract == "2026-18"
    kept = Event.objects.filter(verb="match.note_social_return").last().details
    assert (kept["was"], kept["was_of"]) == ("2026-17", lekstede.pk)
    told = Notice.objects.mail().filter(event__verb="match.note_social_return")
    buyer = match.need.contact
    assert [notice.recipient for notice in told.order_by("pk")] == [buyer, buyer, cleo]
    with pytest.raises(PermissionDenied):
        quoting.note_social_return(match, by=dan, contract="x", authority=lekstede)
