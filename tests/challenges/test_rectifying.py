"""What is public changes in public alone: shown, told, and with more time where it matters."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from challenges.models import Challenge, Criterion, Rectification
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db):
    return contest.contest("open", entrants=[make.organisation("Rijders")])


@pytest.fixture
def change(client, made):
    """Sends the form as it reads now, with something else."""
    sign_in(client, made.owner)
    url = f"{made.challenge.get_absolute_url()}rectify/"

    def send(**typed):
        form = client.get(url).context["form"]
        fields = {name: form[name].value() or "" for name in form.fields}
        for name in ("questions_until", "answers_by", "deadline_at"):
            if moment := fields[name]:
                fields[name] = f"{moment:%Y-%m-%dT%H:%M}"
        for row in form.rows:
            fields |= {row[name].html_name: row[name].value() or "" for name in row.fields}
        return client.post(url, fields | {"reason": "It was wrong."} | typed)

    return send


def later(made, days=10):
    return f"{timezone.localtime(made.challenge.deadline_at) + timedelta(days=days):%Y-%m-%dT%H:%M}"


def test_a_small_change_is_shown_and_told_to_everybody(made, change, client):
    answer = change(success="Nobody misses care.")
    assert answer.url == reverse("challenges:changes", args=[made.challenge.slug])
    (row,) = Rectification.objects.all()
    assert (row.is_material, row.changes[0]["name"]) == (False, "success")
    client.logout()
    assert made.challenge.versions.order_by("number").last().occasion == "rectify"
    told = client.get(answer.url).content.decode()
    assert "<ins>" in told
    assert "It was wrong." in told
    owner = make._owner(made.entries[0].organisation)
    assert Notice.objects.inbox(owner).filter(template__contains="rectify").exists()


def test_without_a_change_nothing_is_made(change):
    assert change().status_code == 422
    assert not Rectification.objects.exists()


def test_who_may_enter_changes_with_more_time_alone(made, change):
    assert change(who_may_enter="Everybody.").status_code == 422
    assert change(who_may_enter="Everybody.", deadline_at=later(made)).status_code == 302
    changed = Challenge.objects.get(pk=made.challenge.pk)
    assert changed.deadline_at > made.challenge.deadline_at
    assert Rectification.objects.get().is_material


def test_criteria_change_with_more_time_and_still_make_100(made, change):
    weights = {"row0-weight": "40", "row1-weight": "40"}
    assert change(**weights).status_code == 422
    assert change(**weights | {"row0-weight": "90"}, deadline_at=later(made)).status_code == 422
    assert change(**weights, deadline_at=later(made)).status_code == 302
    found = Criterion.objects.filter(challenge=made.challenge)
    assert [criterion.weight for criterion in found] == [40, 40, 20]


def test_the_deadline_never_gets_earlier(made, change):
    assert change(deadline_at=later(made, -1)).status_code == 422


def raw(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


ROW = """INSERT INTO challenges_rectification
    (challenge_id, version, reason, changes, is_material, old_deadline_at, new_deadline_at, by_id, at)
    SELECT id, version, 'x', '[]', true, deadline_at, deadline_at + interval '{}', owner_id, now()
    FROM challenges_challenge"""
LATER = "UPDATE challenges_challenge SET version = version + 1, deadline_at = deadline_at + interval '{}'"


@pytest.mark.parametrize(
    ("words", "sql"),
    [
        ("challenge_deadline_only_gets_later", LATER.format("-1 day")),
        (
            "challenge_material_change_gives_time",
            "UPDATE challenges_challenge SET version = version + 1, bounds = 'x'",
        ),
        ("rectification_gives_time_if_material", ROW.format("0 days")),
        ("rectification_is_true", ROW.format("8 days")),
        (
            "criterion_is_frozen_from_the_approval_on",
            "UPDATE challenges_criterion SET title = 'x'",
        ),
    ],
)
def test_the_database_refuses(made, words, sql):
    with pytest.raises(IntegrityError, match=words):
        raw(sql)


def test_the_database_lets_a_true_rectification_through(made):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROW.format("8 days"))
        cursor.execute(LATER.format("8 days") + ", bounds = 'x'")
        cursor.execute("UPDATE challenges_criterion SET weight = 60 WHERE weight = 50")
        with pytest.raises(IntegrityError, match="criteria_sum_to_100"), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("UPDATE challenges_criterion SET weight = 20 WHERE weight = 30")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
