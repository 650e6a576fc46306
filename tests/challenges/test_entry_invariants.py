"""Round Django: what PostgreSQL holds of sending in, each with what it does allow."""

import pytest
from django.db import IntegrityError, connection, transaction

from challenges.lifecycle import entry as entries
from challenges.models import FormQuestion, Submission
from tests import contest, make

pytestmark = pytest.mark.django_db
COPY = """INSERT INTO challenges_submission (entry_id, number, at, by_id, said, sha256)
    SELECT entry_id, number + 1, {at}, by_id, {said}, {sha} FROM challenges_submission"""


def raw(sql, *values):
    """Round Django, until the end of the transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def sent():
    return contest.entry(contest.challenge("open"))


def copied(at="clock_timestamp()", said="said", sha="sha256"):
    raw(COPY.format(at=at, said=said, sha=sha))


def test_a_receipt_is_of_its_words(sent):
    with pytest.raises(IntegrityError, match="submission_receipt_is_of_its_words"):
        copied(said="said || ' '")


def test_nothing_is_received_in_the_future_or_after_the_deadline(sent):
    with pytest.raises(IntegrityError, match="submission_is_sent_in_time"):
        copied(at="clock_timestamp() + interval '1 minute'")
    contest.contest("closed", entrants=[make.organisation()])
    with pytest.raises(IntegrityError, match="submission_is_sent_in_time"):
        copied()


def test_a_submission_is_not_backdated(sent):
    with pytest.raises(IntegrityError, match="submission_is_not_backdated"):
        copied(at="clock_timestamp() - interval '1 hour'")


@pytest.mark.parametrize(
    "what", ["UPDATE challenges_submission SET said = said", "DELETE FROM challenges_submission"]
)
def test_a_submission_never_changes(sent, what):
    with pytest.raises(Exception, match=r"append_only|Cannot"), transaction.atomic():
        raw(what)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    "column",
    [
        "plan = 'Better'",
        "amount_cents = amount_cents + 1",
        "submitted_at = submitted_at - interval '1 minute'",
        "receipt = repeat('0', 64)",
    ],
)
def test_an_entry_says_what_was_sent_in(sent, column):
    with pytest.raises(IntegrityError, match="entry_says_what_was_sent_in"):
        raw(f"UPDATE challenges_entry SET {column}")
    entries.submit(sent, by=sent.contact, plan="Better")
    raw("UPDATE challenges_entry SET typed = '{}'")


def test_an_entry_stays_with_its_organisation(sent):
    with pytest.raises(IntegrityError, match="entry_stays_with_its_organisation"):
        raw("UPDATE challenges_entry SET organisation_id = %s", make.organisation().pk)


def test_newer_words_are_not_kept_after_the_deadline():
    contest.contest("closed", entrants=[make.organisation()])
    with pytest.raises(IntegrityError, match="entry_stands_from_the_deadline_on"):
        raw("""UPDATE challenges_entry SET typed = '{"plan": "Late"}'""")


PARTNER = """UPDATE challenges_entry SET typed = '{{}}', own_share = {own},
    partners = jsonb_build_array(jsonb_build_object('name', 'A', 'share', {share}, 'organisation', {pk}))"""


@pytest.mark.parametrize(("own", "share"), [(60, 41), (60, 0), (0, 40), (101, 1)])
def test_shares_are_parts_of_a_hundred(own, share):
    contest.entry(contest.challenge("open"), state="draft")
    with pytest.raises(IntegrityError, match=r"entry_shares_within_100|entry_share_in_range"):
        raw(PARTNER.format(own=own, share=share, pk="null"))
    raw(PARTNER.format(own=60, share=40, pk="null"))


def test_partners_of_ours_are_known_by_the_entry_alone():
    entry = contest.entry(contest.challenge("open"), state="draft")
    bus = make.organisation("Buurtbus BV")
    raw(PARTNER.format(own=60, share=40, pk=bus.pk))
    assert entry.with_partners.get().organisation == bus
    for sql in (
        "DELETE FROM challenges_entrypartner",
        "INSERT INTO challenges_entrypartner (entry_id, organisation_id)"
        " SELECT entry_id, organisation_id FROM challenges_entrypartner",
        f"UPDATE challenges_entrypartner SET organisation_id = {entry.organisation_id}",
    ):
        with pytest.raises(IntegrityError, match="partner_follows_the_entry"):
            raw(sql)
    raw("UPDATE challenges_entry SET partners = '[]'")
    assert not entry.with_partners.exists()


def sent_with(entry, **facts):
    """Send it in without the form and its checks."""
    entries.submit(entry, by=entry.contact, **facts)
    raw("SELECT 1")


@pytest.mark.parametrize(
    ("facts", "refused", "right"),
    [
        ({"amount_cents": 10_000_001}, "entry_within_the_envelope", {"amount_cents": 10_000_000}),
        (
            {"budget": [{"label": "Cars", "cents": 1}]},
            "entry_budget_is_what_is_asked",
            {"budget": [{"label": "Cars", "cents": 5_000_000}]},
        ),
    ],
)
def test_money_is_within_what_there_is(sent, facts, refused, right):
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        sent_with(sent, **facts)
    sent.refresh_from_db()
    sent_with(sent, **right)


def test_an_answer_keeps_to_its_words():
    made = contest.contest("shaping")
    ask = {"challenge": made.challenge, "text": "Who drives?", "most_words": 3}
    question = FormQuestion.objects.create(**ask)
    made.ago = contest.LATER
    for step in ("approve", "schedule", "publish"):
        getattr(made, step)()
    entry = contest.entry(made.challenge, state="draft")
    said = {"question": question.pk, "asked": "Who drives?", "answer": "One two three four"}
    with pytest.raises(IntegrityError, match="entry_answers_within"), transaction.atomic():
        sent_with(entry, answers=[said])
    entry.refresh_from_db()
    sent_with(entry, answers=[said | {"answer": " One two\n three "}])


def test_where_there_are_no_names_there_is_a_copy_without():
    entry = contest.entry(contest.challenge("open", disclosure="anonymous"))
    with pytest.raises(IntegrityError, match="entry_has_a_copy_without_names"):
        raw("UPDATE challenges_entry SET blind = '', submitted_at = clock_timestamp()")
    raw("UPDATE challenges_entry SET typed = '{}'")
    assert entry.blind
