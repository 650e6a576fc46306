"""A jury that is large enough before it scores, and that can still change while it does."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from challenges import jury_desk
from challenges.lifecycle import assessment as assessments
from challenges.lifecycle import entry as entries
from challenges.lifecycle import inviting, judging, jury
from challenges.models import Assessment, Interest
from challenges.rules import leads_the_jury
from factory.moves import Missing
from factory.notices.letters import write
from factory.notices.models import Notice
from partners.models import Person
from tests import contest, make
from tests.challenges.test_challenge_page import english
from tests.challenges.test_coming_back import upheld
from tests.coaching import coached
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
SIZES = {"small": (2_500_000, 2), "middle": (10_000_000, 3), "large": (10_000_100, 4)}


def checked(cents=10_000_000):
    made = contest.contest("checking", entrants=[make.organisation()], envelope_cents=cents)
    entries.admit(made.entries[0], by=made.cleo)
    return made


def heard(verb):
    told = Notice.objects.filter(channel="inbox", event__verb=verb)
    return {(one.recipient, one.template.rpartition("/")[2]) for one in told}


@pytest.mark.parametrize("size", SIZES)
def test_the_jury_scores_once_it_is_large_enough_for_the_envelope_and_has_a_chair(size):
    cents, needed = SIZES[size]
    made = checked(cents)
    for number in range(needed - 1):
        contest.juror(made.challenge, f"Juror {number}", chairs=number == 0)
    with pytest.raises(Missing, match="Minstens"):
        judging.start_scoring(made.challenge, by=made.cleo)
    last = contest.juror(made.challenge, "Last Juror")
    made.challenge.jury.filter(chairs=True).update(chairs=False)
    with pytest.raises(Missing, match="zit de jury voor"):
        judging.start_scoring(made.challenge, by=made.cleo)
    type(last).objects.filter(pk=last.pk).update(chairs=True)
    judging.start_scoring(made.challenge, by=made.cleo)
    assert made.challenge.state == "scoring"


def test_who_did_not_answer_yet_does_not_count_and_setting_up_says_what_to_do():
    made = checked()
    for name in ("a", "b", "c"):
        said = {"name": name, "email": f"{name}@jury.example", "chairs": name == "a"}
        inviting.invite_juror(made.challenge, by=made.cleo, **said)
    client = sign_in(Client(), made.owner)
    page = f"{english(made.challenge)}setup/"
    assertContains(client.get(page), "At least 3 jurors must have said yes; 0 did.")
    assertContains(client.get(page), "Nobody chairs the jury.")
    for seat in made.challenge.jury.all():
        inviting.take_seat(made.challenge, by=seat.person)
    assertNotContains(client.get(page), "must have said yes")
    judging.start_scoring(made.challenge, by=made.cleo)


@pytest.fixture
def scored():
    """Two entries; Carla chairs, Eva has both and locked the first, Finn has the second."""
    made = contest.contest("scoring", entrants=[make.organisation(), make.organisation()])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    made.eva = contest.juror(made.challenge, "Eva Juror")
    made.locked = contest.assessment(made.entries[0], made.eva, "locked")
    made.open = contest.assessment(made.entries[1], made.eva)
    contest.scored(made.open, lock=False)
    return made


def states(made):
    return [Assessment.objects.get(pk=one.pk).state for one in (made.locked, made.open)]


def test_a_juror_who_stops_keeps_what_they_locked_and_the_rest_is_for_others(scored):
    inviting.excuse_juror(scored.challenge, by=scored.cleo, seat=scored.eva)
    assert states(scored) == ["locked", "void"]
    assert heard("challenge.excuse_juror") == {
        (scored.eva.person, "excuse_juror_those_just_released"),
        (scored.chair.person, "excuse_juror_who_shares_out"),
    }
    with pytest.raises(Missing, match="uit de jury gestapt"):
        assessments.unlock(scored.locked, by=scored.cleo, reason="Look again.")
    assert jury_desk.desk_queues(scored.eva.person)[0]["items"] == []
    contest.declare(scored.challenge, scored.chair)
    jury.assign(scored.challenge, by=scored.cleo, each=1)
    assert [a.juror for a in Assessment.objects.standing().filter(entry=scored.entries[1])] == [
        scored.chair
    ]
    contest.scored(Assessment.objects.standing().get(juror=scored.chair))
    judging.deliberate(scored.challenge, by=scored.chair.person)
    assert scored.challenge.state == "consensus"


def test_one_more_juror_answers_from_the_desk_declares_and_gets_a_part(scored):
    nina = make.person("Nina New")
    inviting.add_juror(scored.challenge, by=scored.cleo, name="", email=nina.email)
    assert heard("challenge.add_juror") == {(nina, "add_juror_those_just_asked")}
    (asked,) = jury_desk.desk_queues(nina)[0]["items"]
    assert asked["url"] == scored.challenge.get_absolute_url()
    inviting.take_seat(scored.challenge, by=nina)
    assert (scored.chair.person, "take_seat_who_shares_out") in heard("challenge.take_seat")
    seat = scored.challenge.jury.get(person=nina)
    with pytest.raises(Exception, match="juror_declared"):
        Assessment.objects.create(
            challenge=scored.challenge, juror=seat, entry=scored.entries[0], state="open"
        )


def test_the_new_juror_is_shared_out_to_once_declared(scored):
    nina = contest.juror(scored.challenge, "Nina New")
    contest.declare(scored.challenge, nina)
    jury.assign(scored.challenge, by=scored.cleo, each=2)
    assert nina.assessments.count() == 2
    assert Interest.objects.filter(juror=nina).count() == 2


def test_a_challenge_that_lost_its_whole_jury_can_still_leave_the_scoring(scored):
    for seat in (scored.eva, scored.chair):
        inviting.excuse_juror(scored.challenge, by=scored.cleo, seat=seat)
    assert not scored.challenge.jury.seated().exists()
    nina = make.person("Nina New")
    said = {"name": "", "email": nina.email, "chairs": True}
    inviting.add_juror(scored.challenge, by=scored.cleo, **said)
    inviting.take_seat(scored.challenge, by=nina)
    seat = scored.challenge.jury.get(person=nina)
    contest.declare(scored.challenge, seat)
    jury.assign(scored.challenge, by=scored.cleo, each=1)
    for one in seat.assessments.all():
        contest.scored(one)
    judging.deliberate(scored.challenge, by=nina)
    assert scored.challenge.state == "consensus"


def test_asking_one_more_can_be_taken_back_and_the_owner_changes_no_jury_that_scores(scored):
    inviting.add_juror(scored.challenge, by=scored.cleo, name="Nina", email="nina@jury.example")
    inviting.take_back(scored.challenge, by=scored.cleo)
    assert not scored.challenge.jury.asked().exists()
    client = sign_in(Client(), scored.owner)
    for name in ("add_juror", "excuse_juror"):
        assert client.get(f"{english(scored.challenge)}{name}/").status_code == 403
    page = sign_in(Client(), scored.cleo, second_factor=True).get(
        f"{english(scored.challenge)}jury/"
    )
    assertContains(page, "excuse_juror/")


def test_who_chairs_does_so_until_the_new_chair_takes_the_seat(scored):
    for name in ("nina", "olga"):  # the last one asked is to chair it
        said = {"name": name, "email": f"{name}@jury.example", "chairs": True}
        inviting.add_juror(scored.challenge, by=scored.cleo, **said)
    chairs = scored.challenge.jury.filter(chairs=True)
    olga = chairs.asked().get()
    assert olga.person.email == "olga@jury.example"
    assert chairs.seated().get() == scored.chair
    assert leads_the_jury.test(scored.chair.person, scored.challenge)
    assert not leads_the_jury.test(olga.person, scored.challenge)
    assert not Assessment.objects.visible_to(olga.person).exists()
    nina = Person.objects.get(email="nina@jury.example")
    assert (nina, "add_juror_who_chaired_before") in heard("challenge.add_juror")
    inviting.take_seat(scored.challenge, by=olga.person)
    assert chairs.get() == olga
    assert (scored.chair.person, "take_seat_who_chaired_before") in heard("challenge.take_seat")
    told = Notice.objects.filter(template__endswith="take_seat_who_chaired_before")
    mail = told.get(recipient=scored.chair.person, channel="inbox")
    mail.language, mail.address = "en", "carla@jury.example"
    assert f"{olga.person.name} chairs the jury of {scored.challenge} now." in write(mail)[2]
    assert leads_the_jury.test(olga.person, scored.challenge)
    assert not leads_the_jury.test(scored.chair.person, scored.challenge)


def test_who_had_not_answered_hears_that_the_question_is_gone_and_of_no_marks(scored):
    nina = make.person("Nina New")
    inviting.add_juror(scored.challenge, by=scored.cleo, name="", email=nina.email)
    seat = scored.challenge.jury.get(person=nina)
    inviting.excuse_juror(scored.challenge, by=scored.cleo, seat=seat)
    assert heard("challenge.excuse_juror") == {(nina, "excuse_juror_those_not_asked_any_more")}
    assert not scored.challenge.jury.asked().exists()


def test_who_coaches_a_finalist_is_not_asked_for_the_jury_once_it_scores_again():
    three = [make.organisation() for _n in range(3)]
    made = contest.contest("checking", entrants=three, **coached())
    made.excluded = made.entries.pop()
    entries.exclude(made.excluded, by=made.cleo, reason="There is no extract.")
    for step in ("start_scoring", "deliberate", "shortlist", "start_coaching"):
        getattr(made, step)()
    coach = made.challenge.coachings.first().coach
    upheld(made)
    assert made.challenge.state == "scoring"
    client = sign_in(Client(), made.cleo, second_factor=True)
    said = {"name": coach.name, "email": coach.email, "token": "t"}
    answer = client.post(f"{english(made.challenge)}add_juror/", said)
    assertContains(answer, f"{coach.name} coaches a finalist", status_code=409)
