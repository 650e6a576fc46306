"""What the market adds to home and the site map."""

from datetime import timedelta

import pytest
from django.utils import translation
from pytest_django.asserts import assertContains

from factory import clock
from market.counting.closing import close_months
from market.figures import home_tiles
from tests import make


def tiles():
    """The figures on the front page, by their words."""
    with translation.override("en"):
        return {words: figure for figure, words in home_tiles()}


def test_home_counts_what_is_confirmed_and_what_is_there_now(client, lunch):
    assert tiles() == {"matches confirmed by both sides": "0"}
    assertContains(client.get("/en/"), "1 need or offer now")


@pytest.mark.parametrize(("number", "shown"), [(2, False), (3, True)])
def test_home_shows_no_amount_of_fewer_than_three(cleo, number, shown):
    with clock.replay(clock.now() - timedelta(days=40)):
        for _n in range(number):
            make.match("completed")
    close_months()
    assert ("bought, and confirmed by both sides" in tiles()) == shown


def test_the_sitemap_holds_what_is_live(client, lunch, lekstede):
    gone = make.need(by=lekstede, state="withdrawn")
    text = client.get("/sitemap.xml").content.decode()
    assert lunch.get_absolute_url() in text
    assert f"/en{lunch.get_absolute_url()}" in text
    assert gone.get_absolute_url() not in text
