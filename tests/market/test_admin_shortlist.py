"""The shortlist: five suggestions on one screen, three ticked, one press."""

import re
import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from factory.journal.models import Event
from factory.notices.models import Notice
from market.lifecycle import match as matches
from market.models import Impression, Match
from tests import make
from tests.staff import at_the_desk


@pytest.fixture
def desk(cleo):
    return at_the_desk(cleo)


@pytest.fixture
def five(lunch, cleo):
    """Five suggestions for Lekstede's lunch."""
    return [make.match(need=lunch, rank=rank) for rank in range(1, 6)]


def page(need):
    return reverse("admin:market_listing_shortlist", args=[need.pk])


def press(desk, need, **data):
    return desk.post(page(need), {"token": "t1", **data}, follow=True)


def states(pairs):
    return [Match.objects.get(pk=pair.pk).state for pair in pairs]


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_it_shows_five_with_three_ticked(desk, lunch, five):
    text = desk.get(page(lunch)).content.decode()
    boxes = re.findall(r'name="match" value="\d+"( checked)?', text)
    assert boxes == [" checked"] * 3 + [""] * 2
    assert all(pair.organisation.name in text for pair in five)


def test_both_sides_the_reasons_and_earlier_decisions_are_on_it(desk, lunch, broodnodig, lekstede):
    before = make.match("declined", need=make.need(by=lekstede, title="Soup"), supplier=broodnodig)
    make.match(need=lunch, supplier=broodnodig, reasons=[{"code": "same_place", "name": "Houten"}])
    text = desk.get(page(lunch)).content.decode()
    for words in (lekstede.name, broodnodig.name, "Houten", "9.600", before.need.title):
        assert words in text


def test_every_number_on_it_can_be_called(desk, lunch, broodnodig, noor):
    type(noor).objects.filter(pk=noor.pk).update(phone="030 555 77 66")
    type(broodnodig).objects.filter(pk=broodnodig.pk).update(phone="030 555 11 22")
    make.match(need=lunch, supplier=broodnodig)
    called = re.findall(r'href="(tel:\d+)"', desk.get(page(lunch)).content.decode())
    assert called == ["tel:0305557766", "tel:0305551122", "tel:0305550120"]  # and the front desk


def test_it_names_what_else_somebody_offers_that_answers_the_need(desk, lunch, broodnodig):
    soup, bread = (make.offer(by=broodnodig, title=title) for title in ("Soup", "Bread"))
    make.offer(by=broodnodig, title="Clean windows", sector=make.sector("cleaning"))
    make.offer(by=broodnodig, title="Cake", state="draft")
    make.match(need=lunch, supplier=broodnodig, offer=soup)
    text = desk.get(page(lunch)).content.decode()
    also = re.search(r'<p class="quiet">(Biedt ook|Also offers):(.*?)</p>', text)[2]
    assert re.findall(r">([^<>]+)</a>", also) == [bread.title]


def test_one_press_approves_the_set_each_its_own_move(desk, lunch, five, cleo):
    press(desk, lunch, approve="set", match=[pair.pk for pair in five[:3]])
    assert states(five) == ["approved"] * 3 + ["suggested"] * 2
    events = Event.objects.filter(verb="match.approve")
    assert events.count() == 3
    assert {(event.actor, event.channel) for event in events} == {(cleo, "admin")}


def test_pressing_twice_approves_once(desk, lunch, five):
    for _time in range(2):
        answer = press(desk, lunch, approve="set", match=[five[0].pk])
    assert Event.objects.filter(verb="match.approve").count() == 1
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]


def test_a_pair_somebody_else_approved_says_so_and_the_rest_is_done(desk, lunch, five):
    matches.approve(five[0], by=make.coordinator("Karin Other"))
    answer = press(desk, lunch, approve="set", match=[pair.pk for pair in five[:2]])
    assert states(five[:2]) == ["approved", "approved"]
    late = next(words for words in said(answer) if "Karin Other" in words)
    assert five[0].organisation.name in late


def test_what_somebody_else_did_with_several_is_said_once_with_their_names(desk, lunch, five):
    other = make.coordinator("Karin Other")
    for pair in five[:3]:
        matches.approve(pair, by=other)
    late = said(press(desk, lunch, approve="set", match=[pair.pk for pair in five[:3]]))
    assert len(late) == 1
    assert all(pair.organisation.name in late[0] for pair in five[:3])


