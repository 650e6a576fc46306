"""The whole file: entries with what was attached, the report, letters and documents, for who may read each."""

import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from challenges.lifecycle import deciding
from challenges.lifecycle import entry as entry_moves
from challenges.models import Attachment, Document, Guidance, Letter
from challenges.papers.documents import documents, free, safe
from challenges.papers.dossier import dossier
from challenges.papers.entered import entries_of
from challenges.papers.folder import zipped
from factory import clock
from factory.files.checking import check
from factory.files.keeping import keep
from tests import contest, make
from tests.challenges.test_attachments import attach, picture
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


def words(challenge, person, whole=True):
    return json.dumps(dossier(challenge, person, whole=whole).parts, ensure_ascii=False)


class WithFiles(contest.Contest):
    """A contest in which the problem, every entry and the decision came with a file."""

    def bring(self):
        super().bring()
        file = keep(check(picture("who.png")), by=self.owner, holder=self.challenge)
        file.attach(Document.objects.create(challenge=self.challenge, file=file))

    def enter(self, by, day):
        with self.on_day(day):
            one = contest.entry(self.challenge, by, "draft")
            attach(one)
            entry_moves.submit(one, by=one.contact)
            self.entries.append(one)

    def decide(self):
        facts = {"decided_by": "The executive", "number": "2026-B7", "cents": 10_000_000}
        facts |= {"decided_date": clock.today(), "paper": check(picture("college.png"))}
        deciding.note_decision(self.challenge, by=self.owner, **facts)
        deciding.check_decision(self.challenge, by=self.cleo)


@pytest.fixture
def made():
    """Decided and told."""
    houses = [make.organisation(name) for name in ("Rijders", "Bus")]
    return WithFiles("notified", None, houses, "subsidy", contest.CRITERIA, {})


def names(challenge, person):
    with zipfile.ZipFile(zipped(challenge, person)) as folder:
        return set(folder.namelist())


@pytest.mark.parametrize("reader", ["owner", "cleo"])
def test_the_folder_holds_everything_that_its_reader_may_open(made, reader):
    found = names(made.challenge, getattr(made, reader))
    assert found >= {
        "dossier.pdf", "jury-report.pdf", "history.csv", "challenge.json", "documents.csv",
        "problem/who.jpg", "decision/college.jpg", "entries/1/route.jpg", "entries/2/route.jpg",
    }  # fmt: skip


def test_what_was_attached_is_in_it_byte_for_byte(made):
    file = Attachment.objects.first().file
    with zipfile.ZipFile(zipped(made.challenge, made.owner)) as folder:
        assert folder.read("entries/1/route.jpg") == default_storage.open(file.path).read()
        assert file.sha256 in folder.read("documents.csv").decode()


def test_entries_the_report_and_letters_stand_in_it_word_for_word(made):
    told = words(made.challenge, made.owner)
    letter = Letter.objects.get(entry=made.entries[1])
    for said in (made.entries[0].plan, made.entries[1].receipt, "The jury read everything twice.",
                 letter.said["title"], "2026-114"):  # fmt: skip
        assert said in told, said
    listed = words(made.challenge, made.owner, whole=False)
    assert made.entries[0].title in listed
    assert made.entries[0].plan not in listed


def test_before_the_opening_nothing_of_an_entry_is_in_it(client):
    made = contest.contest("open")
    entry = contest.entry(made.challenge, make.organisation("Rijders"), "draft", title="Canary 7f")
    attach(entry, "canary.png")
    entry_moves.submit(entry, by=entry.contact)
    for reader in (made.owner, made.cleo):
        assert "Canary 7f" not in words(made.challenge, reader)
        assert not [name for name in names(made.challenge, reader) if "canary" in name]
    sign_in(client, made.owner)
    answer = client.get(reverse("challenges:dossier", args=[made.challenge.slug, "zip"]))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.getvalue().startswith(b"PK")


def test_who_declared_a_conflict_finds_no_report_and_no_letter_and_the_owner_does():
    houses = [make.organisation(name) for name in ("Rijders", "Bus")]
    made = contest.contest("scoring", entrants=houses)
    seat = contest.juror(made.challenge, "Paul Partial")
    contest.juror(made.challenge, "Frida Free")
    contest.declare(made.challenge, seat, made.entries[:1])
    for step in ("deliberate", "propose", "decide", "notify"):
        getattr(made, step)()
    letter = Letter.objects.get(entry=made.entries[1]).said["title"]
    for reader, finds in ((seat.person, False), (made.owner, True)):
        told = words(made.challenge, reader)
        assert ("jury-report.pdf" in names(made.challenge, reader)) is finds
        assert ("The jury read everything twice." in told) is finds
        assert (letter in told) is finds


def test_the_advice_on_the_instrument_is_for_the_house_and_the_coordinators(made):
    Guidance.objects.create(
        challenge=made.challenge, answers={}, norms={}, reasons=[], lawyer=[], by=made.owner
    )
    seat, other = contest.juror(made.challenge, "Eva Juror"), made.entries[0].contact
    for reader in (made.owner, made.cleo):
        assert "advice.pdf" in names(made.challenge, reader)
    for reader in (seat.person, other):
        assert "advice.pdf" not in names(made.challenge, reader)


def test_of_a_file_that_is_not_there_any_more_the_folder_says_so(made):
    default_storage.delete(Document.objects.get().file.path)
    with zipfile.ZipFile(zipped(made.challenge, made.owner)) as folder:
        assert "problem/who.jpg" not in folder.namelist()
        assert "problem/who.jpg" in folder.read("documents.csv").decode()


def test_a_name_stays_in_its_folder_and_is_there_once():
    assert safe("../../etc/passwd") == "-..-etc-passwd"
    assert free("a/x.pdf", {"a/x.pdf", "a/x-2.pdf"}) == "a/x-3.pdf"


def test_it_asks_the_same_for_any_number_of_entries(django_assert_max_num_queries):
    for many in (1, 3):
        made = contest.contest("checking", entrants=[make.organisation() for _n in range(many)])
        with django_assert_max_num_queries(7):
            documents(made.challenge, made.cleo, entries_of(made.challenge, made.cleo))
