"""A need may hide who asks: on no page and in no mail before the introduction, then to whom it met."""

import email
from email.policy import default
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from factory.notices.letters import write
from factory.notices.models import Notice
from market.explaining import SENTENCES, VEILED, in_words
from market.hiding import gives_away, unnamed
from market.lifecycle import listing as listings
from market.lifecycle import match as matches
from market.lifecycle.suggesting import suggest_for
from market.models import Match
from partners.models import Organisation
from tests import make
from tests.shape.doors import rows

TITLE = "Cake for an opening with guests"
GIVES_AWAY = ("Lekstede", "lekstede", "Nieuwegein", "Noor Buyer", "noor.", "030 555 77 66")


@pytest.fixture
def secret(lekstede, noor):
    """Lekstede asks for cake and does not say that it is Lekstede."""
    noor.phone = "030 555 77 66"
    noor.save()
    return make.need(by=lekstede, title=TITLE, hides_name=True, value_cents=40_000)


@pytest.fixture
def asked(secret, broodnodig, ada, cleo, settings):
    """Broodnodig is asked for it, by the site and a coordinator."""
    settings.TAKE_BACK_SECONDS = 0
    make.offer(by=broodnodig, title="Cake from our bakery", reach_km=40)
    (match,) = suggest_for(secret.pk)
    matches.approve(match, by=cleo)
    return match


def browser(person=None):
    client = Client()
    if person:
        client.force_login(person)
    return client


def everywhere():
    """Every page without a thing in its address, and the board asked in the ways that might tell."""
    for name in dict.fromkeys(name for method, name, thing, _c in rows() if thing == "-"):
        yield reverse(name)
    board = reverse("market:board")
    for query in ("q=Lekstede", "q=Nieuwegein", "q=Cake", "by=municipality", "q=opening&kind=need"):
        yield f"{board}?{query}"
    yield reverse("partners:list") + "?q=Lekstede"


def of_the_need(need, match=None):
    """The pages that are about it."""
    yield need.get_absolute_url()
    yield f"{need.get_absolute_url()}report/"
    if match:
        yield match.get_absolute_url()
        yield from (f"{match.get_absolute_url()}{move}/" for move in ("accept", "decline"))


def read(client, address):
    answer = client.get(address, follow=True)
    return answer.content.decode() if "text" in answer.headers.get("Content-Type", "") else ""


def hits(text, words=GIVES_AWAY):
    return [word for word in words if word in text]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("who", ["visitor", "dan", "ada"])
def test_no_page_that_speaks_of_the_need_says_whose_it_is(secret, asked, dan, ada, who, language):
    translation.activate(language)
    client = browser({"dan": dan, "ada": ada}.get(who))
    of_it = list(of_the_need(secret, asked if who == "ada" else None))
    told = {address: hits(read(client, address)) for address in of_it}
    assert not any(told.values()), told
    for address in everywhere():
        page = read(client, address)
        for row in BeautifulSoup(page, "html.parser").find_all(["li", "p", "url"]):
            assert not (TITLE in str(row) and hits(str(row))), (address, row)
        if TITLE in page and "q=" not in address:
            assert not hits(page), address


def test_the_page_of_the_organisation_does_not_say_what_it_asks(secret, asked, dan, ada, lekstede):
    for client in (browser(), browser(dan), browser(ada)):
        page = read(client, lekstede.get_absolute_url())
        assert lekstede.name in page
        assert not hits(page, (TITLE, secret.slug))


def letters(person):
    """Every mail to somebody as they read it: subject, text and HTML."""
    for notice in Notice.objects.mail().filter(recipient=person).order_by("pk"):
        mail = email.message_from_string(write(notice)[3], policy=default)
        bodies = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
        heads = [f"{name}: {value}" for name, value in mail.items()]
        yield notice.template, "\n".join([*heads, *bodies])


def test_no_mail_before_the_introduction_says_whose_it_is(secret, asked, ada, noor, cleo):
    Match.objects.filter(pk=asked.pk).update(nudge_at=asked.created_at)
    matches.nudge(asked)
    listings.withdraw(secret, by=noor)
    found = {name: text for name, text in letters(ada) if "/match/" in name}
    assert {name.rpartition("/")[2] for name in found} == {
        "approve_suppliers", "nudge_those_who_have_not_said_yes",
        "stand_down_suppliers_who_were_asked",
    }  # fmt: skip
    assert {name: hits(text) for name, text in found.items() if hits(text)} == {}


def test_the_link_in_the_mail_does_not_say_it_either(secret, asked, ada):
    ask = next(text for name, text in letters(ada) if name.endswith("approve_suppliers"))
    links = {urlsplit(word).path for word in ask.split() if "/a/" in word}
    pages = [read(browser(), path) for path in links if path.startswith(("/a/", "/en/a/"))]
    assert len(pages) == 2
    assert [hits(page) for page in pages] == [[], []]


def test_after_the_introduction_the_one_it_met_reads_everything_and_nobody_else(
    secret, asked, ada, dan
):
    matches.accept(asked, by=ada)
    known = ("Gemeente Lekstede", "Noor Buyer", "030 555 77 66")
    assert hits(read(browser(ada), asked.get_absolute_url()), known) == list(known)
    assert "Gemeente Lekstede" in read(browser(ada), secret.get_absolute_url())
    assert hits(read(browser(dan), secret.get_absolute_url())) == []
    met = next(text for name, text in letters(ada) if name.endswith("introduce_both_sides"))
    assert "Gemeente Lekstede" in met


