"""What is said under a match: "talking" and "being delivered" follow from what happened; nobody clicks them."""

from datetime import timedelta

import pytest
from django.utils import translation

from factory import clock
from market.lifecycle import match as matches
from market.models import Listing, Match, Message
from market.standing import standing
from tests import make
from tests.market.test_views_queries import queries

pytestmark = pytest.mark.django_db

# seat, what happened, days until it is needed | what is said
TABLE = """
buyer       introduced                      -    | Introduced; you have each other’s names and numbers
supplier    introduced                      3    | Introduced; you have each other’s names and numbers
buyer       introduced wrote                -    | Talking; the last message is of TODAY
supplier    introduced wrote                -2   | Talking; the last message is of TODAY
coordinator introduced wrote                -    | Talking; the last message is of TODAY
buyer       introduced wrote supplier-noted -    | Introduced; an amount waits for you
supplier    introduced wrote supplier-noted -    | You noted the amount; Gemeente Lekstede has not yet
coordinator introduced wrote supplier-noted -    | Talking; the last message is of TODAY
buyer       agreed                          -    | Agreed on € 9,600
buyer       agreed                          8    | Agreed on € 9,600
supplier    agreed wrote                    8    | Agreed on € 9,600
buyer       agreed                          7    | Being delivered, needed on DAY; agreed on € 9,600
supplier    agreed                          0    | Being delivered, needed on DAY; agreed on € 9,600
coordinator agreed                          -30  | Being delivered, needed on DAY; agreed on € 9,600
coordinator agreed supplier-noted           -    | Being delivered; agreed on € 9,600
coordinator agreed supplier-noted           30   | Being delivered, needed on DAY; agreed on € 9,600
buyer       agreed supplier-noted           30   | Delivered, says Broodnodig; an amount waits for you
supplier    agreed supplier-noted           3    | You noted the amount; Gemeente Lekstede has not yet
supplier    said                            -1   | Agreed on € 9,600, says Gemeente Lekstede; is that right?
coordinator said                            -1   | Agreed on € 9,600; Broodnodig has not said yet that it is right
buyer       completed wrote                 -1   | Delivered, € 9,600 confirmed by both
buyer       disputed wrote                  -1   | The two amounts differ, so neither counts yet
"""
ROWS = [(*(part.strip() for part in row.split("|")),) for row in TABLE.strip().splitlines()]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def brought(lunch, broodnodig, noor, ada, events):
    """A match to which this happened."""
    state, *then = events
    start = "agreed" if state == "said" else state
    match = make.match(start, need=lunch, supplier=broodnodig, cents=960_000)
    if state == "agreed":
        matches.agree(match, by=ada, cents=960_000)
    for event in then:
        if event == "wrote":
            matches.write(match, by=noor, text="When do you come?")
        if event == "supplier-noted":
            matches.confirm(match, by=ada, cents=960_000)
    return match


@pytest.mark.parametrize(("case", "expected"), ROWS)
def test_what_is_said_follows_from_what_happened(case, expected, lunch, broodnodig, noor, ada):
    seat, *events, days = case.split()
    match = brought(lunch, broodnodig, noor, ada, events)
    day = None if days == "-" else clock.today() + timedelta(days=int(days))
    Listing.objects.filter(pk=lunch.pk).update(needed_by_date=day)
    known = Match.objects.with_parties().annotate(wrote_at=Message.objects.last_at())
    _glyph, words = standing(known.get(pk=match.pk), seat)
    for name, value in (("TODAY", clock.today()), ("DAY", day)):
        expected = expected.replace(name, spelt(value))
    assert words.replace("\xa0", " ") == expected


def spelt(day):
    """A day as pages say it in English."""
    if day is None:
        return ""
    year = "" if day.year == clock.today().year else f" {day.year}"
    return f"{day.day} {day:%B}{year}"


def test_the_last_message_counts(lunch, broodnodig, noor, ada):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.write(match, by=noor, text="When do you come?")
    matches.write(match, by=ada, text="At noon.")
    known = Match.objects.annotate(wrote_at=Message.objects.last_at()).get(pk=match.pk)
    assert known.wrote_at == match.messages.last().at


def test_the_desk_and_the_page_of_a_need_cost_the_same_for_one_talk_and_for_six(
    client, noor, lekstede
):
    need = make.need(by=lekstede)
    client.force_login(noor)
    costs = set()
    for size in (1, 6):
        while need.matches.count() < size:
            matches.write(make.match("introduced", need=need), by=noor, text="When?")
        for address in ("/desk/", need.get_absolute_url()):
            costs.add((address, queries(client, address)))
    assert len(costs) == 2


@pytest.mark.parametrize("address", ["/en/desk/", "/en/market/matches/{match.pk}/", "{url}"])
def test_each_page_says_that_they_talk(client, lunch, broodnodig, noor, address):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    matches.write(match, by=noor, text="When do you come?")
    client.force_login(noor)
    page = client.get(address.format(match=match, url=lunch.get_absolute_url()))
    assert "Talking; the last message is of" in page.content.decode()
