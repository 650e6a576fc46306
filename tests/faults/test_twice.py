"""The same wake-up many times, the same form many times: one mail, one thing."""

from factory.notices.outbox import post
from market.models import Listing
from tests import make
from tests.faults.checker import judge
from tests.faults.people import Browser, at_once
from tests.faults.test_redis import new_need

POSTS = 20
NEED = "/en/market/new/need/"


def test_five_wake_ups_and_four_senders_at_once_send_each_mail_once(town, worker):
    for n in range(40):
        post(f"twice{n}@mail.example", "Your code", f"Code {n}")
    town.wake(times=5)
    assert town.drained()
    verdict = judge(town)
    assert (verdict.events, verdict.extra) == (40, 0)
    assert verdict.clean, verdict


def needs_of(owner):
    return Listing.objects.filter(organisation__memberships__person=owner)


def test_twenty_equal_forms_at_once_are_one_need_and_every_answer_shows_it(town, web):
    owner = make.organisation(kind="municipality").owner
    browser, form = Browser(web, owner), new_need(owner)
    answers = at_once([lambda: browser.post(NEED, **form)] * POSTS)
    made = needs_of(owner).get()
    assert {(answer.status, answer.to) for answer in answers} == {
        (302, f"/en{made.get_absolute_url()}")
    }


def test_back_and_other_words_give_the_form_back_with_the_words_and_a_link(town, web):
    owner = make.organisation(kind="municipality").owner
    browser = Browser(web, owner)
    first = browser.post(NEED, **new_need(owner))
    second = browser.post(NEED, **new_need(owner, title="Lunch for 80 people instead"))
    assert (first.status, second.status) == (302, 409)
    assert "Lunch for 80 people instead" in second.text
    assert f'href="{first.to}"' in second.text
    assert needs_of(owner).count() == 1


def test_the_same_form_after_signing_out_makes_nothing_and_says_where_to_sign_in(town, web):
    owner = make.organisation(kind="municipality").owner
    browser, form = Browser(web, owner), new_need(owner)
    first, old = browser.post(NEED, **form), browser.cookies
    assert browser.post("/en/accounts/logout/").status == 302
    for title in (form["title"], "Another lunch"):
        browser.cookies = old  # the machine in the library still has them
        replayed = browser.post(NEED, **form | {"title": title, "token": f"{title} again"})
        assert (replayed.status, replayed.to.partition("?")[0]) == (302, "/en/accounts/login/")
    assert needs_of(owner).count() == 1
    again = Browser(web, owner).post(NEED, **form)  # signed in once more, the old page still open
    assert (again.status, again.to) == (302, first.to)
    assert needs_of(owner).count() == 1


def test_without_the_guard_two_equal_forms_do_not_both_get_an_answer(town, unlocked_web):
    """The negative control: the database still refuses the second, but somebody sees an error."""
    owner = make.organisation(kind="municipality").owner
    browser, form = Browser(unlocked_web, owner), new_need(owner)
    answers = at_once([lambda: browser.post(NEED, **form)] * 2)
    assert sorted(answer.status for answer in answers) in ([302, 500], [302, 503])