def test_whom_it_met_still_knows_the_name_when_it_came_to_nothing(secret, asked, ada):
    matches.accept(asked, by=ada)
    matches.decline(asked, by=ada, reason="capacity")
    assert "Gemeente Lekstede" in read(browser(ada), asked.get_absolute_url())


def test_its_own_people_and_coordinators_read_the_name(secret, noor, cleo):
    assert "Gemeente Lekstede" in read(browser(noor), secret.get_absolute_url())


def test_what_is_not_hidden_says_whose_it_is(lunch):
    """The control: the search finds the words where they are."""
    assert hits(read(browser(), lunch.get_absolute_url())) == ["Lekstede", "lekstede", "Nieuwegein"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_veiled_reasons_say_no_place_and_no_distance(language):
    place = {"name": "Nieuwegein", "km": 7, "reach": 40, "nl": "", "en": ""}
    with translation.override(language):
        for code in VEILED:
            told = "".join(
                words for words, _but in in_words([{"code": code, **place}], veiled=True)
            )
            assert hits(told, ("Nieuwegein", "7", "40")) == []
    assert set(VEILED) <= set(SENTENCES)


@pytest.mark.parametrize("kind", Organisation.Kind.values)
def test_every_kind_of_organisation_has_its_veil(db, kind):
    somebody = Organisation(kind=kind, name="Canary", province=make.region().province)
    assert "Utrecht" in unnamed(somebody)
    assert "Canary" not in unnamed(somebody)


@pytest.mark.parametrize(
    ("said", "word"),
    [("Cake for Lekstede", "Lekstede"), ("Taart in NIEUWEGEIN", "Nieuwegein"), ("Cake", "")],
)
def test_words_that_give_it_away_are_noticed(lekstede, said, word):
    assert gives_away(lekstede, said) == word


@pytest.mark.parametrize(
    ("place", "said", "word"),
    [
        ("Oss", "Lunch in Oss", "Oss"),
        ("Ede", "lunch in ede", "Ede"),
        ("Urk", "Vis van Urk", "Urk"),
        ("Epe", "Epe zoekt taart", "Epe"),
        ("Epe", "Recepten voor repen", ""),
        ("'s-Hertogenbosch", "Taart in Den Bosch", "Den Bosch"),
        ("'s-Hertogenbosch", "taart in den  bosch", "den  bosch"),
        ("'s-Gravenhage", "Lunch in The Hague", "The Hague"),
        ("Rheden", "Voer voor dieren", ""),
        ("Rheden", "Lunch in Dieren", "Dieren"),
        ("De Ronde Venen", "Voor de gasten", ""),
    ],
)
def test_a_short_name_and_what_people_call_a_place_are_noticed_too(db, place, said, word):
    region = make.region(place)
    town = Organisation(
        kind="municipality", name=f"Gemeente {place}", region=region, province=region.province
    )
    assert gives_away(town, said) == word


@pytest.mark.parametrize(
    ("name", "said", "word"), [("UWV", "Lunch bij het UWV", "UWV"), ("De Ark", "De lunch", "")]
)
def test_a_name_of_short_words_alone_is_noticed(db, name, said, word):
    region = make.region()
    body = Organisation(kind="public", name=name, region=region, province=region.province)
    assert gives_away(body, said) == word


def test_the_form_refuses_a_text_that_says_who_hides(client, noor, lekstede):
    client.force_login(noor)
    told = {"organisation": lekstede.pk, "region": lekstede.region_id, "unit": "once", "token": "a"}
    told |= {"title": "Lunch for guests", "hides_name": "on"}
    answer = client.post("/en/market/new/need/", told | {"text": "In the hall of Lekstede"})
    assert answer.status_code == 422
    assert "this says “Lekstede”" in answer.content.decode()
    assert client.post("/en/market/new/need/", told).status_code == 302


def test_a_province_cannot_hide_behind_its_province(client, cleo):
    owner = make.person()
    province = make.organisation("Provincie Overal", "province", owner=owner)
    client.force_login(owner)
    told = {"organisation": province.pk, "region": province.region_id, "unit": "once", "token": "a"}
    told |= {"title": "Lunch for guests", "hides_name": "on"}
    assert client.post("/market/new/need/", told).status_code == 422


def test_hiding_later_changes_the_address_that_may_have_said_it(lekstede, noor):
    open_need = make.need(by=lekstede, title="Lunch for Lekstede")
    assert "lekstede" in open_need.slug
    facts = {"title": "Lunch for guests", "hides_name": True}
    listings.revise(open_need, by=noor, **facts)
    open_need.refresh_from_db()
    assert open_need.slug == "lunch-for-guests"


def test_no_search_by_place_narrows_down_where_a_hidden_need_is(secret, lunch, asked):
    """Beside it stands an open need of the same town, which the same search finds."""
    client = browser()
    for query in ("place=Nieuwegein&km=0", "place=Nieuwegein&km=5", "place=Nieuwegein&sort=near"):
        page = client.get(f"/en/market/?{query}").content.decode()
        assert lunch.title in page
        rows = BeautifulSoup(page, "html.parser").select("li.item")
        hidden = [row.get_text() for row in rows if TITLE in row.get_text()]
        assert [text for text in hidden if " km" in text or "Nieuwegein" in text] == []
        assert hidden == [] or "km=0" not in query
    page = client.get("/en/market/?place=provincie+Utrecht").content.decode()
    assert TITLE in page
