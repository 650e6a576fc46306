"""Nobody agrees, or notes an amount, beside the prices of a need; what one side notes reaches the other at once."""

from datetime import timedelta

import pytest
from django.utils import translation

from factory import clock
from factory.moves import Missing
from factory.notices.models import Notice
from market.figures.desk import desk_queues
from market.lifecycle import match as matches
from market.lifecycle import quoting
from market.models import Choice, Match
from partners.models import PurchaseLimit
from tests import make
from tests.market.test_invariants import refused, sql
from tests.staff import at_the_desk

pytestmark = pytest.mark.django_db

CHANGE = "UPDATE market_match SET {} WHERE id = %s"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def fresh(match):
    return Match.objects.get(pk=match.pk)


@pytest.fixture
def given(lunch, broodnodig):
    """Two prices, and the closing time has passed; the first is Broodnodig's."""
    make.asks_prices(lunch, closed=True)
    mine = make.quote(lunch, 560_000, broodnodig, closed=True)
    return mine, make.quote(lunch, 620_000, closed=True)


@pytest.fixture
def met(lunch, broodnodig):
    """Both said yes; no prices are asked."""
    return make.match("introduced", need=lunch, supplier=broodnodig)


def told(person, template="notices/match/agree_those_asked_if_right"):
    return Notice.objects.mail().filter(recipient=person, template=template)


@pytest.mark.parametrize("who", ["ada", "noor"])
@pytest.mark.parametrize("move", ["agree", "confirm"])
def test_after_the_closing_time_only_a_choice_agrees(given, lunch, who, move, request):
    said = {"cents": 800_000} | ({"chosen_for": "fit"} if move == "agree" else {})
    with pytest.raises(Missing, match="The buyer chooses one of them"):
        getattr(matches, move)(given[0], by=request.getfixturevalue(who), **said)
    assert {fresh(match).state for match in given} == {"introduced"}
    lunch.refresh_from_db()
    assert lunch.state == "live"


@pytest.mark.parametrize("move", ["agree", "confirm"])
def test_not_by_phone_either(given, cleo, ada, move):
    with pytest.raises(Missing, match="The buyer chooses one of them"):
        getattr(matches, move)(given[0], by=cleo, on_behalf_of=ada, cents=800_000)
    page = at_the_desk(cleo).get(f"/admin/market/match/{given[0].pk}/for/").content.decode()
    assert "De koper kiest er één" in page


def test_before_the_closing_time_no_amount_is_noted(lunch, broodnodig, ada, noor):
    make.asks_prices(lunch)
    match = make.quote(lunch, 560_000, broodnodig)
    for person in (ada, noor):
        with pytest.raises(Missing, match="Suppliers can give a price until"):
            matches.confirm(match, by=person, cents=560_000)


def test_once_chosen_the_amounts_are_noted(given, ada, noor):
    quoting.choose(given[0], by=noor, chosen_for="price", others={given[1].pk: "price"})
    for person in (ada, noor):
        matches.confirm(fresh(given[0]), by=person, cents=560_000)
    assert fresh(given[0]).state == "completed"
    assert fresh(given[1]).reason == "price"


def test_where_nobody_gave_a_price_two_agree(lunch, broodnodig, ada):
    make.asks_prices(lunch, closed=True)
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.agree(match, by=ada, cents=500_000)
    assert fresh(match).state == "agreed"


@pytest.mark.parametrize(
    "to", ["state = 'agreed', agreed_cents = 1", "state = 'disputed'",
           "state = 'completed', buyer_cents = 1, supplier_cents = 1, realised_cents = 1"],
)  # fmt: skip
def test_postgresql_refuses_an_agreement_beside_the_prices(given, to):
    refused("the buyer chooses one", CHANGE.format(to), given[0].pk)


def test_postgresql_refuses_an_agreement_while_prices_are_sealed(lunch, broodnodig):
    make.asks_prices(lunch)
    match = make.quote(lunch, 560_000, broodnodig)
    refused("the buyer chooses one", CHANGE.format("state = 'agreed'"), match.pk)


