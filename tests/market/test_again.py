"""Same again: one press from what was delivered to a new need, and its supplier comes first."""

import pytest

from market.lifecycle.suggesting import suggest_for
from market.models import Draft, Listing
from tests import make


@pytest.fixture
def done(lunch, broodnodig):
    """Broodnodig delivered the lunch, and both confirmed it."""
    offer = make.offer(by=broodnodig, title="Bread and soup", sector=make.sector("events"))
    return make.match("completed", need=lunch, supplier=broodnodig, offer=offer)


def press(client, person, match):
    client.force_login(person)
    return client.post(f"/en/market/matches/{match.pk}/again/", {"token": "a"})


def posted(client, person, match):
    """The new need, posted as the draft stands."""
    draft = Draft.objects.get(pk=press(client, person, match).url.strip("/").rpartition("/")[2])
    form = draft.typed | {"draft": draft.pk, "seen": draft.version, "token": draft.token}
    assert client.post("/en/market/new/need/", form).status_code == 302
    return Listing.objects.needs().order_by("-pk").first()


def test_one_press_makes_a_draft_that_says_the_same_without_the_day(client, noor, done):
    Listing.objects.filter(pk=done.need_id).update(needed_by_date="2026-12-01")
    page = client.get(press(client, noor, done).url).content.decode()
    draft = Draft.objects.get()
    assert 'value="Lunch for sixty people"' in page
    assert (draft.repeats, draft.typed["value_cents"]) == (done, "9600")
    assert "needed_by_date" not in draft.typed


def test_twice_the_same_press_makes_one_draft(client, noor, done):
    assert press(client, noor, done).url == press(client, noor, done).url
    assert Draft.objects.count() == 1


def test_the_button_stands_there_for_the_buyer_alone(client, noor, ada, done):
    for person, shown in ((noor, True), (ada, False)):
        client.force_login(person)
        page = client.get(f"/en/market/matches/{done.pk}/").content.decode()
        assert ("Same again" in page) is shown
    assert press(client, ada, done).status_code == 403


def test_what_is_not_done_yet_is_not_repeated(client, noor, lunch, broodnodig):
    match = make.match("introduced", need=lunch, supplier=broodnodig)
    assert press(client, noor, match).status_code == 409


def test_who_delivered_it_before_is_suggested_first_with_the_true_reason(client, noor, done):
    for name in "abcdef":
        make.offer(title=f"Lunch for sixty people, kitchen {name}")
    need = posted(client, noor, done)
    assert need.repeats == done
    made = suggest_for(need.pk)
    assert len(made) == 5
    assert (made[0].organisation, made[0].offer) == (done.organisation, done.offer)
    assert made[0].reasons[0] == {"code": "delivered_before"}
    others = [reason["code"] for match in made[1:] for reason in match.reasons]
    assert "delivered_before" not in others


def test_a_supplier_that_left_is_not_suggested(client, noor, done):
    need = posted(client, noor, done)
    make.organisations.suspend(done.organisation, by=make._cleo(), note="Not reachable.")
    assert suggest_for(need.pk) == []


def test_an_offer_that_left_the_market_is_not_brought_back(client, noor, ada, done):
    make.listings.withdraw(done.offer, by=ada)
    need = posted(client, noor, done)
    (match,) = suggest_for(need.pk)
    assert (match.organisation, match.offer) == (done.organisation, None)
