"""Before two coordinators opened the entries nobody else meets a word of them anywhere; afterwards they do."""

import logging
import re
import traceback

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from challenges.lifecycle import entry as entries
from challenges.lifecycle import opening
from challenges.models import Entry
from factory.journal.models import Event
from factory.logs import mask
from factory.me.data import everything_about
from factory.moves import Missing
from factory.notices.letters import write
from factory.notices.models import Notice
from partners import lifecycle as organisations
from partners.mergers.comparing import counted
from tests import contest, make
from tests.challenges.test_attachments import attach
from tests.doors import sign_in
from tests.shape.doors import ROLES, addresses, rows, world_of
from tests.shape.test_authorisation import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(240)]
CANARIES = [f"kanarie{n:02}q" for n in range(19)]
AMOUNTS = [4_711_317, 4_911_703]  # in cents; shown as 47.113,17 and 49.117,03
AMOUNT = r"47[.,]?113|49[.,]?117"  # also at the beginning of cents
OUTSIDE = [role for role in ROLES if role not in {"vera", "ada"}]


class Sealed:
    """An open challenge of Lekstede with a sent-in entry of Broodnodig and newer words at it, full of canaries."""

    def __init__(self, lekstede, broodnodig):
        self.made = contest.contest("open", by=lekstede)
        take = iter(CANARIES)
        facts = {name: next(take) for name in ("title", "summary", "plan")}
        facts |= {
            "blind": next(take),
            "own_share": 60,
            "partners": [{"name": next(take), "share": 13, "organisation": None}],
            "budget": [{"label": next(take), "cents": AMOUNTS[0]}],
            "answers": [{"question": 0, "asked": "?", "answer": next(take)}],
            "amount_cents": AMOUNTS[0],
        }
        self.entry = contest.entry(self.made.challenge, broodnodig, "draft", **facts)
        self.files = [self.file(next(take), "red")]
        entries.submit(self.entry, by=self.entry.contact)
        self.files.append(self.file(next(take), "blue"))
        self.entry.refresh_from_db()
        typed = ("title", "summary", "plan", "blind", "answer-1", "partner0-name", "budget0-label")
        self.typed = {name: next(take) for name in typed}
        self.typed["amount_cents"] = "49117,03"
        Entry.objects.filter(pk=self.entry.pk).update(typed=self.typed)
        other = make.organisation("Andere Inzender")
        words = {name: next(take) for name in ("title", "summary", "plan")}
        self.draft = contest.entry(self.made.challenge, other, "draft", **words)

    def file(self, name, colour):
        return attach(self.entry, f"{name}.png", colour).get_absolute_url()


@pytest.fixture
def sealed(lekstede, broodnodig):
    return Sealed(lekstede, broodnodig)


@pytest.fixture
def world(settings, dan, vera, ada, noor, cleo, max_, broodnodig, lekstede, lunch):
    settings.TAKE_BACK_SECONDS = 0
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400  # they may have signed in a while ago
    people = {"dan": dan, "vera": vera, "ada": ada, "noor": noor, "cleo": cleo, "max": max_}
    return world_of(people, broodnodig, lekstede, lunch)


def canaries_in(text):
    """Which of them stand in a text; digits of a random key, such as a form's token, or of a moment are no amount."""
    amount = rf"(?<!\d[:.])(?<![\w-])(?:{AMOUNT})(?![a-z])"
    found = re.findall(rf"{'|'.join(CANARIES)}|{amount}", text)
    return sorted(set(found))


def everywhere(world, sealed):
    """Every address that is read: of the table with its things, of the admin, and those of the entry itself."""
    read = [(name, thing) for method, name, thing, _cells in rows() if method == "GET"]
    yield from (reverse(name, args=world.args(thing)) for name, thing in read)
    admin = [name for name in addresses() if name.startswith("admin:")]
    yield from (address_of(name) for name in admin if "(" not in name and "<" not in name)
    yield from about(sealed.made.challenge, sealed.entry)
    yield from sealed.files


def about(challenge, entry):
    """The pages of the entry and the challenge, and every search."""
    for name in ("entry", "entry_write", "entry_submit"):
        yield reverse(f"challenges:{name}", args=[entry.pk])
    for name in ("receipt", "receipt_said"):
        yield reverse(f"challenges:{name}", args=[entry.pk, 1])
    yield challenge.get_absolute_url()
    for page in ("challenges:list", "market:board", "admin:notices_notice_changelist"):
        yield from (f"{reverse(page)}?q={word}" for word in CANARIES[:2])