def test_postgresql_lets_what_was_chosen_be_agreed(given, noor):
    said = {"at": clock.now(), "by": noor}
    Choice.objects.create(match=given[0], chosen_for="price", **said)
    Choice.objects.create(match=given[1], text="No code", **said)
    refused(
        "without a journal entry", CHANGE.format("state = 'agreed'"), given[0].pk
    )  # no more than that
    refused("the buyer chooses one", CHANGE.format("state = 'agreed'"), given[1].pk)


def test_postgresql_waits_for_a_side_only_where_an_amount_is_agreed(met):
    refused("match_agreed_waits_for", CHANGE.format("agreed_waits_for = 'buyer'"), met.pk)
    sql(CHANGE.format("agreed_waits_for = 'buyer', agreed_cents = 5"), met.pk)
    refused("match_agreed_waits_for", CHANGE.format("agreed_waits_for = 'nobody'"), met.pk)


def test_the_page_shows_no_way_round_the_prices(client, given, noor, ada):
    for person, words in ((noor, "Choose this price"), (ada, "The buyer compares the prices")):
        client.force_login(person)
        page = client.get(f"/en/market/matches/{given[0].pk}/").content.decode()
        assert words in page
        assert "Note what we agreed" not in page
        assert "note the amount" not in page


# Without prices


def test_what_the_supplier_notes_reaches_the_buyer_at_once_and_is_right_with_a_reason(
    met, ada, noor
):
    matches.agree(met, by=ada, cents=800_000)
    mail = told(noor).get()
    assert (mail.urgency, mail.answers) == ("ask", ["agree"])
    assert mail.next_at <= clock.now() + timedelta(days=1)
    assert not told(ada).exists()
    assert fresh(met).agreed_waits_for == "buyer"
    assert "Is this what you agreed?" in desk_queues(noor)[0]["items"][0]["title"]
    with pytest.raises(Missing, match="why you take"):
        matches.agree(fresh(met), by=noor, cents=800_000)
    matches.agree(fresh(met), by=noor, cents=800_000, chosen_for="near")
    assert fresh(met).agreed_waits_for == ""
    assert Choice.objects.get(match=met).chosen_for == "near"
    assert not told(ada).exists()


def test_another_amount_goes_back_to_who_noted_first(met, ada, noor):
    matches.agree(met, by=ada, cents=800_000)
    matches.agree(fresh(met), by=noor, cents=700_000, chosen_for="price")
    assert told(ada).exists()
    assert (fresh(met).agreed_cents, fresh(met).agreed_waits_for) == (700_000, "supplier")


def test_the_page_asks_the_other_side_whether_it_is_right(client, met, ada, noor):
    matches.agree(met, by=noor, cents=800_000, chosen_for="fit")
    client.force_login(ada)
    page = client.get(f"/en/market/matches/{met.pk}/").content.decode()
    assert "noted that you agreed on €\xa08,000." in page
    client.post(f"/en/market/matches/{met.pk}/agree/", {"cents": "8000", "token": "t"})
    assert fresh(met).agreed_waits_for == ""
    page = client.get(f"/en/market/matches/{met.pk}/").content.decode()
    assert "noted that you agreed" not in page


def test_the_buyer_is_asked_for_its_reason(client, met, ada, noor):
    matches.agree(met, by=ada, cents=800_000)
    client.force_login(noor)
    page = f"/en/market/matches/{met.pk}/agree/"
    assert "If that is right, send it as it is." in client.get(page).content.decode()
    assert client.post(page, {"cents": "8000", "token": "a"}).status_code == 422
    client.post(page, {"cents": "8000", "chosen_for": "impact", "token": "b"})
    assert fresh(met).choice.chosen_for == "impact"


def test_above_the_limit_nobody_is_stopped_and_only_the_buyer_is_warned(client, met, ada, noor):
    PurchaseLimit.objects.create(
        organisation=met.buyer,
        cents=500_000,
        valid_from="2020-01-01",
        policy_url="https://l.example/",
    )
    page = f"/en/market/matches/{met.pk}/confirm/"
    client.force_login(ada)
    answer = client.post(page, {"cents": "25000", "token": "a"}, follow=True)
    assert answer.status_code == 200
    assert "limit" not in answer.content.decode()
    assert fresh(met).supplier_cents == 2_500_000
    assert "limit" not in client.get(page).content.decode()
    client.force_login(noor)
    assert "above your limit of €\xa05,000" in client.get(page).content.decode()
