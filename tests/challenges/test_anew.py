"""A decision made anew: the jury compares everything again, and the reserve has its turn before the term ends."""

import pytest
from django.urls import reverse

from challenges.desk import desk_queues
from challenges.lifecycle import announcing, judging, proposing, reserve
from challenges.lifecycle import award as awards
from challenges.lifecycle import objection as objections
from challenges.models import Assessment, Award, Entry, Letter, Objection
from challenges.scoring import Standing
from factory.moves import Missing
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


def told(*, pitched=False, reserve=()):
    """Three entrants; the first gets half of the envelope, and all of them heard so."""
    made = contest.contest("consensus", entrants=[make.organisation() for _n in range(3)])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    if pitched:
        contest.declare(made.challenge, made.chair)
        judging.shortlist(made.challenge, by=made.cleo, entries=made.entries[:2])
        for one in Assessment.objects.filter(round="pitch"):
            contest.scored(one, points=9)
    said = {"report": "Read twice.", "findings": contest.findings(made.entries)}
    proposing.propose(
        made.challenge,
        by=made.cleo,
        awards=[(made.entries[0], 5_000_000)],
        reserve=[made.entries[number] for number in reserve],
        **said,
    )
    made.decide()
    made.notify()
    contest.arrive(made.challenge)
    return made


def states():
    return list(Entry.objects.order_by("number").values_list("state", flat=True))


def ranked(client, made):
    sign_in(client, made.cleo)
    page = client.get(reverse("challenges:ranking", args=[made.challenge.slug]))
    return [row["number"] for row in page.context["rows"]]


def test_the_jury_has_everything_before_it_again(client):
    made = told()
    assert states() == ["awarded", "not_awarded", "not_awarded"]
    announcing.decide_anew(made.challenge, by=made.owner)
    assert states() == ["admitted"] * 3
    proposing.deliberate_anew(made.challenge, by=made.cleo)
    assert sorted(ranked(client, made)) == [1, 2, 3]
    at = reverse("challenges:move", args=[made.challenge.slug, "agree"])
    page = client.get(at, {"entry": made.entries[1].pk}).content.decode()
    assert made.entries[1].title in page
    judging.shortlist(made.challenge, by=made.cleo, entries=made.entries[1:])
    assert states() == ["admitted", "shortlisted", "shortlisted"]


def test_finalists_are_finalists_again_and_their_pitch_counts(client):
    made = told(pitched=True)
    announcing.decide_anew(made.challenge, by=made.owner)
    assert states() == ["shortlisted", "shortlisted", "admitted"]
    assert sorted(ranked(client, made)) == [1, 2]
    proposing.deliberate_anew(made.challenge, by=made.cleo)
    assert sorted(ranked(client, made)) == [1, 2]
    assert [c.scored_at for c in Standing(made.challenge).criteria] == ["text", "text", "pitch"]


def test_other_finalists_can_be_named_and_who_pitched_already_does_not_pitch_again():
    made = told(pitched=True)
    announcing.decide_anew(made.challenge, by=made.owner)
    proposing.deliberate_anew(made.challenge, by=made.cleo)
    before = Assessment.objects.standing().get(
        round="pitch", entry=made.entries[1], juror=made.chair
    )
    judging.shortlist(made.challenge, by=made.cleo, entries=made.entries[1:])
    assert states() == ["admitted", "shortlisted", "shortlisted"]
    pitch = Assessment.objects.filter(round="pitch", juror=made.chair).order_by("entry__number")
    assert list(pitch.values_list("entry__number", "state")) == [
        (1, "void"),
        (2, "locked"),
        (3, "open"),
    ]
    assert pitch.get(entry=made.entries[1]).pk == before.pk


def test_a_proposal_that_was_taken_back_after_the_pitch_leads_to_the_pitch_again():
    made = contest.contest("pitching", entrants=[make.organisation()])
    for one in Assessment.objects.filter(round="pitch"):
        contest.scored(one)
    made.propose()
    proposing.deliberate_anew(made.challenge, by=made.cleo)
    judging.shortlist(made.challenge, by=made.cleo, entries=made.entries)
    made.challenge.refresh_from_db()
    assert made.challenge.state == "pitching"


def declined(made):
    award = Award.objects.get(state="decided")
    awards.decline(award, by=award.entry.contact, reason="No people for it.")
    made.challenge.refresh_from_db()


def test_the_reserve_is_proposed_before_the_term_ends_and_all_hear_it_anew(client):
    made = told(reserve=[1, 2])
    with pytest.raises(Missing):
        reserve.pass_on(made.challenge, by=made.owner, cents=100)
    declined(made)
    with pytest.raises(Missing):
        reserve.pass_on(made.challenge, by=made.owner, cents=10_000_001)
    sign_in(client, made.owner)
    at = reverse("challenges:move", args=[made.challenge.slug, "pass_on"])
    assert client.post(at, {"cents": "40000", "token": "t"}).status_code == 302
    made.challenge.refresh_from_db()
    assert (made.challenge.state, made.challenge.term_ends_date) == ("proposed", None)
    assert states() == ["declined", "admitted", "admitted"]
    made.decide()
    made.notify()
    assert states() == ["declined", "awarded", "reserve"]
    letters = Letter.objects.current().order_by("entry__number")
    assert [letter.outcome for letter in letters] == ["awarded", "reserve"]
    said = str(letters[0].said)
    assert "plaats 1 van de reservelijst" in said
    assert "komt in de plaats van" in said
    made.award()
    assert Award.objects.get(state="final").cents == 4_000_000


def test_while_somebody_objects_the_reserve_waits():
    made = told(reserve=[1])
    declined(made)
    one = Objection(entry=made.entries[2], challenge=made.challenge)
    objections.lodge(one, by=made.entries[2].contact, kind="objection", text="No.")
    with pytest.raises(Missing):
        reserve.pass_on(made.challenge, by=made.owner, cents=100)
    objections.dismiss(one, by=made.owner, reason="It stands.")
    reserve.pass_on(made.challenge, by=made.owner, cents=100)


def test_who_decides_finds_on_their_desk_that_nobody_takes_the_award():
    made = told(reserve=[1])

    def waits():
        items = [item for queue in desk_queues(made.owner) for item in queue["items"]]
        return any("reserve" in item["meta"] for item in items)

    assert not waits()
    declined(made)
    assert waits()
    reserve.pass_on(made.challenge, by=made.owner, cents=100)
    assert not waits()


def test_an_award_of_which_another_still_stands_is_proposed_again_beside_the_next():
    made = contest.contest("consensus", entrants=[make.organisation() for _n in range(3)])
    said = {"report": "Read twice.", "findings": contest.findings(made.entries)}
    two = [(entry, 3_000_000) for entry in made.entries[:2]]
    proposing.propose(made.challenge, by=made.cleo, awards=two, reserve=made.entries[2:], **said)
    made.decide()
    made.notify()
    first = Award.objects.get(entry=made.entries[0])
    awards.decline(first, by=made.entries[0].contact, reason="No people.")
    reserve.pass_on(made.challenge, by=made.owner, cents=2_000_000)
    standing = Award.objects.filter(state="proposed").order_by("cents")
    assert list(standing.values_list("entry__number", "cents")) == [(3, 2_000_000), (2, 3_000_000)]
