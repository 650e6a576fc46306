"""A juror has read an entry and scored it, and only then sees whom it is from: void, reassigned, and all of it told."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Assessment, Entry, Score
from challenges.scoring import Standing
from tests import contest, make
from tests.doors import sign_in
from tests.journeys.visitor import Visitor, mails_with

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "My sister drives for them."


@pytest.fixture
def made(settings):
    """Two entries before a chair and two jurors, who have not said anything yet."""
    settings.TAKE_BACK_SECONDS = 0
    made = contest.contest("scoring", entrants=[make.organisation(n) for n in ("Wiel", "Stuur")])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    made.eva, made.finn = (contest.juror(made.challenge, n) for n in ("Eva Juror", "Finn Juror"))
    made.visitors = {
        seat.pk: Visitor().signs_in(seat.person) for seat in (made.chair, made.eva, made.finn)
    }
    return made


def everybody_declares(made):
    """From the desk to the page of interests: nobody knows anybody, they think."""
    for visitor in made.visitors.values():
        visitor.open(reverse("desk"))
        visitor.click(_("Declare my interests"))
        visitor.press(_("Declare interests"), none_else="on")


def the_chair_shares_out(made):
    """The first entry goes to Eva, from the page that tells who could read it."""
    chair = made.visitors[made.chair.pk]
    for entry, juror in zip(made.entries, (made.eva, made.finn), strict=True):
        give = {"token": f"{entry.pk}", "juror": juror.pk, "entry": entry.pk}
        address = f"{made.challenge.get_absolute_url()}assign/"
        assert chair.client.post(address, give).status_code == 302


def filled(assessment):
    said = {}
    for criterion, _score in assessment.criteria():
        said |= {f"points_{criterion.pk}": "9", f"why_{criterion.pk}": "Strong."}
    return said


def scores_and_finds_out(made, eva):
    """Eva reads, gives marks, locks them; then she understands who it is."""
    eva.open(reverse("desk"))
    eva.click(_("Score"))
    eva.click(made.entries[0].title)
    mine = Assessment.objects.get(juror=made.eva)
    eva.press(_("Save, and lock"), **filled(mine))
    eva.press(_("Lock my marks"))
    eva.open(mine.get_absolute_url())
    eva.click(_("I know who this is after all"))
    eva.press(_("I have an interest after all"), reason=WHY)
    return mine


def test_the_score_is_void_another_juror_reads_it_and_the_chair_sees_what_happened(
    made, worker, mailbox
):
    entry = made.entries[0]
    eva, chair = made.visitors[made.eva.pk], made.visitors[made.chair.pk]
    everybody_declares(made)
    the_chair_shares_out(made)
    mine = scores_and_finds_out(made, eva)

    # What she gave stays in the file and does not count; the entry is closed for her everywhere.
    mine.refresh_from_db()
    assert mine.state == "void"
    assert Score.objects.filter(assessment=mine, points=9).count() == 2
    assert not any(Standing(made.challenge).marks[entry.pk].values())
    for address in (mine.get_absolute_url(), entry.get_absolute_url()):
        assert eva.client.get(address).status_code == 404
    assert eva.client.get(f"{made.challenge.get_absolute_url()}bundle.pdf").status_code == 404
    assert not Entry.objects.read_by_jury(made.eva.person).exists()

    # The chair hears it and gives the entry to another, from the page of that entry.
    assert mails_with(mailbox, made.chair.person, "Eva Juror", seconds=60)
    chair.open(reverse("challenges:jury", args=[made.challenge.slug]))
    chair.click(_("Entry %(number)s").replace("%(number)s", str(entry.number)))
    assert chair.reads("Eva Juror")
    assert Assessment.objects.standing().filter(entry=entry).count() == 0
    give = chair.page.find("input", {"name": "juror", "value": made.finn.pk}).find_parent("form")
    data = {field["name"]: field["value"] for field in give.find_all("input")}
    assert chair.client.post(give["action"], data).status_code == 302
    assert mails_with(mailbox, made.finn.person, made.challenge.title, seconds=60)
    assert Assessment.objects.standing().get(entry=entry).juror == made.finn

    # The trail is on the page, for the chair without the reason, for a coordinator with it; not for a juror.
    address = reverse("challenges:readers", args=[made.challenge.slug, entry.number])
    chair.open(address)
    told = chair.page.find(id="trail").find_next("ol").get_text(" ", strip=True)
    assert told.count("Eva Juror") == 3  # given, locked, void
    assert told.count("Finn Juror") == 1
    assert WHY not in told
    cleo = Visitor().signs_in(made.cleo)
    assert cleo.open(address).reads(WHY)
    for client in (eva.client, made.visitors[made.finn.pk].client, Client()):
        assert client.get(address).status_code in (302, 404)
    assert sign_in(Client(), made.owner).get(address).status_code == 404
