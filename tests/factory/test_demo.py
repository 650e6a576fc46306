"""Replaying: in the order of time, on working days, never ahead of today, and never in production."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from factory import clock, demo
from factory.working_days import is_working_day
from tests import make


def telling(heard, name, *moments):
    """A story that notes when it is which time."""
    for moment in moments:
        yield moment
        heard.append((name, clock.now()))


def test_stories_happen_in_the_order_of_time(db):
    now, heard, hour = clock.now(), [], timedelta(hours=1)
    demo.play([telling(heard, "a", now, now + 3 * hour), telling(heard, "b", now + hour)])
    assert heard == [("a", now), ("b", now + hour), ("a", now + 3 * hour)]


def test_a_story_never_goes_back_in_time(db):
    now, heard = clock.now(), []
    demo.play([telling(heard, "a", now, now - timedelta(days=1))])
    assert heard == [("a", now), ("a", now)]


def test_after_a_story_it_is_now_again(db):
    demo.play([telling([], "a", clock.now() - timedelta(days=900))])
    assert not clock.replaying()


def test_nobody_makes_history_up_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(RuntimeError), clock.replay(clock.timezone.now()):
        pass
    assert not clock.replaying()


@pytest.mark.parametrize("days_ago", range(12))
def test_a_moment_of_the_demo_is_on_a_working_day_and_not_to_come(db, days_ago):
    days = demo.Calendar()
    moment = days.at(days_ago, demo.chance("somebody"))
    assert is_working_day(clock.timezone.localdate(moment))
    assert moment <= days.now


def test_chance_falls_the_same_way_every_time():
    assert demo.chance("Uden").random() == demo.chance("Uden").random()
    assert demo.chance("Uden").random() != demo.chance("Veghel").random()


def test_the_demo_is_not_made_over_a_network_that_is_there(cleo):
    with pytest.raises(CommandError, match="make reset"):
        call_command("demo_data")


@pytest.mark.parametrize("command", ["demo_data", "demo_accounts"])
def test_there_is_no_demo_in_production(db, settings, command):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command(command)


def test_accounts_are_shown_only_when_they_are_there(db):
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    assert out.getvalue() == ""
    make.person("Samira", email="samira@soepvanzuilen.example")
    call_command("demo_accounts", stdout=out)
    assert out.getvalue().count("@") == 1
