"""The introduction: both sides' contacts, what stands on an order, the date and the coordinator."""

import pytest

from factory.notices.letters import write
from factory.notices.models import Notice
from market.lifecycle import match as matches
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def met(lunch, lekstede, broodnodig, noor, ada, cleo):
    """Lekstede and Broodnodig, introduced by Cleo."""
    type(noor).objects.filter(pk=noor.pk).update(phone="030 234 56 78", job="Facility manager")
    type(ada).objects.filter(pk=ada.pk).update(phone="06 12 34 56 78")
    facts = {"legal_name": "Gemeente Lekstede", "kvk": "12345678", "street": "Markt 1"}
    facts |= {"postcode": "3431 AA", "town": "Nieuwegein"}
    type(lekstede).objects.filter(pk=lekstede.pk).update(**facts)
    match = make.match("approved", need=lunch, supplier=broodnodig)
    matches.accept(match, by=ada)
    return match


def letter(person):
    """Subject, text and bytes of the mail that introduces this person."""
    found = Notice.objects.mail().get(
        template="notices/match/introduce_both_sides", recipient=person
    )
    _id, subject, text, raw = write(found)
    return subject, text, raw


WORDS = [
    "Facility manager", "030 234 56 78", "https://wa.me/31612345678", "12345678",
    "Markt 1, 3431 AA Nieuwegein", "SIF-", "Cleo Coordinator",
]  # fmt: skip


def test_each_side_gets_the_contacts_and_the_ordering_data_of_both(met, noor, ada):
    for person in (noor, ada):
        _subject, text, _raw = letter(person)
        for words in (*WORDS, noor.email, ada.email):
            assert words in text, words


def test_who_has_another_address_for_invoices_says_so_once(client, met, lekstede, ada):
    type(lekstede).objects.filter(pk=lekstede.pk).update(invoices="facturen@lekstede.example")
    client.force_login(ada)
    page = client.get(f"/en/market/matches/{met.pk}/").content.decode()
    assert "facturen@lekstede.example" in page
    assert "Markt 1, 3431 AA Nieuwegein" not in page


def test_in_html_the_numbers_are_links(met, noor):
    _subject, _text, raw = letter(noor)
    raw = raw.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=")
    assert 'href="tel:0612345678"' in raw
    assert 'href="https://wa.me/31612345678"' in raw
    assert f'href="mailto:{noor.email}"' in raw


def test_typed_words_stay_words_in_the_mail(lunch, broodnodig, lekstede, ada, noor, cleo):
    type(lekstede).objects.filter(pk=lekstede.pk).update(street="<b>Markt</b> & 1")
    match = make.match("approved", need=lunch, supplier=broodnodig)
    matches.accept(match, by=ada)
    raw = letter(noor)[2].replace("=\r\n", "").replace("=\n", "").replace("=3D", "=")
    assert "&lt;b&gt;Markt&lt;/b&gt; &amp; 1" in raw


def test_the_page_of_the_match_says_the_same_once_they_met(client, met, noor):
    client.force_login(noor)
    page = client.get(f"/en/market/matches/{met.pk}/").content.decode()
    for words in ("https://wa.me/31612345678", "Markt 1, 3431 AA Nieuwegein", f"SIF-{met.need_id}"):
        assert words in page


def test_before_that_nobody_reads_them(client, lunch, broodnodig, ada, noor):
    match = make.match("approved", need=lunch, supplier=broodnodig)
    client.force_login(ada)
    page = client.get(f"/en/market/matches/{match.pk}/").content.decode()
    assert "For the order and the invoice" not in page
    assert noor.email not in page


def test_while_prices_are_asked_no_amount_is_to_be_noted(noor, ada, broodnodig, lunch):
    priced = make.quote(make.asks_prices(lunch), 900_000, supplier=broodnodig)
    assert priced.state == "introduced"
    for person in (noor, ada):
        assert "/a/" not in letter(person)[1]
        assert "Tot dan is er niets afgesproken" in " ".join(letter(person)[1].split())
