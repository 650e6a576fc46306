"""One source of words for the subject, the text and the HTML; the headers that make a mail polite."""

import email
from datetime import date
from email.policy import default

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from icalendar import Calendar

from factory.coordination.lifecycle import look as begin_look
from factory.coordination.lifecycle import lost_factor
from factory.coordination.models import Look, LostFactor, OnBehalf
from factory.journal.models import Event
from factory.moves import registry
from factory.notices.letters import write
from factory.notices.models import Notice
from factory.notices.outbox import post
from market.lifecycle import match as matches
from market.models import Listing
from tests import make

TOLD = sorted(
    {
        part.template(move)
        for moves in registry.values()
        for move in moves.every().values()
        for part in move.tells
    }
)
THINGS = {
    "organisation": "broodnodig",
    "listing": "lunch",
    "match": "agreed",
    "credential": "proof",
    "onbehalf": "phoned",
    "look": "look",
    "lostfactor": "lost",
}


@pytest.fixture
def agreed(lunch, broodnodig):
    """A match with everything in it that words may speak of."""
    return make.match("disputed", need=lunch, supplier=broodnodig)


@pytest.fixture
def proof(broodnodig):
    """What Broodnodig can show."""
    return make.credential(by=broodnodig)


@pytest.fixture
def phoned(broodnodig, lunch, cleo, ada):
    """What Cleo noted for Ada."""
    matches.decline(
        make.match("introduced", need=lunch, supplier=broodnodig),
        by=cleo,
        on_behalf_of=ada,
        reason="timing",
    )
    return OnBehalf.objects.get()


@pytest.fixture
def look(ada, cleo):
    """Cleo sees the site as Ada."""
    look = Look()
    begin_look(look, by=cleo, person=ada)
    return look


@pytest.fixture
def lost(ada, cleo):
    """Ada lost her phone, and Cleo called her."""
    ada.phone = "06 00 00 00 77"
    ada.save()
    made = LostFactor(person=ada)
    lost_factor.ask(made, on_behalf_of=ada)
    lost_factor.grant(made, by=cleo, called="own", sure=True)
    return made


def parsed(letter):
    return email.message_from_string(letter[3], policy=default)


def html_of(letter):
    return BeautifulSoup(parsed(letter).get_body(("html",)).get_content(), "html.parser")


GREETINGS = {"nl": ("Hallo", "Welkom", "Dag"), "en": ("Hello", "Welcome")}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("template", [told for told in TOLD if told.split("/")[1] in THINGS])
def test_every_notice_can_be_written(request, template, language, ada):
    thing = request.getfixturevalue(THINGS[template.split("/")[1]])
    event = Event.objects.about(thing).last()
    notice = Notice(
        event=event, recipient=ada, address=ada.email, template=template, language=language
    )
    letter = write(notice)
    _id, subject, text, _raw = letter
    assert 10 < len(subject) < 150
    assert html_of(letter).h1.text in text.replace("\n", " ")
    assert any(f"{greeting} {ada.get_short_name()}" in text for greeting in GREETINGS[language])
    for leftover in ("{{", "{%", "None", "  "):
        assert leftover not in text
    assert html_of(letter).html["lang"] == language


def test_a_mail_needs_no_style_sheet_no_script_and_no_picture(asked):
    html = html_of(write(asked))
    assert html.find(["link", "script", "img", "style"]) is None
    assert all(table["role"] == "presentation" for table in html.find_all("table"))
    assert all(cell.get("bgcolor", "#")[0] == "#" for cell in html.find_all("td"))


def test_a_mail_says_who_to_call_and_never_has_a_no_reply_address(asked, cleo):
    mail = parsed(write(asked))
    assert mail["Reply-To"]
    assert "reply" not in f"{mail['From']} {mail['Reply-To']}".lower()
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content()
    for place in ("/about/", "/costs/", "/privacy/", "/accessibility/", "/desk/mail/"):
        assert place in text


def test_a_mail_can_be_stopped_in_one_click_but_not_if_a_date_hangs_on_it(asked):
    letter = write(asked)
    mail = parsed(letter)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http")
    assert "\nList-Unsubscribe: <http" in letter[3]
    asked.urgency = "clock"
    assert parsed(write(asked))["List-Unsubscribe"] is None


def test_the_mail_shows_need_place_amount_date_and_the_reasons(match, asked):
    Listing.objects.filter(pk=match.need_id).update(needed_by_date=date(2027, 1, 7))
    type(match).objects.filter(pk=match.pk).update(
        reasons=[{"code": "same_place", "name": "Utrecht"}, {"code": "far", "km": 80}]
    )
    asked.language = "en"
    text = write(asked)[2]
    for said in ("Lunch for sixty people", "Nieuwegein", "9,600", "7 January", "80 km away"):
        assert said in text, said


def test_who_wants_to_be_asked_first_is_not_named(lunch, match, ada, cleo, lekstede):
    Listing.objects.filter(pk=lunch.pk).update(ask_me_first=True, hides_name=True)
    match.refresh_from_db()
    matches.approve(match, by=cleo)
    notice = Notice.objects.mail().get(recipient=ada, template__contains="approve")
    raw = write(notice)
    assert lekstede.name not in raw[2]
    assert lekstede.name not in str(html_of(raw))


def test_an_introduction_brings_names_numbers_and_the_date(match, ada, noor, cleo):
    noor.phone = "030 555 44 33"
    noor.save()
    Listing.objects.filter(pk=match.need_id).update(needed_by_date=date(2027, 1, 7))
    matches.approve(match, by=cleo)
    matches.accept(match, by=ada)
    notice = Notice.objects.mail().get(recipient=ada, template__endswith="introduce_both_sides")
    mail = parsed(write(notice))
    text = mail.get_body(("plain",)).get_content()
    assert "Gemeente Lekstede" in text
    assert noor.phone in text
    assert noor.email in text
    (attached,) = mail.iter_attachments()
    (event,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert event["DTSTART"].dt == date(2027, 1, 7)


def test_what_people_type_stays_text(asked, match):
    Listing.objects.filter(pk=match.need_id).update(
        title="<b>Lunch</b>\r\nBcc: x@mail.example & more"
    )
    letter = write(asked)
    assert "\n" not in parsed(letter)["Subject"]
    assert parsed(letter)["Bcc"] is None
    assert html_of(letter).find("b", string="Lunch") is None
    assert "<b>Lunch</b>" in parsed(letter).get_body(("plain",)).get_content()


def test_mail_about_signing_in_has_our_layout_and_live_links(db):
    with translation.override("en"):
        letter = write(post("somebody@mail.example", "Your code", "Use 123\nhttp://x.example/y/"))
    assert html_of(letter).find("a", href="http://x.example/y/")
    assert parsed(letter)["List-Unsubscribe"] is None
