"""Prices asked again: a need that was reopened, or a round without a choice; the first round stays as it was."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from factory import clock
from factory.journal.models import Event
from factory.moves import Missing, make_due_moves
from factory.notices.letters import write
from factory.notices.models import Notice
from market.lifecycle import asking_again, quoting
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import EarlierRound, Listing, Match, NotForUs, Prices, Quote
from market.papers import note_for_the_file
from market.price_forms import AskAgainForm, QuoteForm
from tests import make

pytestmark = pytest.mark.django_db
LATER = timedelta(days=7)


@pytest.fixture
def three(lunch, broodnodig):
    """Three prices for the lunch, Broodnodig's the lowest, and the closing time has passed."""
    make.asks_prices(lunch, closed=True)
    first = make.quote(lunch, 880_000, broodnodig, closed=True)
    return [first, *(make.quote(lunch, cents, closed=True) for cents in (900_000, 950_000))]


@pytest.fixture
def fell_through(lunch, three, noor):
    """Broodnodig was chosen and the others passed over; then it was called off and the need put back."""
    best, *others = three
    quoting.choose(best, by=noor, chosen_for="price", others={m.pk: "timing" for m in others})
    best.refresh_from_db()
    matches.cancel(best, by=noor, reason="capacity")
    lunch.refresh_from_db()
    listings.reopen(lunch, by=noor)
    return three


def told(template):
    found = Notice.objects.filter(template=f"notices/{template}", channel="inbox")
    return sorted(notice.recipient.name for notice in found)


def person_of(match):
    return match.organisation.memberships.get().person


def texts(need):
    """All words of the note for the file, in one string."""
    return str(note_for_the_file(need).parts)


def test_a_second_round_has_its_own_closing_time_and_the_first_is_kept(lunch, three, noor):
    make_due_moves()
    first = Prices.objects.get(need=lunch)
    closes_at = clock.now() + LATER
    asking_again.ask_prices_again(lunch, by=noor, closes_at=closes_at)
    now = Prices.objects.get(need=lunch)
    assert (now.number, now.closes_at, now.opened_at) == (2, closes_at, None)
    kept = EarlierRound.objects.get(need=lunch)
    assert (kept.number, kept.closes_at) == (1, first.closes_at)
    assert kept.opened_at == first.opened_at is not None
    event = Event.objects.about(lunch).last()
    assert event.details == {"closes_at": closes_at.isoformat(), "round": 2}


def test_who_is_still_in_the_running_hears_that_prices_are_asked_again(lunch, three):
    make.asks_prices_again(lunch)
    assert told("match/ask_price_suppliers") == sorted(person_of(m).name for m in three)
    letter = Notice.objects.mail().filter(template="notices/match/ask_price_suppliers").first()
    assert (
        "does not count in this round" in write(letter)[2]
        or "telt in deze ronde" in write(letter)[2]
    )


def test_the_new_round_is_sealed_and_the_first_stays_readable(lunch, three, ada, noor, cleo):
    make.asks_prices_again(lunch)
    quoting.quote(Match.objects.get(pk=three[0].pk), by=ada, cents=870_000)
    for person in (noor, cleo):
        seen = Quote.objects.visible_to(person)
        assert sorted(seen.values_list("cents", flat=True)) == [880_000, 900_000, 950_000]
    mine = Quote.objects.visible_to(ada).values_list("cents", flat=True)
    assert sorted(mine) == [870_000, 880_000]


def test_a_price_of_the_first_round_is_not_chosen_in_the_second(lunch, three, noor):
    make.asks_prices_again(lunch)
    with pytest.raises(PermissionDenied):
        quoting.choose(Match.objects.get(pk=three[0].pk), by=noor, chosen_for="price")
    assert not three[0].quotes.standing().exists()
    assert three[0].quotes.get().withdrawn_at is None


def test_the_page_and_the_note_say_how_a_round_without_a_choice_ended(client, lunch, three, noor):
    make.asks_prices_again(lunch)
    client.force_login(noor)
    page = client.get(f"/en/market/{lunch.slug}/prices/").content.decode()
    assert page.count("nobody was chosen in this round") == 3
    with translation.override("en"):
        assert texts(Listing.objects.get(pk=lunch.pk)).count("nobody was chosen in this round") == 3


def test_a_round_that_closed_says_the_same_after_what_comes_later(client, lunch, three, noor):
    make.asks_prices_again(lunch)
    for match in three:
        matches.decline(Match.objects.get(pk=match.pk), by=person_of(match), reason="capacity")
    client.force_login(noor)
    page = client.get(f"/en/market/{lunch.slug}/prices/").content.decode()
    assert page.count("nobody was chosen in this round") == 3
    with translation.override("en"):
        assert texts(Listing.objects.get(pk=lunch.pk)).count("nobody was chosen in this round") == 3


def test_the_page_says_who_was_chosen_in_a_round_and_called_off(client, lunch, fell_through, noor):
    make.asks_prices_again(lunch, invited=fell_through[1:])
    client.force_login(noor)
    page = client.get(f"/en/market/{lunch.slug}/prices/").content.decode()
    assert page.count("chosen, then called off: no room at the moment") == 1
    assert page.count("not chosen: the date does not work") == 2


def test_no_other_amount_is_agreed_meanwhile(lunch, three, noor):
    make.asks_prices_again(lunch)
    with pytest.raises(Missing):
        matches.agree(Match.objects.get(pk=three[0].pk), by=noor, cents=5)


