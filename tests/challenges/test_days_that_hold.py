"""The hour that was approved is kept, and what no longer holds is not proposed."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from challenges.forms import ScheduleForm
from challenges.lifecycle import opening, setting_up
from challenges.models import Instrument, LocalLimit
from challenges.setup_forms.instrument import GuideForm, InstrumentForm
from factory import clock
from tests import contest
from tests.doors import sign_in
from tests.shape.contests import ANSWERS

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def at(day, hour, minute=0):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def test_the_approved_hour_stays_on_whichever_day_it_opens():
    day = clock.today() + 5 * DAY
    made = contest.contest("approved", publish_at=at(day, 14, 30))
    form = ScheduleForm(thing=made.challenge, by=made.owner)
    assert form.initial["publish_date"] == day
    for opens in (day, day + 2 * DAY):
        opening.schedule(made.challenge, by=made.owner, publish_date=opens)
        assert made.challenge.publish_at == at(opens, 14, 30)
        opening.hold_back(made.challenge, by=made.owner)
    assert made.challenge.publish_at == at(day + 2 * DAY, 14, 30)
    page = sign_in(Client(), made.owner).get(made.challenge.get_absolute_url() + "schedule/")
    assert "14" in page.content.decode()


def test_without_an_approved_hour_it_opens_at_nine():
    made = contest.contest("approved")
    day = clock.today() + DAY
    opening.schedule(made.challenge, by=made.owner, publish_date=day)
    assert made.challenge.publish_at == at(day, 9)


def limit(house, cents, first, last=None):
    facts = {"cents": cents, "policy_url": "https://policy.example"}
    return LocalLimit.objects.create(organisation=house, valid_from=first, valid_to=last, **facts)


def test_a_limit_for_quotes_counts_on_the_days_it_holds_alone():
    made, today = contest.contest("shaping"), clock.today()
    limit(made.by, 4_000_000, today - 30 * DAY)
    limit(made.by, 9_000_000, today - 9 * DAY, today - DAY)
    limit(made.by, 7_000_000, today + DAY)
    assert setting_up.limits_of(made.by, today)["cents"]["quotes"] == 4_000_000
    assert GuideForm(thing=made.challenge, by=made.owner).initial["quotes_cents"] == 4_000_000
    assert setting_up.limits_of(made.by, today - 2 * DAY)["cents"]["quotes"] == 9_000_000
    assert setting_up.limits_of(made.by, today - 40 * DAY)["cents"]["quotes"] is None


def test_a_limit_that_ended_is_kept_anew_when_it_is_said_again():
    made, today = contest.contest("shaping"), clock.today()
    limit(made.by, 4_000_000, today - 30 * DAY, today - DAY)
    setting_up.keep_limit(made.by, 4_000_000, "https://policy.example", today)
    assert made.by.quote_limits.on(today).cents == 4_000_000
    setting_up.keep_limit(made.by, 4_000_000, "https://policy.example", today)
    assert made.by.quote_limits.count() == 2


def test_an_instrument_that_ended_or_has_yet_to_begin_is_neither_offered_nor_proposed():
    made, today = contest.contest("shaping"), clock.today()
    setting_up.use_guide(made.challenge, by=made.owner, **ANSWERS)
    proposal = made.challenge.guidances.first().proposal
    offered = InstrumentForm(thing=made.challenge, by=made.owner).fields["instrument"].queryset
    assert proposal in offered
    for facts in ({"valid_to": today - DAY}, {"valid_to": None, "valid_from": today + DAY}):
        Instrument.objects.filter(pk=proposal.pk).update(**facts)
        offered = InstrumentForm(thing=made.challenge, by=made.owner).fields["instrument"].queryset
        assert proposal not in offered
        setting_up.use_guide(made.challenge, by=made.owner, **ANSWERS)
        assert made.challenge.guidances.first().proposal is None
