"""The challenges of the demo network, made once: in every state, with what was awarded and why."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.test import Client

from challenges.models import Award, Challenge, Entry, Invited, Question
from factory import clock
from factory.journal.models import Event
from factory.journal.sealing import faults
from factory.notices.models import Notice

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("demo"),  # one process makes it
]


def test_twenty_two_are_public_and_others_in_every_state_before_that():
    public = Challenge.objects.public()
    assert public.count() == 22
    before = set(Challenge.objects.exclude(pk__in=public).values_list("state", flat=True))
    assert before == {
        "draft", "submitted", "more", "declined", "redirected", "to_change", "shaping", "approved",
        "scheduled",
    }  # fmt: skip
    assert set(public.values_list("state", flat=True)) == set(Challenge.State.values) - before - {
        "decided"
    }


def test_more_than_half_a_million_euros_was_awarded():
    assert Award.objects.final().aggregate(sum=Sum("cents"))["sum"] > 50_000_000


def test_maatwerkvervoer_is_replayed_whole():
    made = Challenge.objects.get(slug__contains="maatwerkvervoer")
    assert made.envelope_cents == 10_000_000
    assert made.organisation.name == "Gemeente Utrecht"
    assert made.jury.count() == 4
    awards = made.awards.final().order_by("-cents")
    assert list(awards.values_list("cents", flat=True)) == [7_500_000, 2_500_000]
    assert made.entries.filter(state="not_awarded").count() == 2
    third = made.entries.get(number=3)
    assert "halte" in third.title
    assert "knop" in third.finding.reason


def test_several_are_open_with_deadlines_ahead_questions_and_entries():
    opened = Challenge.objects.open()
    assert opened.count() == 5
    assert Question.objects.answered().filter(challenge__in=opened).count() >= 5
    assert Question.objects.waiting().filter(challenge__in=opened).exists()
    assert Entry.objects.filter(challenge__in=opened, state="draft").count() > 5
    assert min(one.deadline_at for one in opened) > max(one.published_at for one in opened)


def test_some_were_invited_and_nobody_lately():
    invited = Invited.objects.filter(challenge__in=Challenge.objects.open())
    assert invited.count() == 6
    assert Invited.objects.filter(challenge__slug__contains="maatwerkvervoer").count() == 3
    assert not Invited.objects.filter(at__gt=clock.now() - timedelta(days=8)).exists()
    assert Event.objects.filter(verb="challenge.invite_partner").count() == Invited.objects.count()


def test_nothing_of_it_went_out_by_mail_and_the_journal_is_whole():
    mails = Notice.objects.mail().filter(template__regex="/(challenge|entry|award|question)/")
    assert not mails.exclude(status=Notice.Status.DROPPED).exists()
    assert list(faults()) == []


def test_every_public_page_and_the_board_open():
    client = Client()
    assert client.get("/challenges/?state=all").context["total"] == 22
    assert [
        row.slug
        for row in client.get("/challenges/?state=all&q=maatwerkvervoer").context["page_obj"]
    ]
    for challenge in Challenge.objects.public():
        assert client.get(f"/en/challenges/{challenge.slug}/").status_code == 200