def test_what_fell_through_is_asked_again_of_those_who_gave_a_price(fell_through, lunch, noor, ada):
    _best, *others = fell_through
    form = AskAgainForm(thing=lunch, by=noor)
    names = [name for _pk, name in form.fields["invited"].choices]
    assert names == [m.organisation.name for m in fell_through]
    assert form.fields["invited"].initial == [m.pk for m in others]
    make.asks_prices_again(lunch, invited=Match.objects.filter(pk__in=[m.pk for m in others]))
    asked = Match.objects.filter(need=lunch, state="approved")
    assert {m.organisation_id for m in asked} == {m.organisation_id for m in others}
    assert told("match/ask_again_suppliers") == sorted(person_of(m).name for m in others)
    mail = Notice.objects.mail().filter(template="notices/match/ask_again_suppliers").first()
    assert mail.answers[0] == "quote"
    event = Event.objects.about(asked[0]).last()
    assert (event.verb, event.on_behalf_of) == ("match.ask_again", noor)


def test_one_of_those_gives_a_price_anew_and_is_chosen(fell_through, lunch, noor):
    other = fell_through[1]
    make.asks_prices_again(lunch, invited=[other])
    again = Match.objects.get(need=lunch, state="approved")
    quoting.quote(again, by=person_of(again), cents=890_000)
    again.refresh_from_db()
    assert (again.state, again.quotes.get().round) == ("introduced", 2)
    mail = Notice.objects.mail().filter(template="notices/match/introduce_both_sides").last()
    assert "Cleo Coordinator" in write(mail)[2]  # who vouched for the two in the first round


def test_who_said_no_itself_or_refused_the_need_is_not_put_forward(lunch, three, noor, ada):
    first, second, third = three
    matches.decline(first, by=ada, reason="capacity")
    matches.decline(second, by=noor, reason="price")
    matches.decline(third, by=noor, reason="price")
    NotForUs.objects.create(organisation=third.organisation, listing=lunch, reason="price")
    choices = AskAgainForm(thing=lunch, by=noor).fields["invited"].choices
    assert [pk for pk, _name in choices] == [second.pk]


def test_a_form_cannot_invite_anybody_else(fell_through, lunch, noor):
    stranger = make.match("approved")
    day = (clock.today() + LATER).isoformat()
    data = {"day": day, "invited": [stranger.pk]}
    assert "invited" in AskAgainForm(data, thing=lunch, by=noor).errors
    data["invited"] = [fell_through[1].pk]
    assert AskAgainForm(data, thing=lunch, by=noor).is_valid()


def test_nothing_is_asked_again_while_a_round_is_open(lunch, noor):
    for need in (lunch, make.asks_prices(lunch)):
        with pytest.raises(PermissionDenied):
            asking_again.ask_prices_again(need, by=noor, closes_at=clock.now() + LATER)


def test_nor_while_the_one_that_was_chosen_stands(lunch, three, noor):
    quoting.choose(three[0], by=noor, chosen_for="fit", others={m.pk: "price" for m in three[1:]})
    lunch.refresh_from_db()
    listings.reopen(lunch, by=noor)
    with pytest.raises(Missing):
        make.asks_prices_again(lunch)


def test_only_the_buyer_asks_again(lunch, three, ada, cleo, dan):
    for person in (ada, cleo, dan):
        with pytest.raises(PermissionDenied):
            asking_again.ask_prices_again(lunch, by=person, closes_at=clock.now() + LATER)


def test_two_rounds_that_are_asked_at_the_same_time_are_one(lunch, three, noor):
    make.asks_prices_again(lunch)
    with pytest.raises(PermissionDenied):
        make.asks_prices_again(lunch)
    assert Prices.objects.get(need=lunch).number == 2


def test_the_clock_opens_the_second_round_too(lunch, three, noor):
    make_due_moves()
    make.asks_prices_again(lunch)
    asked = Prices.objects.get(need=lunch)
    assert not quoting.to_open(clock.now()).exists()
    assert quoting.to_open(asked.closes_at + timedelta(minutes=1)).get() == lunch


def test_a_supplier_begins_from_the_price_it_gave_before(lunch, three, ada):
    make.asks_prices_again(lunch)
    match = Match.objects.get(pk=three[0].pk)
    assert QuoteForm(thing=match, by=ada).initial["cents"] == 880_000


def test_the_note_keeps_the_first_round_as_it_was(fell_through, lunch, noor):
    _best, other, _third = fell_through
    make.asks_prices_again(lunch, invited=[other])
    again = Match.objects.get(need=lunch, state="approved")
    quoting.quote(again, by=person_of(again), cents=777_700)
    lunch = Listing.objects.get(pk=lunch.pk)
    with translation.override("en"):
        said = texts(lunch)
    first, second = said[said.index("Prices, round 1") :].split("Prices, round 2")
    assert all(price in first for price in ("8,800", "9,000", "9,500"))
    assert "chosen, then called off: no room at the moment" in first
    assert first.count("not chosen: the date does not work") == 2
    assert "Sealed until the closing time" in second
    assert "7,777" not in said
    assert "Chosen before, and called off" in second


def test_the_note_counts_who_was_put_aside_and_names_nobody(lunch, cleo):
    kept, gone = make.match("suggested", need=lunch), make.match("suggested", need=lunch)
    matches.dismiss(gone, by=cleo, reason="distance")
    said = texts(lunch)
    assert kept.organisation.name in said
    assert gone.organisation.name not in said
    assert "1 more was suggested" in said or "Nog 1" in said
