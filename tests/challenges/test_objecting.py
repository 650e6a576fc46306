"""After the letter: objections hold everything up, talks are planned, and the reserve has its turn."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from challenges.lifecycle import announcing, reserve
from challenges.lifecycle import award as awards
from challenges.lifecycle import objection as objections
from challenges.models import Award, Challenge, Decision, Entry, Letter, Objection, Talk
from factory import clock
from factory.moves import Missing, make_due_moves
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in
from tests.factory.files.hostile import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Two entrants, one award of half the envelope, the other in the reserve; the term runs."""
    made = contest.contest("consensus", entrants=[make.organisation(), make.organisation()])
    said = {"report": "Read twice.", "findings": contest.findings(made.entries)}
    awards = [(made.entries[0], 5_000_000)]
    contest.proposing.propose(
        made.challenge, by=made.cleo, awards=awards, reserve=[made.entries[1]], **said
    )
    made.decide()
    made.notify()
    contest.arrive(made.challenge)
    made.loser = made.entries[1].contact
    made.letter = Letter.objects.get(entry=made.entries[1])
    return made


def the_term_ends(made):
    Challenge.objects.filter(pk=made.challenge.pk).update(
        term_ends_date=clock.today() - timedelta(days=1)
    )
    make_due_moves()
    made.challenge.refresh_from_db()
    return made.challenge.state


def objects(client, made, **said):
    sign_in(client, made.loser)
    data = {"kind": "objection", "text": "You read our plan wrongly.", "token": "once"} | said
    return client.post(reverse("challenges:lodge", args=[made.letter.pk]), data)


def test_an_open_objection_keeps_the_award_from_being_final(client, made):
    assert objects(client, made).status_code == 302
    assert the_term_ends(made) == "notified"
    one = Objection.objects.get()
    assert one.received_date == clock.today()
    told = Notice.objects.mail().filter(template="notices/objection/lodge_those_who_decide")
    assert made.colleague in {notice.recipient for notice in told}
    objections.dismiss(one, by=made.owner, reason="We read it again: it stands.")
    make_due_moves()
    made.challenge.refresh_from_db()
    assert made.challenge.state == "awarded"


def test_who_enters_objects_and_a_coordinator_notes_an_objection(client, made):
    url = f"/en{made.letter.get_absolute_url()}"
    sign_in(client, made.loser)
    assert "Note an objection" not in client.get(url).content.decode()
    sign_in(client, made.other)
    assert "Note an objection" in client.get(url).content.decode()


def test_one_form_sent_twice_is_one_objection(client, made):
    assert objects(client, made).url == objects(client, made).url
    assert Objection.objects.count() == 1


def test_an_objection_says_something_or_has_its_paper(client, made):
    assert objects(client, made, text="").status_code == 422
    paper = SimpleUploadedFile("bezwaar.pdf", pdf(), "application/pdf")
    assert objects(client, made, text="", paper=paper).status_code == 302
    kept = Objection.objects.get().paper
    assert client.get(kept.get_absolute_url()).status_code == 200
    sign_in(client, made.entries[0].contact)
    assert client.get(kept.get_absolute_url()).status_code == 404
    assert client.get(Objection.objects.get().get_absolute_url()).status_code == 404


def test_a_right_objection_leads_to_a_new_decision_and_new_letters(client, made):
    objects(client, made)
    objections.uphold(Objection.objects.get(), by=made.owner, reason="You are right.")
    assert the_term_ends(made) == "notified"
    announcing.decide_anew(made.challenge, by=made.owner)
    assert Award.objects.filter(state="revoked").count() == 1
    made.decide()
    announcing.notify(made.challenge, by=made.cleo)
    assert Decision.objects.count() == 2
    assert Letter.objects.count() == 4
    assert Letter.objects.current().count() == 2
    old = client.get(made.letter.get_absolute_url()).content.decode()
    assert "Telt niet meer" in old
    contest.arrive(made.challenge)
    assert the_term_ends(made) == "awarded"


def test_the_jury_may_choose_another_after_a_right_objection(client, made):
    announcing.decide_anew(made.challenge, by=made.owner)
    contest.proposing.deliberate_anew(made.challenge, by=made.cleo)
    said = {"report": "Read again.", "findings": contest.findings(made.entries)}
    contest.proposing.propose(
        made.challenge, by=made.cleo, awards=[(made.entries[1], 4_000_000)], **said
    )
    made.decide()
    announcing.notify(made.challenge, by=made.cleo)
    states = dict(Entry.objects.values_list("number", "state"))
    assert states == {1: "not_awarded", 2: "awarded"}


def test_after_the_term_it_is_too_late(client, made):
    assert the_term_ends(made) == "awarded"
    assert objects(client, made).status_code == 409
    assert not Objection.objects.exists()


def test_an_entrant_asks_for_a_talk_and_it_is_planned_and_held(client, made):
    sign_in(client, made.loser)
    page = client.get(made.letter.get_absolute_url()).content.decode()
    url = reverse("challenges:ask_talk", args=[made.letter.pk])
    assert url in page
    assert client.post(url, {"question": "What was weak?", "token": "t"}).status_code == 302
    assert client.post(url, {"question": "Again", "token": "u"}).status_code == 409
    one = Talk.objects.get()
    sign_in(client, made.owner)
    where = reverse("challenges:talk_move", args=[one.pk, "plan"])
    day = clock.today() + timedelta(days=7)
    said = {"day": f"{day:%Y-%m-%d}", "hour": "14:30", "place": "Town hall, room 3"}
    assert client.post(where, said).status_code == 302
    told = Notice.objects.mail().filter(template="notices/talk/plan_entrants")
    assert {notice.recipient for notice in told} == {made.loser}
    client.post(reverse("challenges:talk_move", args=[one.pk, "hold"]))
    one.refresh_from_db()
    assert one.state == "held"


def test_before_the_term_ends_a_winner_may_turn_it_down_and_nothing_ends_by_itself(client, made):
    award = Award.objects.get()
    sign_in(client, made.entries[0].contact)
    url = reverse("challenges:award_move", args=[award.pk, "decline"])
    assert client.post(url, {"reason": "We have no people for it."}).status_code == 302
    assert the_term_ends(made) == "notified"  # the reserve waits for a decision
    announcing.decide_anew(made.challenge, by=made.owner)


def test_the_next_of_the_reserve_gets_what_is_left(client, made):
    assert the_term_ends(made) == "awarded"
    with pytest.raises(Missing):
        reserve.award_next(made.challenge, by=made.owner, cents=100)
    awards.decline(Award.objects.get(), by=made.entries[0].contact, reason="No people for it.")
    with pytest.raises(Missing):
        reserve.award_next(made.challenge, by=made.owner, cents=10_000_001)
    sign_in(client, made.owner)
    url = reverse("challenges:move", args=[made.challenge.slug, "award_next"])
    assert client.post(url, {"cents": "50000"}).status_code == 302
    made.challenge.refresh_from_db()
    assert made.challenge.committed_cents == 5_000_000
    assert dict(Entry.objects.values_list("number", "state")) == {1: "declined", 2: "awarded"}
    told = Notice.objects.mail().filter(template="notices/entry/come_next_entrants")
    assert {notice.recipient for notice in told} == {made.loser}
