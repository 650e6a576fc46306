"""A challenge is set up on pages of its own: a guide, one press, and editors for everything."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.lifecycle import setting_up
from challenges.models import Challenge, Guidance, Instrument, LocalLimit
from factory import clock
from tests import contest
from tests.doors import sign_in

pytestmark = pytest.mark.django_db

ANSWERS = {
    "buyer": "local", "aim": "buy", "novelty": "exists", "kind": "other", "suppliers": "some",
    "scale": "pilot", "border": "no", "aid": "little", "cents": "50.000",
}  # fmt: skip


@pytest.fixture
def made(db):
    facts = {"instrument": None, "who_may_enter": "", "deadline_at": None}
    return contest.contest("shaping", criteria=(), **facts)


@pytest.fixture
def go(client, made):
    """Asks and sends a page of this challenge as its owner."""
    sign_in(client, made.owner)

    def ask(name, data=None):
        url = f"/challenges/{made.challenge.slug}/{name}/"
        return client.get(url) if data is None else client.post(url, data)

    return ask


def test_the_guide_gives_a_proposal_and_prints_its_reasons(made, go, client):
    answer = go("use_guide", ANSWERS | {"quotes_cents": "100000", "quotes_url": "https://a.nl/b"})
    assert answer.url == reverse("challenges:setup_advice", args=[made.challenge.slug])
    guidance = Guidance.objects.get()
    assert guidance.proposal.slug == "quotes"
    assert guidance.norms["local-quotes"]["url"] == "https://a.nl/b"
    assert LocalLimit.objects.get().cents == 10_000_000
    told = client.get(answer.url).content.decode()
    assert "€ 216.000".replace(" ", "\xa0") in told
    assert "meerdere offertes" in told.lower()
    paper = client.get(answer.url.rstrip("/") + ".pdf")
    assert paper.content.startswith(b"%PDF-")


def test_the_advice_stays_as_it_was_when_a_norm_changes(made, go, client):
    go("use_guide", ANSWERS)
    before = Guidance.objects.get().norms["eu-sub-central"]["value"]
    setting_up.Norm.objects.filter(code="eu-sub-central").update(value=1)
    assert Guidance.objects.get().norms["eu-sub-central"]["value"] == before == 21_600_000


def test_one_press_fills_in_everything_and_keeps_what_was_written(made, go):
    go("choose_instrument", {"instrument": Instrument.objects.get(slug="prize").pk})
    start = clock.today() + timedelta(days=5)
    go("set_terms", {"envelope_cents": "20000", "who_may_enter": "Us.", "jury_decides": "False"})
    form = go("take_preset").context["form"]
    assert form.initial["size"] == "small"
    assert go("take_preset", {"start_date": f"{start}", "size": "small"}).status_code == 302
    challenge = Challenge.objects.get(pk=made.challenge.pk)
    assert challenge.disclosure == "anonymous"
    assert [c.weight for c in challenge.criteria.all()] == [50, 30, 20]
    assert challenge.questions_asked.count() == 3
    assert challenge.who_may_enter == "Us."
    assert challenge.pitch_at is None
    assert challenge.publish_at < challenge.deadline_at < challenge.decision_by
    assert "Werkt" not in go("setup").content.decode()
    done = {part["move"]: part["is_done"] for part in go("setup").context["parts"]}
    assert done.pop("set_subjects") is False  # what it is about nobody can fill in for them
    assert list(done.values()) == [True] * 5


def test_without_an_instrument_nothing_is_filled_in(made, go):
    answer = go(
        "take_preset", {"start_date": f"{clock.today() + timedelta(days=9)}", "size": "small"}
    )
    assert answer.status_code == 409
    assert not made.challenge.criteria.exists()


def rows(*weights):
    typed = {}
    for n, weight in enumerate(weights):
        typed |= {
            f"row{n}-title": f"Criterion {n}" if weight else "",
            f"row{n}-weight": weight or "",
        }
        typed[f"row{n}-scored_at"] = "text"
    return typed


def test_the_weights_make_100(made, go):
    wrong = go("set_criteria", rows(50, 40))
    assert wrong.status_code == 422
    assert "samen 90" in wrong.content.decode()
    assert go("set_criteria", rows(60, 0, 40)).status_code == 302
    assert [(c.weight, c.position) for c in made.challenge.criteria.all()] == [(60, 0), (40, 1)]
    assert go("set_criteria", rows(100, 0)).status_code == 302
    assert made.challenge.criteria.count() == 1


def test_a_question_has_a_limit_of_words(made, go):
    typed = {"row0-text": "Why you?", "row0-most_words": ""}
    assert go("set_questions", typed).status_code == 422
    assert go("set_questions", typed | {"row0-most_words": "2001"}).status_code == 422
    assert go("set_questions", typed | {"row0-most_words": "150"}).status_code == 302
    assert made.challenge.questions_asked.get().most_words == 150


def test_the_calendar_is_refused_out_of_order_and_warns_of_a_weekend(made, go):
    answer = go(
        "set_calendar", {"deadline_at": "2027-03-06T12:00", "scores_by": "2027-03-05T12:00"}
    )
    assert answer.status_code == 422
    assert go("set_calendar", {"deadline_at": "06-03-2027 12:00"}).status_code == 302
    told = go("setup").content.decode()
    assert "zaterdag 6 maart 2027, 12.00 uur" in told
    assert "Het valt in het weekend" in told
    assert "maandag 8 maart 2027" in told


def test_a_stranger_finds_no_page_of_setting_up(made, client, dan):
    sign_in(client, dan)
    for name in ("setup", "setup_advice", "setup_advice_pdf"):
        assert (
            client.get(reverse(f"challenges:{name}", args=[made.challenge.slug])).status_code == 404
        )


def asked_by(go):
    """How many queries the page makes."""
    with CaptureQueriesContext(connection) as queries:
        go("setup")
    return len(queries)


def test_the_page_asks_as_much_of_a_long_list_as_of_a_short_one(made, go):
    go("set_criteria", rows(100))
    few = asked_by(go)
    go("set_criteria", rows(*[20] * 5))
    assert asked_by(go) <= few <= 17
