"""Days after the deadline become other days while they have not passed: shown, and told to all whom they concern."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from challenges.lifecycle.bringing import moves
from challenges.lifecycle.later_days import change_days
from challenges.models import Challenge, Rectification
from challenges.setup_forms.later_days import ahead
from factory import clock
from factory.moves import Missing
from factory.notices.letters import write
from factory.notices.models import Notice
from factory.templatetags.words import moment
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


def days(number):
    return (clock.now() + timedelta(days=number)).replace(second=0, microsecond=0)


@pytest.fixture
def made():
    """Finalists are to pitch in three weeks, after which it is decided."""
    made = contest.contest("pitching", entrants=[make.organisation("Rijders")])
    dates = {"check_by": days(-5), "pitch_at": days(21), "decision_by": days(30)}
    Challenge.objects.filter(pk=made.challenge.pk).update(**dates)
    made.challenge.refresh_from_db()
    return made


def address(made):
    return f"{made.challenge.get_absolute_url()}change_days/"


def typed(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def send(client, made, **other):
    form = client.get(address(made)).context["form"]
    return client.post(address(made), filled(form) | other)


def filled(form):
    """The page as it was opened, with a reason."""
    fields = {name: f"{form[name].value():%Y-%m-%dT%H:%M}" for name in form.names}
    said = {"reason": "The alderman is ill.", "version": form["version"].value(), "token": "t"}
    return said | fields


def test_another_day_is_shown_with_the_old_one_and_told_to_all(made, client):
    fan, seat = make.person("Fem Fan"), contest.juror(made.challenge, "Eva Juror")
    fan.follows.create(challenge=made.challenge)
    sign_in(client, made.owner)
    pitch_at = days(25)
    answer = send(client, made, pitch_at=typed(pitch_at))
    assert answer.url == reverse("challenges:changes", args=[made.challenge.slug])
    row = Rectification.objects.get()
    assert [change["name"] for change in row.changes] == ["pitch_at"]
    changed = Challenge.objects.get(pk=made.challenge.pk)
    assert (changed.pitch_at, changed.version) == (pitch_at, made.challenge.version + 1)
    assert changed.versions.order_by("number").last().occasion == "rectify"
    client.logout()
    told = client.get(answer.url).content.decode()
    assert "<del>" in told
    assert "The alderman is ill." in told
    assert answer.url in client.get(changed.get_absolute_url()).content.decode()
    people = {fan: "other_followers", made.entries[0].contact: "other_followers",
              seat.person: "invited_jurors", made.colleague: "owners_side"}  # fmt: skip
    for person, audience in people.items():
        found = Notice.objects.inbox(person).filter(template__endswith=f"change_days_{audience}")
        assert found.count() == 1, person
    assert not Notice.objects.inbox(made.owner).filter(template__contains="change_days").exists()


def test_the_mail_says_what_it_was_and_what_it_is(made):
    seat = contest.juror(made.challenge, "Eva Juror")
    was = moment(made.challenge.pitch_at)
    pitch_at = days(25)
    change(made, pitch_at=pitch_at)
    mail = Notice.objects.mail().get(recipient=seat.person, template__contains="change_days")
    _id, _subject, text, raw = write(mail)
    for said in (was, moment(pitch_at), "/changes/"):
        assert said in text, said
    assert "text/calendar" in raw


def change(made, **moved):
    version = made.challenge.version
    return change_days(made.challenge, by=made.cleo, reason="Ill.", version=version, moved=moved)


def test_a_page_that_stood_open_undoes_nothing_of_a_colleague(made, client):
    sign_in(client, made.owner)
    opened = client.get(address(made))
    assert 'name="version"' in opened.content.decode()
    before = filled(opened.context["form"])
    pitch_at = days(25)
    change(made, pitch_at=pitch_at)
    answer = client.post(address(made), before | {"decision_by": typed(days(40))})
    assert answer.status_code == 422
    assert "Een collega" in answer.content.decode()
    assert Challenge.objects.get(pk=made.challenge.pk).pitch_at == pitch_at


def both_at_once(made, first, second):
    """Two forms that were both found right before either was carried out."""
    version = made.challenge.version
    change(made, **first)
    stale = Challenge.objects.get(pk=made.challenge.pk)
    change_days(stale, by=made.owner, reason="Late.", version=version, moved=second)


@pytest.mark.parametrize("second", [{"pitch_at": 26}, {"pitch_at": 29}, {"decision_by": 24}])
def test_of_two_at_once_the_second_reads_that_a_colleague_was_first(made, second):
    with pytest.raises(Missing, match="collega"):
        both_at_once(made, {"pitch_at": days(25)}, {n: days(v) for n, v in second.items()})
    assert Rectification.objects.count() == 1


def test_the_move_says_what_it_was_when_nobody_else_could_change_it(made):
    """Whatever its caller knew of the challenge."""
    was = days(22)
    Challenge.objects.filter(pk=made.challenge.pk).update(pitch_at=was)
    change(made, pitch_at=days(25))
    (said,) = Rectification.objects.get().changes
    assert said["old"] == timezone.localtime(was).isoformat(timespec="minutes")


@pytest.mark.parametrize(
    "moved", [{}, {"pitch_at": 31}, {"pitch_at": -1}], ids=["nothing", "wrong order", "over"]
)
def test_the_move_itself_refuses_in_words_what_cannot_be(made, moved):
    with pytest.raises(Missing):
        change(made, **{name: days(number) for name, number in moved.items()})
    assert not Rectification.objects.exists()


def test_a_day_that_has_passed_is_not_in_the_form(made, client):
    sign_in(client, made.owner)
    form = client.get(address(made)).context["form"]
    assert set(form.names) == {"pitch_at", "decision_by"}


@pytest.mark.parametrize(
    "other",
    [{}, {"pitch_at": -1}, {"pitch_at": 31}, {"pitch_at": 25, "reason": ""}],
    ids=["nothing changed", "in the past", "after the decision", "no reason"],
)
def test_what_cannot_be_is_said_beside_it(made, client, other):
    sign_in(client, made.owner)
    other = {n: typed(days(v)) if isinstance(v, int) else v for n, v in other.items()}
    assert send(client, made, **other).status_code == 422
    assert not Rectification.objects.exists()


def test_a_day_that_passed_meanwhile_stays(made):
    Challenge.objects.filter(pk=made.challenge.pk).update(pitch_at=days(-1))
    with pytest.raises(Missing):
        change(made, pitch_at=days(25))


def test_where_no_day_lies_ahead_there_is_no_button(made, client):
    Challenge.objects.update(pitch_at=None, decision_by=None)
    sign_in(client, made.owner)
    assert "change_days" not in client.get(made.challenge.get_absolute_url()).content.decode()
    assert client.post(address(made), {"reason": "Ill.", "token": "t"}).status_code == 422


EVERY = {
    "check_by": 1, "scores_by": 2, "shortlist_by": 3, "coaching_from": 4, "coaching_until": 5,
    "pitch_at": 6, "explored_by": 7, "decision_by": 8,
}  # fmt: skip
FIRST = {
    "checking": "check_by", "scoring": "scores_by", "consensus": "shortlist_by",
    "pitching": "coaching_from", "coaching": "pitch_at", "proposed": "decision_by",
}  # fmt: skip


@pytest.mark.parametrize(("state", "first"), FIRST.items())
def test_a_phase_that_is_over_has_no_day_to_come_whatever_the_clock_says(state, first):
    thing = Challenge(state=state, **{name: days(number) for name, number in EVERY.items()})
    assert ahead(thing) == list(EVERY)[list(EVERY).index(first) :]


def test_the_clock_is_read_once(made, django_assert_num_queries):
    with django_assert_num_queries(1):
        ahead(made.challenge)


def test_after_the_decision_no_day_changes():
    decided = contest.contest("decided")
    assert not change_days.open_to(decided.owner, decided.challenge)


def test_the_end_of_a_coaching_that_runs_is_not_among_them():
    made = contest.contest("coaching")
    assert "change_days" in {move.name for move in moves.open_to(made.owner, made.challenge)}
    found = change_days.form(thing=made.challenge, by=made.owner).names
    assert "coaching_until" not in found


ROW = """INSERT INTO challenges_rectification
    (challenge_id, version, reason, changes, is_material, old_deadline_at, new_deadline_at, by_id, at)
    SELECT id, version, 'x', jsonb_build_array(jsonb_build_object(
        'name', 'pitch_at', 'old', pitch_at - interval '{}', 'new', pitch_at + interval '{}')),
    false, deadline_at, deadline_at, owner_id, now() FROM challenges_challenge"""


def raw(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize(("old", "new"), [("22 days", "0"), ("0", "1 day")])
def test_the_database_refuses_a_day_that_passed_and_one_that_is_not_so(made, old, new):
    with pytest.raises(IntegrityError, match="rectification_is_true"):
        raw(ROW.format(old, new))


def test_the_database_lets_a_true_one_through(made):
    raw(ROW.format("1 day", "0"))
