"""Words of which nobody said in which language they are are marked with the one they show, on a page in another."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from factory.notices.letters import write
from factory.notices.models import Notice
from factory.templatetags.words import lang_of
from market.keeping import doing
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.models import SavedItem
from tests import make

pytestmark = pytest.mark.django_db

DUTCH = "Wij brengen de soep om twaalf uur, want dan komen de gasten."
ENGLISH = "We bring the soup at noon, because that is when the guests come."


def element(client, person, address, words):
    """The innermost element on a page that holds these words."""
    client.force_login(person)
    page = BeautifulSoup(client.get(address).content, "html5lib")
    return page.find(string=lambda text: words in text).parent


@pytest.mark.parametrize(
    ("page", "text", "expected"),
    [
        ("nl", DUTCH, ""),
        ("nl", ENGLISH, ' lang="en"'),
        ("en", ENGLISH, ""),
        ("en", DUTCH, ' lang="nl"'),
        ("en", "12:00!", ""),
        ("nl", "OK", ""),
        ("nl", "", ""),
        ("nl", None, ""),
    ],
)
def test_a_text_that_tells_its_language_is_marked_on_a_page_in_another(page, text, expected):
    with translation.override(page):
        assert lang_of(text) == expected


@pytest.mark.parametrize(("page", "words"), [("", ENGLISH), ("/en", DUTCH)])
def test_a_message_on_the_page_of_a_match(client, lunch, broodnodig, ada, noor, page, words):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    for text in (ENGLISH, DUTCH):
        matches.write(match, by=noor, text=text)
    at = f"{page}/market/matches/{match.pk}/"
    assert element(client, ada, at, words).get("lang") == ("nl" if page else "en")
    other = ENGLISH if words == DUTCH else DUTCH
    assert element(client, ada, at, other).get("lang") is None


def test_the_reason_why_a_listing_is_off_the_market_on_its_page_and_in_the_mail(
    client, lunch, noor, cleo
):
    listings.take_down(lunch, by=cleo, because=ENGLISH)
    assert element(client, noor, lunch.get_absolute_url(), ENGLISH)["lang"] == "en"
    told = Notice.objects.mail().get(template="notices/listing/take_down_posters")
    told.language = "nl"
    html = write(told)[3].replace("=\r\n", "").replace("=\n", "").replace("=3D", "=")
    quoted = BeautifulSoup(html[html.index("<!doctype") :], "html5lib")
    assert quoted.find("td", string=lambda text: text and "soup at noon" in text)["lang"] == "en"


def test_a_note_on_a_saved_list(client, lunch, ada, broodnodig):
    kept = doing.first_list(ada)
    doing.keep(lunch, kept, by=ada)
    SavedItem.objects.update(note=ENGLISH)
    assert element(client, ada, kept.get_absolute_url(), ENGLISH)["lang"] == "en"
