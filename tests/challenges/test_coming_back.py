"""Who was excluded wrongly comes back, before the letters at once and after them with a decision made anew."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from challenges.desk import desk_queues
from challenges.lifecycle import announcing, ending, judging, jury, proposing
from challenges.lifecycle import assessment as assessments
from challenges.lifecycle import entry as entries
from challenges.lifecycle import objection as objections
from challenges.models import Assessment, Award, Challenge, Decision, Entry, Letter, Objection
from challenges.scoring import Standing, asked_now
from factory import clock
from factory.knowledge.models import Norm
from factory.moves import Missing
from factory.notices.models import Notice
from factory.working_days import between
from tests import contest, make
from tests.challenges.test_course import raw
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
WHY = "There is no extract of the trade register."
BACK = "The extract was there: you are right."


def contest_with_one_excluded(*steps):
    """Three entrants, the last one excluded; then these steps."""
    made = contest.contest("checking", entrants=[make.organisation() for _n in range(3)])
    made.excluded = made.entries.pop()
    entries.exclude(made.excluded, by=made.cleo, reason=WHY)
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    for step in steps:
        getattr(made, step)()
    return made


def objected(made):
    one = Objection(entry=made.excluded, challenge=made.challenge)
    objections.lodge(one, by=made.excluded.contact, kind="objection", text="It was there.")
    return one


def upheld(made):
    objections.uphold(objected(made), by=made.owner, reason=BACK)
    made.challenge.refresh_from_db()
    made.excluded.refresh_from_db()
    return made


def states(made):
    return list(made.challenge.entries.order_by("number").values_list("state", flat=True))


def test_who_is_excluded_objects_at_once_from_the_page_of_the_entry(client):
    made = contest_with_one_excluded("start_scoring")
    sign_in(client, made.excluded.contact)
    at = reverse("challenges:lodge_exclusion", args=[made.excluded.pk])
    assert at in client.get(made.excluded.get_absolute_url()).content.decode()
    assert WHY in client.get(at).content.decode()
    said = {"kind": "objection", "text": "It was there.", "token": "once"}
    one = client.post(at, said)
    assert one.url == Objection.objects.get().get_absolute_url()
    assert client.post(at, said).url == one.url
    assert Objection.objects.get().decision is None
    told = Notice.objects.mail().filter(event__verb="objection.lodge")
    assert made.colleague in {notice.recipient for notice in told}
    for row in desk_queues(made.owner)[0]["items"]:
        assert row["url"] == one.url
    sign_in(client, made.owner)
    assert BACK not in client.get(one.url).content.decode()
    uphold = reverse("challenges:objection_move", args=[Objection.objects.get().pk, "uphold"])
    assert "Wat gescoord is" in client.get(uphold).content.decode()
    assert client.post(uphold, {"reason": BACK, "token": "two"}).status_code == 302
    made.excluded.refresh_from_db()
    assert made.excluded.state == "admitted"


def test_whoever_is_not_excluded_waits_for_the_letter(client):
    made = contest_with_one_excluded("start_scoring")
    other = made.entries[0]
    one = Objection(entry=other, challenge=made.challenge)
    with pytest.raises(Missing):
        objections.lodge(one, by=other.contact, kind="objection", text="No.")
    sign_in(client, other.contact)
    assert client.get(reverse("challenges:lodge_exclusion", args=[other.pk])).status_code == 404


def test_during_the_check_it_is_admitted_as_the_others_are():
    made = upheld(contest_with_one_excluded())
    assert (made.challenge.state, made.excluded.state) == ("checking", "admitted")
    made.start_scoring()
    assert made.challenge.entries.to_judge().count() == 3


def test_a_challenge_without_other_entries_does_not_end_while_its_only_entrant_objects():
    made = contest.contest("checking", entrants=[make.organisation()])
    made.excluded = made.entries.pop()
    entries.exclude(made.excluded, by=made.cleo, reason=WHY)
    one = objected(made)
    with pytest.raises(Missing):
        ending.end_without_entries(made.challenge, by=made.cleo, reason="Nothing fits.")
    objections.dismiss(one, by=made.owner, reason="It is not there.")
    ending.end_without_entries(made.challenge, by=made.cleo, reason="Nothing fits.")


@pytest.mark.parametrize(
    "steps",
    [
        ["start_scoring"],
        ["start_scoring", "deliberate"],
        ["start_scoring", "deliberate", "shortlist"],
        ["start_scoring", "deliberate", "propose"],
        ["start_scoring", "deliberate", "propose", "decide"],
    ],
    ids=lambda steps: steps[-1],
)
def test_before_the_letters_the_jury_scores_it_and_compares_all_anew(steps):
    made = upheld(contest_with_one_excluded(*steps))
    assert made.challenge.state == "scoring"
    assert states(made) == ["admitted"] * 3
    assert not Award.objects.standing().exists()
    assert not Decision.objects.standing().exists()
    for verb in ("challenge.score_again", "entry.come_back"):
        assert Notice.objects.mail().filter(event__verb=verb).exists(), verb
    jurors = Notice.objects.mail().filter(template="notices/challenge/score_again_jurors")
    assert [notice.recipient for notice in jurors] == [made.chair.person]


def test_what_was_scored_stands_and_who_came_back_is_read_once_interests_are_declared():
    made = contest_with_one_excluded("start_scoring", "deliberate")
    before = set(Assessment.objects.locked().values_list("pk", flat=True))
    upheld(made)
    assert before == set(Assessment.objects.locked().values_list("pk", flat=True))
    with pytest.raises(Missing):
        judging.deliberate(made.challenge, by=made.cleo)
    jury.assign(made.challenge, by=made.cleo, each=1)
    assert not Assessment.objects.filter(entry=made.excluded).exists()  # nobody declared yet
    contest.declare(made.challenge, made.chair)
    jury.assign(made.challenge, by=made.cleo, each=1)
    new = Assessment.objects.get(entry=made.excluded)
    contest.scored(new, points=9)
    judging.deliberate(made.challenge, by=made.cleo)
    standing = Standing(made.challenge)
    assert [entry.number for entry in standing.entries.values()] == [1, 2, 3]
    proposing.propose(
        made.challenge,
        by=made.cleo,
        awards=[(made.excluded, 5_000_000)],
        report="Read again.",
        findings=contest.findings([*made.entries, made.excluded]),
    )
    made.decide()
    made.notify()
    assert states(made) == ["not_awarded", "not_awarded", "awarded"]
    said = str(Letter.objects.get(entry=made.excluded).said)
    assert "eerder uitgesloten" in said


def test_after_a_pitch_all_are_compared_on_the_text_and_who_pitched_need_not_pitch_again():
    made = contest_with_one_excluded("start_scoring", "deliberate", "shortlist")
    pitched = Assessment.objects.standing().filter(round="pitch")
    contest.scored(pitched.get(entry=made.entries[0]), points=8)
    upheld(made)
    contest.assessment(made.excluded, made.chair, "locked")
    judging.deliberate(made.challenge, by=made.cleo)
    assert [c.scored_at for c in asked_now(made.challenge)] == ["text", "text"]
    judging.shortlist(made.challenge, by=made.cleo, entries=[*made.entries, made.excluded])
    rows = Assessment.objects.filter(round="pitch").order_by("entry__number", "pk")
    assert list(rows.values_list("entry__number", "state")) == [
        (1, "locked"),
        (2, "void"),
        (2, "open"),
        (3, "open"),
    ]
    assert len(asked_now(made.challenge)) == 3


def test_while_who_was_excluded_objects_nothing_is_decided_and_no_letter_goes():
    made = contest_with_one_excluded("start_scoring", "deliberate", "propose")
    one = objected(made)
    with pytest.raises(Missing):
        made.decide()
    objections.withdraw(one, by=made.excluded.contact)
    made.decide()
    one = objected(made)
    with pytest.raises(Missing):
        made.notify()
    objections.dismiss(one, by=made.owner, reason="It is not there.")
    made.notify()
    assert states(made)[-1] == "excluded"


def test_after_the_letters_the_decision_is_taken_back_first_and_all_hear_anew(client):
    made = contest_with_one_excluded("start_scoring", "deliberate", "propose", "decide", "notify")
    contest.arrive(made.challenge)
    upheld(made)
    assert (made.challenge.state, made.excluded.state) == ("notified", "excluded")
    assert Objection.objects.get().decision == Decision.objects.get()
    sign_in(client, made.owner)
    page = client.get(Objection.objects.get().get_absolute_url()).content.decode()
    assert reverse("challenges:deciding", args=[made.challenge.slug]) in page
    announcing.decide_anew(made.challenge, by=made.owner)
    made.challenge.refresh_from_db()
    assert made.challenge.state == "scoring"
    assert states(made) == ["admitted"] * 3
    assert not Objection.objects.in_the_way().exists()
    contest.assessment(made.excluded, made.chair, "locked")
    judging.deliberate(made.challenge, by=made.cleo)
    made.entries.append(made.excluded)
    made.propose()
    made.decide()
    made.notify()
    said = {letter.entry.number: str(letter.said) for letter in Letter.objects.current()}
    assert "eerder uitgesloten was, kwam terug" in said[1]
    assert "was eerder uitgesloten" in said[3]
    made.award()


def over_for_a_day(made):
    """The day for scores was yesterday, the decision is tomorrow."""
    day = clock.now() - timedelta(days=1)
    Challenge.objects.update(scores_by=day, decision_by=day + timedelta(days=2))
    made.challenge.refresh_from_db()
    return upheld(made).challenge


def test_the_jury_gets_time_for_it_where_the_day_for_scores_is_over():
    challenge = over_for_a_day(contest_with_one_excluded("start_scoring", "deliberate"))
    given = between(clock.today(), timezone.localdate(challenge.scores_by))
    assert Norm.objects.get(code="scoring-again-days").source == "Rule of the house"
    assert 10 <= given <= 15  # at least the norm, and up to a week more to keep its day of the week
    assert challenge.decision_by - challenge.scores_by == timedelta(days=2)


def test_how_much_time_that_is_follows_the_norm_of_the_day():
    made = contest_with_one_excluded("start_scoring", "deliberate")
    Norm.objects.create(
        code="scoring-again-days", value=30, unit="days", valid_from=clock.today(), source="A rule"
    )
    challenge = over_for_a_day(made)
    assert between(clock.today(), timezone.localdate(challenge.scores_by)) >= 30


def test_a_juror_with_an_interest_in_who_comes_back_does_not_read_it():
    made = upheld(contest_with_one_excluded("start_scoring", "deliberate"))
    contest.declare(made.challenge, made.chair, conflicts=[made.excluded])
    jury.assign(made.challenge, by=made.cleo, each=1)
    assert not Assessment.objects.filter(entry=made.excluded).exists()
    other = contest.juror(made.challenge, "Eva Juror")
    contest.declare(made.challenge, other)
    jury.assign(made.challenge, by=made.cleo, each=1)
    new = Assessment.objects.get(entry=made.excluded)
    assert new.juror == other
    assessments.lock(contest.scored(new, lock=False), by=other.person)


# What PostgreSQL refuses, whoever writes.
def test_nobody_comes_back_without_an_objection_that_was_right():
    made = contest_with_one_excluded("start_scoring")
    back = f"UPDATE challenges_entry SET state = 'admitted' WHERE id = {made.excluded.pk}"
    objected(made)
    with pgtrigger.ignore("challenges.Entry:state_is_journalled"):
        with pytest.raises(IntegrityError, match="entry_comes_back_when_right"):
            raw(back)
        with pgtrigger.ignore("challenges.Entry:back_when_right"):
            raw(back)  # the negative control
    assert Entry.objects.get(pk=made.excluded.pk).state == "admitted"


def test_a_jury_does_not_score_again_unless_somebody_came_back():
    made = contest_with_one_excluded("start_scoring", "deliberate")
    again = f"UPDATE challenges_challenge SET state = 'scoring' WHERE id = {made.challenge.pk}"
    with pgtrigger.ignore("challenges.Challenge:state_is_journalled"):
        with pytest.raises(IntegrityError, match="challenge_scores_again_for_who_came_back"):
            raw(again)
        with pgtrigger.ignore("challenges.Challenge:scores_again_for_who_came_back"):
            raw(again)  # the negative control


def test_before_the_letters_the_database_takes_objections_of_who_is_excluded_alone():
    made = contest_with_one_excluded("start_scoring")
    objected(made)
    rest = "kind, received_date, text, lodged_by_id, lodged_at, reason, state"
    columns = f"challenge_id, decision_id, entry_id, {rest}"
    copy = "INSERT INTO challenges_objection ({}) SELECT {} FROM challenges_objection"
    with pgtrigger.ignore("challenges.Objection:state_is_journalled"):
        raw(copy.format(columns, columns))
        theirs = f"challenge_id, decision_id, {made.entries[0].pk}, {rest}"
        with pytest.raises(IntegrityError, match="objection_in_time"):
            raw(copy.format(columns, theirs))