def test_dismissing_wants_a_reason(desk, lunch, five):
    answer = press(desk, lunch, dismiss=five[0].pk)
    assert states(five[:1]) == ["suggested"]
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]


def test_dismissing_with_a_reason_and_looking_again(desk, lunch, five):
    first = five[0]
    press(desk, lunch, dismiss=first.pk, **{f"reason-{first.pk}": "distance"})
    assert states([first]) == ["dismissed"]
    assert 'name="restore"' in desk.get(page(lunch)).content.decode()
    press(desk, lunch, restore=first.pk)
    assert states([first]) == ["suggested"]


def test_an_approval_can_be_taken_back_and_then_no_mail_goes(desk, lunch, five):
    press(desk, lunch, approve="set", match=[five[0].pk])
    press(desk, lunch, take_back=five[0].pk)
    assert states(five[:1]) == ["suggested"]
    mails = Notice.objects.mail().filter(event__verb="match.approve")
    assert set(mails.values_list("status", flat=True)) == {"dropped"}


def test_taking_back_is_offered_until_its_mail_leaves_and_says_when(desk, lunch, five, settings):
    settings.TAKE_BACK_SECONDS = 300
    press(desk, lunch, approve="set", match=[five[0].pk])
    event = Event.objects.get(verb="match.approve")
    text = desk.get(page(lunch)).content.decode()
    assert 'name="take_back"' in text
    until = timezone.localtime(event.at + timedelta(seconds=300))
    assert f"De mail wacht tot {until:%H:%M:%S}</small>" in text
    Notice.objects.mail().filter(event=event).update(status="sent")
    assert 'name="take_back"' not in desk.get(page(lunch)).content.decode()


def test_after_its_time_taking_back_is_not_offered(desk, lunch, five, settings):
    settings.TAKE_BACK_SECONDS = 1
    press(desk, lunch, approve="set", match=[five[0].pk])
    time.sleep(1.1)
    text = desk.get(page(lunch)).content.decode()
    assert "De mail wacht tot" not in text
    assert 'name="take_back"' not in text


def test_anybody_active_can_be_added_by_name(desk, lunch, cleo):
    baker = make.organisation("De Gouden Korst")
    make.organisation("De Gouden Draad", state="applied")
    text = desk.get(page(lunch), {"q": "gouden"}).content.decode()
    assert "Korst" in text
    assert "Draad" not in text
    press(desk, lunch, add=baker.pk)
    added = Match.objects.get(need=lunch, organisation=baker)
    assert (added.state, added.buyer) == ("suggested", lunch.organisation)
    assert Impression.objects.get(need=lunch, organisation=baker).rank == 0


def test_nobody_is_added_twice_nor_the_buyer_itself(desk, lunch, five):
    for organisation in (five[0].organisation, lunch.organisation):
        press(desk, lunch, add=organisation.pk)
    assert lunch.matches.count() == 5


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, ""])
def test_nonsense_is_harmless(desk, lunch, five, value):
    for act in ("add", "dismiss", "take_back", "restore"):
        assert press(desk, lunch, **{act: value}).status_code == 200
    press(desk, lunch, approve="set", match=[value])
    assert set(states(five)) == {"suggested"}


def test_a_match_of_another_need_is_not_touched(desk, lunch, five):
    other = make.match()
    press(desk, lunch, approve="set", match=[other.pk])
    assert states([other]) == ["suggested"]


def test_the_next_need_is_the_one_that_waits_longest_after_this(desk, lunch, five):
    soup, taart = make.match().need, make.match().need
    assert desk.get(page(lunch)).context["next"] == page(soup)
    assert desk.get(page(soup)).context["next"] == page(taart)
    assert desk.get(page(taart)).context["next"] == page(lunch)


def test_an_offer_and_a_need_that_is_not_there_have_no_shortlist(desk, cleo):
    assert desk.get(page(make.offer())).status_code == 404
    assert desk.get(reverse("admin:market_listing_shortlist", args=[10**12])).status_code == 404


def test_only_coordinators_come_here(client, lunch, noor):
    client.force_login(noor)
    assert client.get(page(lunch)).status_code in (302, 403)


def test_ten_queries_for_one_suggestion_and_for_fifteen(desk, lunch, django_assert_max_num_queries):
    for _number in range(15):
        offer = make.offer()
        make.offer(by=offer.organisation)
        make.match(need=lunch, offer=offer)
    with django_assert_max_num_queries(10):
        desk.get(page(lunch))
