"""Every named rule of the floor's tables: raw SQL is refused by it, and the nearest right thing is not."""

from datetime import date
from uuid import uuid4

import pytest

from factory import clock
from factory.files.models import StoredFile
from factory.journal.models import Event
from factory.knowledge.models import Norm
from factory.meaning.models import ReaderModel, Reading
from factory.notices.models import Notice, Preference
from tests import make
from tests.market.test_invariants import change, copied, refused, sql

RULES = {}


def rule(name):
    """Register ``() → (statement that this rule refuses, the nearest that is allowed)``."""

    def keep(function):
        RULES[name] = function
        return function

    return keep


@pytest.mark.parametrize("name", RULES)
def test_postgresql_refuses_what_breaks_it_and_takes_what_does_not(name, cleo):
    wrong, right = RULES[name]()
    refused(name, *wrong)
    assert sql(*right) == 1


# The journal: one line of events for each thing, and one deed for each press


def last_event():
    make.match("approved")
    return Event.objects.order_by("pk").last()


@rule("event_number_once_a_thing")
def _():
    made = last_event()
    return copied(made, token=""), copied(made, token="", number=made.number + 1)


@rule("event_token_once_a_person")
def _():
    made = last_event()
    first = {"number": made.number + 1, "token": "pressed"}
    assert sql(*copied(made, **first)) == 1
    again = {"number": made.number + 2}
    return copied(made, **again, token="pressed"), copied(made, **again, token="pressed again")


# Notices


def mail():
    make.match("approved")
    return Notice.objects.mail().exclude(event=None).order_by("pk").last()


@rule("notice_told_once")
def _():
    made = mail()
    other = make.person().pk
    return copied(made, message_id=None), copied(made, message_id=None, recipient_id=other)


@rule("notice_channel_is_known")
def _():
    made = mail()
    other = {"template": "notices/match/told_by"}
    return change(made, **other, channel="pigeon"), change(made, **other, channel="inbox")


@rule("notice_status_is_known")
def _():
    made = mail()
    return change(made, status="lost"), change(made, status="quarantined")


@rule("notice_has_somewhere_to_go")
def _():
    made = mail()
    nobody = {"recipient_id": None}
    return change(made, **nobody, address=""), change(made, **nobody, address="a@mail.example")


@rule("notice_one_digest_a_week")
def _():
    made = mail()
    friday = {"week": date(2026, 1, 2), "event_id": None, "message_id": None}
    assert sql(*copied(made, **friday)) == 1
    return copied(made, **friday), copied(made, **friday | {"week": date(2026, 1, 9)})


@rule("notice_waits_for_a_moment")
def _():
    made = mail()
    never = {"status": "waiting", "next_at": None}
    return change(made, **never, digest_at=None), change(made, **never, digest_at=clock.now())


@rule("preference_preset_is_known")
def _():
    made = Preference.objects.create(person=make.person())
    return change(made, preset="hourly"), change(made, preset="weekly")


# Files


def file():
    facts = {"name": "a.pdf", "content_type": "application/pdf", "size": 9, "sha256": "0" * 64}
    return StoredFile.objects.create(
        put_by=make.person(), holder_type="partners.organisation", holder_id=1, key=uuid4(), **facts
    )


@rule("file_kind_is_known")
def _():
    made = file()
    return change(made, content_type="text/html"), change(made, content_type="image/png")


@rule("file_is_not_empty")
def _():
    made = file()
    return change(made, size=0), change(made, size=1)


@rule("file_belongs_to_a_thing_or_to_nothing")
def _():
    made = file()
    thing = {"thing_type": "market.listing"}
    return change(made, **thing), change(made, **thing, thing_id=7)


# Norms


def norm():
    return Norm.objects.create(code="discount", value=5, unit="bp", valid_from=date(2026, 3, 1))


@rule("norm_once_a_day")
def _():
    made = norm()
    return copied(made, value=6), copied(made, value=6, valid_from=date(2026, 3, 2))


@rule("norm_days_in_order")
def _():
    made = norm()
    return change(made, valid_to=date(2026, 2, 28)), change(made, valid_to=date(2026, 3, 1))


# What texts say


def reading():
    facts = {"thing": "need", "key": 7, "model": "e5", "language": "nl", "words": "lunch"}
    return Reading.objects.create(fingerprint="1", chance=1, **facts)


@rule("reading_once")
def _():
    made = reading()
    return copied(made, words="soup"), copied(made, words="soup", model="use")


@rule("reading_language_is_known")
def _():
    made = reading()
    return change(made, language="de"), change(made, language="en")


@rule("reader_model_one_in_use")
def _():
    ReaderModel.objects.update(in_use=False)
    for name in ("first", "second"):
        ReaderModel.objects.create(name=name, in_use=name == "first")
    uses = "UPDATE meaning_readermodel SET in_use = %s WHERE name = 'second'"
    return (uses, True), (uses, False)
