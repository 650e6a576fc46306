"""Coordinators ask for more, turn down, or point to the market; versions show what changed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from challenges.calls import coordinator_queues
from challenges.lifecycle import bringing, rounds
from challenges.lifecycle.ringing import market_link
from challenges.models import Challenge, Round, Version
from factory import clock
from factory.moves import Missing, NotNow
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in


def ask(made, days=10, question="What does it cost now?"):
    bringing.ask_for_more(
        made.challenge,
        by=made.cleo,
        question=question,
        answer_by=clock.today() + timedelta(days=days),
    )


def told(person):
    found = Notice.objects.filter(
        recipient=person, channel="mail", event__thing_type="challenges.challenge"
    )
    return [n.template.rpartition("/")[2] for n in found.order_by("pk")]


@pytest.fixture
def made(lekstede, cleo):
    return contest.contest("submitted", by=lekstede)


def test_more_is_asked_three_times_and_no_fourth(made, noor):
    for _round in range(3):
        ask(made)
        bringing.submit(made.challenge, by=noor)
    with pytest.raises(Missing):
        ask(made)
    assert [r.answered_at is not None for r in Round.objects.all()] == [True] * 3
    assert told(noor).count("ask_for_more_those_who_brought_it") == 3


def test_one_reminder_two_days_before_and_then_it_stands_on_the_call_list(made, noor, cleo):
    ask(made, days=5)
    with pytest.raises(NotNow):
        rounds.remind_to_answer(made.challenge)
    Round.objects.update(answer_by=clock.today() + timedelta(days=2))
    rounds.remind_to_answer(made.challenge)
    assert told(noor)[-1] == "remind_to_answer_those_who_brought_it"
    with pytest.raises(NotNow):
        rounds.remind_to_answer(made.challenge)
    Round.objects.update(answer_by=clock.today() - timedelta(days=1))
    queues = {queue.key: queue.rows for queue in coordinator_queues(cleo)}
    assert [row.title for row in queues["unanswered"]] == [made.challenge.title]


def test_the_question_stands_on_the_page_with_its_day(made, noor):
    ask(made, question="Who pays for the bus?")
    client = Client()
    client.force_login(noor)
    assert "Who pays for the bus?" in client.get(made.challenge.get_absolute_url()).content.decode()


def test_what_is_turned_down_says_why_on_the_page_and_in_a_mail(made, noor):
    bringing.turn_down(made.challenge, by=made.cleo, reason="Nobody would run it.")
    assert told(noor)[-1] == "turn_down_those_who_brought_it"
    client = Client()
    client.force_login(noor)
    assert "Nobody would run it." in client.get(made.challenge.get_absolute_url()).content.decode()


def test_what_is_an_order_goes_to_the_market_with_its_words_filled_in(made, noor):
    bringing.redirect(made.challenge, by=made.cleo, reason="It is an order.")
    made.challenge.refresh_from_db()
    client = Client()
    client.force_login(noor)
    link = market_link(made.challenge)
    assert (
        link.replace("&", "&amp;") in client.get(made.challenge.get_absolute_url()).content.decode()
    )
    form = client.get(link).content.decode()
    assert made.challenge.title in form
    assert made.challenge.problem in form


def test_versions_are_kept_when_it_counts_and_for_good(made, noor):
    ask(made)
    bringing.draw_up(
        made.challenge, by=noor, problem="Residents without a bicycle do not reach the clinic."
    )
    bringing.submit(made.challenge, by=noor)
    assert [v.occasion for v in Version.objects.all()] == ["submit", "ask_for_more", "submit"]
    for sql in ("UPDATE challenges_version SET number = 9", "DELETE FROM challenges_version"):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            connection.cursor().execute(sql)
    with pytest.raises(IntegrityError, match="version_number_once"), transaction.atomic():
        Version.objects.create(
            challenge=made.challenge, number=1, occasion="submit", texts={}, by=noor
        )


def test_a_difference_is_marked_and_said_in_words(made, noor):
    bringing.shape(made.challenge, by=made.cleo)
    bringing.draw_up(
        made.challenge, by=noor, problem="Residents without a bicycle do not reach the clinic."
    )
    ask(made)
    client = Client()
    client.force_login(noor)
    page = client.get(f"/en/challenges/{made.challenge.slug}/versions/").content.decode()
    assert '<del><span class="vh">[taken out: </span>car' in page
    assert '<ins><span class="vh">[added: </span>bicycle' in page


def test_before_publication_only_those_whose_it_is_see_versions(lekstede, noor, cleo, dan):
    made = contest.challenge("open", by=lekstede, mandate="The secret register")
    address = f"/en/challenges/{made.slug}/versions/"
    stranger, mine = Client(), Client()
    mine.force_login(noor)
    assert "Published" in stranger.get(address).content.decode()
    assert "Sent in" not in stranger.get(address).content.decode()
    assert "The secret register" not in stranger.get(address).content.decode()
    assert "Sent in" in mine.get(address).content.decode()
    assert sign_in(Client(), cleo).get(address).status_code == 200


def test_the_database_keeps_rounds_to_three_and_one_open(made, noor):
    ask(made)
    other = {
        "challenge": made.challenge,
        "question": "?",
        "asked_by": made.cleo,
        "answer_by": clock.today(),
    }
    for number, name in ((2, "round_one_open"), (4, "round_")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Round.objects.create(number=number, **other)
    Round.objects.update(answered_at=clock.now())
    Round.objects.create(number=2, **other)


def test_who_helped_is_found_again_when_they_enter(lekstede, noor, broodnodig, ada):
    made = contest.challenge("draft", by=lekstede)
    bringing.moves["note_helper"](
        made, by=noor, what="talked", on=clock.today(), organisation=broodnodig
    )
    other = make.organisation()
    assert made.helpers.of_entrant(broodnodig).exists()
    assert not made.helpers.of_entrant(other).exists()
    assert Challenge.objects.get(pk=made.pk).helpers.from_outside().count() == 1