def met(client, address):
    """Everything that comes back: the body, also of a file, and the headers."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + repr(dict(answer.headers))


@pytest.mark.timeout(600)
def test_no_page_of_anybody_else_says_a_word_of_a_sealed_entry(world, sealed, caplog):
    caplog.set_level(logging.INFO)
    found, asked = [], dict.fromkeys(everywhere(world, sealed))
    for role in OUTSIDE:
        for address in asked:
            birds = canaries_in(met(world.clients[role], address))
            found += [(role, address, bird) for bird in birds if bird not in address]
    assert found == []
    asked_for = CANARIES[:2]  # they stood in an address
    assert set(canaries_in(caplog.text)) <= set(asked_for)
    assert canaries_in(met(world.clients["ada"], sealed.entry.get_absolute_url()))


def test_once_two_opened_it_the_staff_and_the_owner_read_what_was_sent_in(world, sealed):
    made = sealed.made
    make.age_deadline(made.challenge) if hasattr(make, "age_deadline") else None
    closed = contest.contest("closed", by=made.by, entrants=[make.organisation("Derde")])
    entry = closed.entries[0]
    address = entry.get_absolute_url()
    for role in ("noor", "cleo", "max"):
        assert entry.plan not in met(world.clients[role], address)
    opening.ask_to_open(closed.challenge, by=closed.cleo)
    assert entry.plan not in met(world.clients["cleo"], address)
    opening.open_entries(closed.challenge, by=closed.other)
    for role in ("noor", "cleo", "max"):
        assert entry.plan in met(world.clients[role], address)
    assert Client().get(address).status_code == 302


def test_no_mail_and_no_event_of_the_journal_holds_a_word(sealed):
    for notice in Notice.objects.mail():
        words = write(notice)
        assert words is None or canaries_in(" ".join(map(str, words))) == []
    said = [str((e.details, e.token, e.verb)) for e in Event.objects.all()]
    assert canaries_in(" ".join(said)) == []


def test_the_mail_log_does_not_tell_who_entered(client, sealed, cleo):
    log = reverse("admin:notices_notice_changelist")
    receipts = Notice.objects.mail().filter(event__verb="entry.hand_receipt")
    assert receipts.exists()
    page = sign_in(client, cleo).get(log).content.decode()
    for receipt in receipts:
        assert f"notice/{receipt.pk}/" not in page
    mine = Notice.objects.mail().exclude(event__thing_type="challenges.entry").count()
    assert len(re.findall(r"/notice/\d+/change/", page)) >= min(mine, 1)


def test_a_coordinator_who_looks_as_a_member_reads_no_entry(client, sealed, cleo, ada):
    page = sign_in(client, cleo)
    page.post(reverse("admin:look_as", args=[ada.pk]))
    address = sealed.entry.get_absolute_url()
    assert page.get(address).status_code == 404
    assert canaries_in(page.get(reverse("desk")).content.decode()) == []
    assert canaries_in(sign_in(Client(), ada).get(address).content.decode())


def test_whoever_left_takes_no_words_along(sealed, ada, broodnodig):
    assert canaries_in(str(everything_about(ada))) == []


def test_merging_two_organisations_counts_no_entries(sealed, broodnodig, cleo):
    other = make.organisation("Broodnodig BV")
    assert "nzending" not in str(counted((broodnodig, other), set()))
    organisations.merge(broodnodig, by=cleo, into=other)
    sealed.entry.refresh_from_db()
    assert sealed.entry.organisation == other
    event = Event.objects.about(other).filter(verb="organisation.take_in").get()
    assert "challenges.entry.organisation" not in event.details


def test_two_that_entered_the_same_challenge_are_not_merged(sealed, broodnodig, cleo):
    with pytest.raises(Missing):
        organisations.merge(broodnodig, by=cleo, into=sealed.draft.organisation)
    sealed.entry.refresh_from_db()
    assert sealed.entry.organisation == broodnodig


def test_an_error_of_the_database_tells_the_log_no_words(sealed):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Entry.objects.filter(pk=sealed.entry.pk).update(amount_cents=-5)
    said = "".join(traceback.format_exception(error.value))
    assert canaries_in(said)  # what PostgreSQL says, before it is masked
    assert canaries_in(mask(said)) == []
