"""The base of every admin page of a thing with a state, tried on organisations."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from factory.journal.models import Event
from partners import lifecycle
from tests import make
from tests.staff import at_the_desk

LIST = "admin:partners_organisation_changelist"


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


@pytest.fixture
def bakery(cleo):
    return make.organisation("Bakery", state="applied")


def page(thing, move=""):
    address = reverse("admin:partners_organisation_change", args=[thing.pk])
    return f"{address.removesuffix('change/')}move/{move}/" if move else address


def post_all(desk, things, action, **more):
    data = {"action": action, "_selected_action": [t.pk for t in things], "token": "t1", **more}
    return desk.post(reverse(LIST), data, follow=True)


def state(thing):
    thing.refresh_from_db()
    return thing.state


def test_a_page_shows_the_moves_that_are_open_and_no_others(desk, bakery):
    text = desk.get(page(bakery)).content.decode()
    assert page(bakery, "check") in text
    assert page(bakery, "activate") not in text


def test_what_is_done_with_one_press_stands_out_and_what_needs_another_page_is_not_offered(
    desk, cleo
):
    shop = make.organisation("Shop", state="in_check")
    text = desk.get(page(shop)).content.decode()
    pressed = text[text.index(f'action="{page(shop, "activate")}"') :]
    assert '<button type="submit" class="button">' in pressed[: pressed.index("</form>")]
    assert f'class="button quiet-button" href="{page(shop, "turn_down")}"' in text
    assert lifecycle.moves["take_up"].open_to(cleo, shop)
    assert not [
        name for name in ("take_up", "ask_to_join", "take_words") if page(shop, name) in text
    ]


def test_what_changes_the_state_and_a_note_are_in_sight_and_the_rest_is_folded(desk):
    shop = make.organisation("Shop", state="in_check")
    text = desk.get(page(shop)).content.decode()
    sight, folded = text.split('<details class="moves__more">')
    for name in ("activate", "ask_more", "turn_down", "note"):
        assert page(shop, name) in sight
    for name in ("leave", "revise", "set_logo", "invite"):
        assert page(shop, name) in folded
        assert page(shop, name) not in sight


def test_a_move_with_nothing_to_work_on_is_not_offered(desk):
    shop = make.organisation("Shop")
    nothing = ("drop_picture", "withdraw_invitation", "admit")
    text = desk.get(page(shop)).content.decode()
    assert not [name for name in nothing if page(shop, name) in text]
    owner = make.member(shop, "owner")
    lifecycle.invite(shop, by=owner, email="new@shop.example", role="editor")
    text = desk.get(page(shop)).content.decode()
    assert [name for name in nothing if page(shop, name) in text] == ["withdraw_invitation"]


def test_what_is_not_filled_in_stands_together_in_one_line(desk):
    shop = make.organisation("Shop", legal_name="Shop bv")
    text = desk.get(f"/en{page(shop)}").content.decode()
    assert "<dd>Shop bv</dd>" in text
    missing = text[text.index("Not filled in:") :]
    assert "<dd>-</dd>" not in text
    assert "RSIN" in missing


def test_pressing_the_button_makes_the_move_by_the_admin_channel(desk, bakery, cleo):
    desk.post(page(bakery, "check"), {"token": "abc"})
    event = Event.objects.about(bakery).last()
    assert (state(bakery), event.channel, event.actor) == ("in_check", "admin", cleo)


def test_pressing_twice_moves_once_and_says_it_is_done(desk, bakery):
    answers = [desk.post(page(bakery, "check"), {"token": "abc"}, follow=True) for _ in "12"]
    assert Event.objects.about(bakery).filter(verb="organisation.check").count() == 1
    assert [m.level_tag for m in answers[1].context["messages"]] == ["success"]


def test_coming_second_says_who_was_first_and_when(desk, bakery):
    other = make.coordinator("Karin Other")
    lifecycle.check(bakery, by=other)
    answer = desk.post(page(bakery, "check"), {"token": "late"}, follow=True)
    assert "Karin Other" in str(next(iter(answer.context["messages"])))


def test_a_move_with_a_form_asks_first(desk, bakery):
    lifecycle.check(bakery, by=make.coordinator())
    assert b'name="note"' in desk.get(page(bakery, "ask_more")).content
    desk.post(page(bakery, "ask_more"), {"note": ""})
    assert state(bakery) == "in_check"
    desk.post(page(bakery, "ask_more"), {"note": "Which municipality?", "token": "x"})
    assert state(bakery) == "applied"


def test_several_are_moved_at_once_each_by_its_own_move(desk, cleo):
    things = [make.organisation(state="applied") for _ in "123"]
    post_all(desk, things, "check")
    assert {state(thing) for thing in things} == {"in_check"}
    assert Event.objects.filter(verb="organisation.check").count() == 3


def test_among_several_the_one_that_was_moved_before_is_named(desk, cleo):
    things = [make.organisation(f"Shop {n}", state="applied") for n in "12"]
    lifecycle.check(things[0], by=make.coordinator("Karin Other"))
    said = [str(m) for m in post_all(desk, things, "check").context["messages"]]
    assert any("Shop 1" in words and "Karin Other" in words for words in said)
    assert state(things[1]) == "in_check"


def test_several_with_a_form_are_asked_about_once(desk, cleo):
    things = [make.organisation(state="in_check") for _ in "12"]
    asked = post_all(desk, things, "ask_more")
    assert b'name="sure"' in asked.content
    assert {state(thing) for thing in things} == {"in_check"}
    post_all(desk, things, "ask_more", note="More please", sure="yes")
    assert {state(thing) for thing in things} == {"applied"}


def test_nothing_can_be_added_edited_or_deleted_round_a_move(desk, bakery):
    address = page(bakery)
    answers = [
        desk.post(address, {"name": "Other", "state": "active"}),
        desk.post(address.replace("change", "delete"), {"post": "yes"}),
        desk.get(reverse("admin:partners_organisation_add")),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert state(bakery) == "applied"


def test_a_move_that_begins_or_does_not_exist_has_no_page(desk, bakery):
    assert desk.get(page(bakery, "apply")).status_code == 404
    assert desk.get(page(bakery, "bless")).status_code == 404


def test_a_move_that_cannot_be_taken_back_asks_first(desk):
    active = make.organisation()
    assert b'method="post"' in desk.get(page(active, "leave")).content
    assert state(active) == "active"
    desk.post(page(active, "leave"))
    assert state(active) == "left"


def test_what_waits_is_shown_first_and_the_rest_on_asking(desk, bakery):
    make.organisation("Longstanding")
    first = desk.get(reverse(LIST)).content.decode()
    assert "Bakery" in first
    assert "Longstanding" not in first
    rest = desk.get(reverse(LIST), {"in": "all", "q": "Longstanding"})  # hundreds are listed
    assert "Longstanding" in rest.content.decode()


def test_the_history_is_the_journals_and_the_admins_own_log_stays_empty(desk, bakery):
    desk.post(page(bakery, "check"), {"token": "abc"})
    history = reverse("admin:partners_organisation_history", args=[bakery.pk])
    assert "Cleo Coordinator" in desk.get(history).content.decode()
    assert not LogEntry.objects.exists()


def test_without_a_second_factor_there_is_no_desk(client, cleo, bakery):
    client.force_login(cleo)
    assert client.post(page(bakery, "check")).status_code == 302
    assert state(bakery) == "applied"


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_fifty(
    desk, cleo, django_assert_max_num_queries
):
    for _ in range(3):
        make.organisation(state="applied")
    with django_assert_max_num_queries(10):
        desk.get(reverse(LIST))
