"""A forwarded mail opened by somebody who is not signed in: whom it is for, and what they can do."""

import pytest

from factory.notices.letters import write
from factory.notices.models import Notice
from market.models import Match
from partners.models import Region
from tests.factory.notices.test_answers import LINK, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def yes(asked):
    """The address behind "Yes, introduce us" in Ada's mail."""
    return LINK.findall(write(asked)[2])[0]


@pytest.fixture
def not_me(yes, client):
    """Where "are you not Ada?" leads."""
    assert "?somebody-else" in said(client.get(yes))
    return f"{yes}?somebody-else"


def test_it_says_whom_it_is_for_and_offers_to_sign_in_or_join(not_me, yes, client):
    page = said(client.get(not_me))
    assert "Ada" in page
    assert "Broodnodig" in page
    assert f"/accounts/login/?next={yes}" in page
    assert f"/accounts/signup/?next={yes}" in page
    assert "Ja, stel ons voor" not in page


def test_passing_it_on_mails_it_once_more_and_answers_nothing(
    not_me, asked, ada, client, match, serve, deliver
):
    server = serve()
    deliver(asked)
    Notice.objects.filter(pk=asked.pk).update(sent_at="2020-01-01T12:00Z")
    answer = client.post(not_me, {"pass_on": "1"}, follow=True)
    assert "krijgt de mail nog een keer" in said(answer)
    deliver(asked)
    assert len(server.mails(ada.email)) == 2
    assert Match.objects.get(pk=match.pk).state == "approved"


def test_a_page_of_an_answer_names_the_coordinator_of_its_person(yes, client, cleo):
    Region.objects.get(code="PV26").coordinators.add(cleo)
    type(cleo).objects.filter(pk=cleo.pk).update(phone="030 555 99 88")
    assert "030 555 99 88" in said(client.get(yes))
