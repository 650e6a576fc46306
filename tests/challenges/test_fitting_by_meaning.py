"""Calls and organisations that say the same in other words: found, told, and put first."""

import pytest

from challenges.answerers import whom_to_invite
from challenges.explaining import in_words
from challenges.foryou import fitting
from challenges.lifecycle.calling import invite_partner
from challenges.models import Invited
from partners.models import Theme
from partners.whose import organisation_of
from tests import contest, make
from tests.as_read import anywhere, as_read, beside, model_in_use
from tests.market.truth import spread_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(lekstede):
    model_in_use("call", "organisation")
    made = contest.challenge("open", by=lekstede)
    made.said = anywhere()
    as_read("call", made, made.said)
    return made


@pytest.fixture
def shop(call):
    """Nothing in common with the call but what it means."""
    made = make.organisation("Samen Rijden", mission="Wij halen op. En brengen.")
    as_read("organisation", made, beside(call.said))
    return made


def of_subject(reasons):
    return [one for one in reasons if one["code"] == "same_subject"]


def test_who_means_the_same_is_invited_with_a_true_reason(call, shop, cleo):
    stranger = make.organisation("Iets anders", mission="Taart.")
    as_read("organisation", stranger, anywhere())
    (found,) = whom_to_invite(call)
    (reason,) = of_subject(found.reasons)
    assert (found.organisation, reason["said"]) == (shop, "Wij halen op.")
    near = spread_out(("call", call.pk), ("organisation", shop.pk))
    assert reason["near"] == pytest.approx(near, abs=0.1)
    told = "Gaat over hetzelfde, ook in andere woorden: “Wij halen op.”"
    assert in_words([reason]) == [(told, False)]
    invite_partner(call, by=cleo, organisation=shop)
    assert of_subject(Invited.objects.get().reasons) == [reason]


def test_for_you_it_comes_before_what_shares_a_theme_alone(call, shop, lekstede):
    other = contest.challenge("open", by=lekstede, title="Chairs", problem="x", sentence="y")
    theme = Theme.objects.filter(slug="work")
    other.themes.set(theme)
    shop.themes.set(theme)
    as_read("call", other, anywhere())
    found = fitting(organisation_of(shop.owner), [])
    assert [fit.call for fit in found] == [call, other]
    assert of_subject(found[0].reasons)


def test_unread_the_words_that_both_hold_decide(call, shop):
    type(call).objects.filter(pk=call.pk).update(read_at=None)
    us = organisation_of(shop.owner)
    assert fitting(us, []) == []
    us.mission = "Rides with volunteers."
    (found,) = fitting(us, [])
    assert found.call == call
    assert of_subject(found.reasons) == []
