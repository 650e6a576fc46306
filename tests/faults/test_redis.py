"""Redis is killed or emptied: people notice nothing, and the mail leaves when it is back."""

import time

import pytest

from factory.local.process import wait_until
from factory.notices.outbox import post
from market.models import Listing
from tests import make
from tests.faults.checker import judge
from tests.faults.people import Browser

PAGES = """/ /en/ /partners/ /market/ /challenges/ /impact/ /accounts/login/ /accounts/signup/
    /accounts/password/reset/ /healthz /readyz /robots.txt /sitemap.xml""".split()
MINE = ["/en/desk/", "/en/desk/inbox/", "/en/desk/mail/", "/en/market/new/need/"]


@pytest.fixture
def without_redis(town, web):
    """Redis was killed; it is back after the test."""
    town.redis_goes()
    yield town
    if not town.broker.children.running:
        town.redis_returns()


def new_need(owner, **more):
    """The least that the form of a need asks for."""
    mine = owner.memberships.first().organisation
    least = {"organisation": mine.pk, "region": mine.region_id, "unit": "once", "token": "need"}
    return least | {"title": "Lunch for 60 people"} | more


def test_no_page_breaks_while_redis_is_away(without_redis, web, pair):
    visitor, buyer = Browser(web), Browser(web, pair.buyer)
    said = {path: visitor.get(path).status for path in PAGES}
    said |= {path: buyer.get(path).status for path in [*MINE, pair.path]}
    assert set(said.values()) == {200}, said
    assert '"broker": "away"' in visitor.get("/readyz").text


def test_people_sign_in_and_post_while_redis_is_away(without_redis, web):
    owner = make.organisation(kind="municipality").owner
    signed_in = Browser(web).post("/accounts/login/", login=owner.email, password=make.PASSWORD)
    assert signed_in.status == 302
    answer = Browser(web, owner).post("/en/market/new/need/", **new_need(owner))
    assert answer.status == 302
    made = Listing.objects.get(organisation__memberships__person=owner)
    assert answer.to == f"/en{made.get_absolute_url()}"


def test_what_was_sent_while_redis_was_away_leaves_once_when_it_is_back(town, worker, web, pair):
    """With two clocks then: one that went through it, and one more."""
    town.start_beat()
    browser = Browser(web, pair.buyer)
    assert browser.post(pair.path, text="Before", token="before").status == 302
    usual = browser.post(pair.path, text="Warm", token="warm").seconds
    assert town.drained()
    time.sleep(1)  # who was woken for the earlier ones has gone back to sleep
    town.redis_goes()
    answer = browser.post(pair.path, text="While it is away", token="away")
    assert answer.status == 302
    assert answer.seconds < usual + 1
    assert not town.drained(2)
    town.redis_returns()
    town.start_beat()
    assert town.drained(60)
    verdict = judge(town, ["Before", "Warm", "While it is away"])
    assert verdict.clean, verdict
    assert verdict.extra == 0


def test_emptying_redis_loses_no_mail_and_signs_nobody_out(town, no_worker, web, pair):
    browser = Browser(web, pair.buyer)
    for n in range(100):
        post(f"flushed{n}@mail.example", "Your code", f"Code {n}")
    town.wake(times=20)
    assert town.broker.connect().dbsize() > 0
    town.broker.connect().flushall()
    assert browser.get("/en/desk/").status == 200
    town.start_worker()
    assert town.waiting() >= 100
    town.wake()  # what the next notice or the next sweep does
    assert town.drained()
    verdict = judge(town)
    assert verdict.clean, verdict
    assert wait_until(lambda: len(town.post.taken) >= 100, seconds=5)
    assert verdict.extra == 0
