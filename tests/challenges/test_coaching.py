"""Coaching of finalists: promised when setting up, the same for all, and a changed plan after it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from challenges.coaching_desk import desk_queues
from challenges.lifecycle import bringing, coaching, judging, proposing
from challenges.lifecycle import entry as entries
from challenges.models import Assessment, Entry, Instrument
from challenges.models.coaching import Coaching
from factory import clock
from factory.moves import Missing, NotNow
from factory.notices.models import Notice
from tests import contest, make
from tests.moving_clock import moving_clock, set_ahead

pytestmark = pytest.mark.django_db
PLAN = "We drive four thousand rides."


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def made():
    """Two finalists, each with a coach and four hours, and five days to change their plan."""
    return contest.contest("coaching", entrants=[make.organisation(), make.organisation()])


@pytest.fixture
def later(made, postgres):
    """Moves the clock to just after the coaching, and lets what is due happen."""

    def strike():
        set_ahead(timedelta(days=6).total_seconds())
        for one in coaching.coached_long_enough(clock.now()):
            coaching.end_coaching(one)
        made.challenge.refresh_from_db()

    with moving_clock(postgres):
        yield strike


def changed(made, number=0, **facts):
    one = Entry.objects.get(pk=made.entries[number].pk)
    return entries.change(one, by=one.contact, **{"plan": PLAN} | facts)


def note(made, number=0, minutes=60, by=None):
    one = made.challenge.coachings.get(entry=made.entries[number])
    said = {"coaching": one, "held_date": clock.today(), "minutes": minutes}
    coaching.note_coaching(made.challenge, by=by or made.cleo, **said)


def test_every_finalist_gets_the_same_hours_and_a_coach(made):
    found = made.challenge.coachings.all()
    assert [(one.hours, one.coach.name) for one in found] == [(4, "Coach 1"), (4, "Coach 2")]
    heard = Notice.objects.filter(event__verb="challenge.start_coaching")
    told = set(heard.values_list("recipient__email", flat=True))
    coaches = {one.coach.email for one in found}
    assert told == {*coaches, *(entry.contact.email for entry in made.entries)}


def test_where_the_law_fixes_what_was_sent_in_nobody_is_coached(client):
    made = contest.contest("shaping", instrument="prize")
    page = made.challenge.get_absolute_url() + "set_terms/"
    client.force_login(made.owner)
    assert b"coaching_hours" not in client.get(page).content
    type(made.challenge).objects.update(instrument=Instrument.objects.get(slug="subsidy"))
    assert b"coaching_hours" in client.get(page).content


def test_another_instrument_takes_the_promise_away():
    made = contest.contest("shaping", **contest.coached(after=30))
    prize = Instrument.objects.get(slug="prize")
    bringing.moves["choose_instrument"](made.challenge, by=made.owner, instrument=prize)
    made.challenge.refresh_from_db()
    assert (made.challenge.coaching_hours, made.challenge.coaching_until) == (None, None)


def test_it_is_not_approved_without_a_window_or_without_a_pitch():
    said = {**contest.coached(after=30), "coaching_from": None}
    made = contest.contest("shaping", criteria=[("Impact", 100, "text")], **said)
    lacks = " ".join(bringing.still_lacks(made.challenge))
    assert "in the calendar when finalists are coached" in lacks
    assert "must be scored at the pitch" in lacks


def test_who_sits_in_the_jury_or_enters_does_not_coach():
    two = [make.organisation(), make.organisation()]
    made = contest.contest("pitching", entrants=two, **contest.coached())
    juror = made.challenge.jury.first().person
    for person in (juror, two[0].owner):
        coaches = {entry: (person.name, person.email) for entry in made.entries}
        with pytest.raises(Missing, match="so somebody else coaches"):
            coaching.start_coaching(
                made.challenge, by=made.cleo, coaches=coaches, until=clock.now()
            )
    assert not Coaching.objects.exists()


def test_nothing_is_proposed_before_the_promised_coaching():
    made = contest.contest("pitching", **contest.coached())
    with pytest.raises(Missing, match="promised coaching"):
        proposing.propose(made.challenge, by=made.cleo)


def test_without_a_promise_no_coaching_begins():
    made = contest.contest("pitching")
    with pytest.raises(Missing, match="No coaching was promised"):
        coaching.start_coaching(made.challenge, by=made.cleo, coaches={}, until=clock.now())


def test_the_coach_and_a_coordinator_note_hours_up_to_the_offer(made):
    coach = made.challenge.coachings.first().coach
    note(made, minutes=180, by=coach)
    with pytest.raises(Missing, match="4 hours that every finalist was offered"):
        note(made, minutes=90)
    note(made, minutes=60)
    note(made, minutes=-60)
    assert made.challenge.coachings.with_used().first().used == 180
    with pytest.raises(Missing, match="You do not coach this finalist"):
        note(made, number=1, by=coach)
    with pytest.raises(PermissionDenied):
        note(made, by=made.owner)


def test_a_changed_plan_counts_and_the_first_one_stays_readable(made, client):
    first = made.entries[0].submissions.get()
    changed(made)
    one = Entry.objects.get(pk=made.entries[0].pk)
    assert (one.plan, one.receipt != first.sha256, one.state) == (PLAN, True, "shortlisted")
    assert one.submitted_at == made.entries[0].submitted_at
    client.force_login(one.contact)
    old = client.get(first.get_absolute_url()).content.decode()
    assert made.entries[0].plan in old
    assert "the marks on the text are about what stands here" in old
    heard = Notice.objects.filter(event__verb="entry.hand_receipt", event__thing_id=one.pk)
    assert heard.count() >= 2


def test_nobody_changes_a_plan_outside_the_window(made, later):
    later()
    assert made.challenge.state == "pitching"
    with pytest.raises(Missing, match="only while the finalists are coached"):
        changed(made)


def test_at_the_last_moment_a_plan_can_be_changed_and_a_moment_later_not(made, later):
    set_ahead((made.challenge.coaching_until - clock.now()).total_seconds() + 1)
    with pytest.raises(Missing, match="time for changed plans is over"):
        changed(made)
    set_ahead(-60)
    changed(made)


def test_marks_on_the_text_stand_and_the_pitch_is_scored_after_it(made, later):
    on_text = Assessment.objects.filter(challenge=made.challenge, round="text")
    before = list(on_text.values_list("state", "scores__points"))
    changed(made)
    later()
    assert list(on_text.values_list("state", "scores__points")) == before
    for one in Assessment.objects.filter(challenge=made.challenge, round="pitch"):
        contest.scored(one)
    made.propose()
    assert made.challenge.state == "proposed"


def test_the_jury_hears_that_the_changed_plans_are_there(made, later):
    later()
    heard = Notice.objects.filter(event__verb="challenge.end_coaching")
    jury = {seat.person_id for seat in made.challenge.jury.all()}
    assert set(heard.values_list("recipient", flat=True)) == jury


def test_a_coach_who_coordinates_leads_no_jury(made):
    assert judging.leads_the_jury.test(made.other, made.challenge)
    one = made.challenge.coachings.first()
    said = {"coaching": one, "name": "Chris", "email": made.other.email}
    coaching.name_coach(made.challenge, by=made.cleo, **said)
    assert not judging.leads_the_jury.test(made.other, made.challenge)


def test_somebody_else_can_coach_and_the_hours_stay(made):
    note(made)
    one = made.challenge.coachings.first()
    said = {"coaching": one, "name": "Olga Other", "email": "olga@coach.example"}
    coaching.name_coach(made.challenge, by=made.cleo, **said)
    one = made.challenge.coachings.with_used().first()
    assert (one.coach.name, one.used) == ("Olga Other", 60)


def test_only_finalists_hand_in_a_changed_plan(made):
    other = contest.contest("scoring")
    with pytest.raises(NotNow):
        entries.change(other.entries[0], by=other.entries[0].contact, plan=PLAN)


def test_a_coach_finds_on_the_desk_whom_they_coach_until_all_was_given(django_assert_num_queries):
    made = contest.contest("coaching")
    one = made.challenge.coachings.get()
    page = reverse("challenges:coaching", args=[made.challenge.slug])
    yours, others = desk_queues(one.coach)
    assert [item["url"] for item in yours["items"]] == [page]
    assert yours["items"][0]["title"] == one.entry.title
    assert others["items"] == []
    said = {"held_date": clock.today(), "minutes": one.hours * 60}
    coaching.note_coaching(made.challenge, by=one.coach, coaching=one, **said)
    yours, others = desk_queues(one.coach)
    assert (len(yours["items"]), len(others["items"])) == (0, 1)
    made.owner.coaches_now = False
    with django_assert_num_queries(0):
        assert not any(queue["items"] for queue in desk_queues(made.owner))
