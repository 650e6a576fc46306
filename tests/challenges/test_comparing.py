"""The formal check, the ranking, agreeing, the shortlist and the pitches, over HTTP."""

import pytest
from django.test import Client

from challenges.lifecycle import entry as entries
from challenges.models import Assessment, Consensus, Entry
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db


def deliberating():
    """Two entries, a chair who scored both and a juror with a conflict about the second."""
    made = contest.contest("scoring", entrants=[make.organisation(), make.organisation()])
    made.chair = contest.juror(made.challenge, "Carla Chair", chairs=True)
    made.eva = contest.juror(made.challenge)
    contest.declare(made.challenge, made.eva, conflicts=made.entries[1:])
    for entry, points in zip(made.entries, (8, 5), strict=True):
        contest.assessment(entry, made.chair, "locked", points)
    contest.assessment(made.entries[0], made.eva, "locked", 3)
    made.chairs, made.evas, made.cleos = (
        sign_in(Client(), person) for person in (made.chair.person, made.eva.person, made.cleo)
    )
    made.at = made.challenge.get_absolute_url()
    assert made.chairs.post(f"{made.at}deliberate/", {"token": "d"}).status_code == 302
    return made


def test_the_same_repair_is_asked_once_of_everybody():
    made = contest.contest("checking", entrants=[make.organisation(), make.organisation()])
    client, at = sign_in(Client(), made.cleo), made.challenge.get_absolute_url()
    assert client.get(f"{at}check/").status_code == 200
    until = made.challenge.deadline_at.date().replace(year=2027).isoformat()
    said = {"token": "a", "reason": "The KvK extract is missing.", "until": until}
    said["entries"] = [entry.pk for entry in made.entries]
    assert client.post(f"{at}ask_repairs/", said).status_code == 302
    assert Entry.objects.filter(state="repair", repairs=1).count() == 2
    entry = Entry.objects.first()
    entries.repair(entry, by=entry.organisation.memberships.first().person)
    address = f"/challenges/entries/{entry.pk}/ask_to_repair/"
    again = {"token": "b", "reason": "More.", "until": until}
    assert client.post(address, again).status_code == 409


def test_the_jury_agrees_with_a_reason_where_it_is_not_the_average():
    made = deliberating()
    entry = made.entries[0]
    page = made.chairs.get(f"{made.at}agree/?entry={entry.pk}").content.decode()
    assert "Well thought out." in page
    assert "5,50" in page
    text = made.challenge.criteria.filter(scored_at="text")
    said = {"token": "a", "entry": entry.pk} | {f"points_{c.pk}": 8 for c in text}
    assert made.chairs.post(f"{made.at}agree/", said).status_code == 422
    said |= {"token": "b"} | {f"why_{c.pk}": "Eva missed the annex." for c in text}
    assert made.chairs.post(f"{made.at}agree/", said).status_code == 302
    assert Consensus.objects.filter(entry=entry, points=8).count() == 2
    assert made.evas.post(f"{made.at}agree/", said).status_code == 403


def test_the_ranking_hides_what_is_closed_for_somebody():
    made = deliberating()
    one, other = made.entries
    page = made.chairs.get(f"{made.at}ranking/").content.decode()
    assert page.index(one.title) < page.index(other.title)
    page = made.evas.get(f"{made.at}ranking/").content.decode()
    assert one.title in page
    assert other.title not in page
    bundle = made.evas.get(f"{made.at}bundle.pdf")
    assert bundle["Content-Type"] == "application/pdf"
    assert bundle.content[:4] == b"%PDF"


def test_finalists_pitch_for_equally_long_and_are_scored_live():
    made = deliberating()
    said = {"token": "s", "entries": [e.pk for e in made.entries], "minutes": "20"}
    assert made.chairs.post(f"{made.at}shortlist/", said).status_code == 302
    assert Assessment.objects.filter(round="pitch").count() == 3  # not the one with a conflict
    page = made.evas.get(f"{made.at}pitches/").content.decode()
    assert made.entries[0].title in page
    assert made.entries[1].title not in page
    mine = Assessment.objects.get(round="pitch", juror=made.eva)
    assert made.evas.get(mine.get_absolute_url()).status_code == 200
    contest.scored(mine)
    assert made.cleos.get(f"{made.at}ranking/").status_code == 200
