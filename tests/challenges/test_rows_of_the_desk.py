"""Closed days and instruments are rows: coordinators read and change them, and what was done stands in the history."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from challenges.models import Challenge, Closure, Instrument
from challenges.views.warnings import rows_of
from factory import clock
from tests import contest, make
from tests.doors import sign_in
from tests.staff import at_the_desk

pytestmark = pytest.mark.django_db


def said_of(instrument, **other):
    names = (
        "name_nl",
        "name_en",
        "about_nl",
        "about_en",
        "order",
        "period",
        "disclosure",
        "source",
    )
    said = {name: getattr(instrument, name) for name in names}
    said |= {"valid_from": f"{instrument.valid_from:%d-%m-%Y}", "valid_to": "", "source_url": ""}
    return said | {"wants_lawyer": "on"} | other


def change(instrument):
    return reverse("admin:challenges_instrument_change", args=[instrument.pk])


def test_a_recess_that_a_coordinator_writes_down_warns_that_council_alone(cleo):
    made = contest.contest("shaping")
    day = clock.today() + timedelta(days=60)
    day += timedelta(days=(7 - day.weekday()) % 7)  # a Monday
    Closure.objects.all().delete()
    said = {
        "kind": "recess", "region": "", "organisation": made.by.pk, "first_date": f"{day:%d-%m-%Y}",
        "last_date": f"{day + timedelta(days=30):%d-%m-%Y}", "source": "", "source_url": "",
    }  # fmt: skip
    desk = at_the_desk(cleo)
    add = reverse("admin:challenges_closure_add")
    assert desk.post(add, said).status_code == 200  # without its source nothing is kept
    assert not Closure.objects.exists()
    answer = desk.post(add, said | {"source": "Vergaderrooster van de raad"})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert LogEntry.objects.get().user == cleo
    at = clock.now() + (day - clock.today()) + timedelta(days=2)
    Challenge.objects.update(decision_by=at)
    made.challenge.refresh_from_db()
    warned = [row["warnings"] for row in rows_of(made.challenge) if row["warnings"]]
    assert any("Vergaderrooster van de raad" in words for row in warned for words in row)
    Closure.objects.update(organisation=make.organisation(kind="municipality"))
    warned = [words for row in rows_of(made.challenge) for words in row["warnings"]]
    assert not any("Vergaderrooster" in words for words in warned)


def test_a_coordinator_changes_the_words_and_days_of_an_instrument(cleo, dan):
    instrument = Instrument.objects.get(slug="prize")
    desk = at_the_desk(cleo)
    said = said_of(instrument, about_nl="Een prijsvraag.", source="Aanbestedingswet")
    answer = desk.post(change(instrument), said | {"is_ready": "", "slug": "other"})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    instrument.refresh_from_db()
    assert (instrument.about_nl, instrument.slug) == ("Een prijsvraag.", "prize")
    assert instrument.is_ready  # that is not theirs to say
    assert LogEntry.objects.get().user == cleo
    assert sign_in(desk.__class__(), dan).get(change(instrument)).status_code in (302, 403, 404)


def raw(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_what_an_open_challenge_was_opened_with_stands(cleo):
    instrument = contest.contest("open").challenge.instrument
    at_the_desk(cleo).post(change(instrument), said_of(instrument, period="none"))
    instrument.refresh_from_db()
    assert instrument.period == "objection"
    for way in (
        "period = 'none'",
        "disclosure = 'anonymous'",
        "allows_changes = NOT allows_changes",
    ):
        with pytest.raises(IntegrityError, match="instrument_in_use_stands"):
            raw(f"UPDATE challenges_instrument SET {way} WHERE id = %s", instrument.pk)
    raw("UPDATE challenges_instrument SET about_nl = 'x' WHERE id = %s", instrument.pk)


def test_one_that_nothing_was_opened_with_can_still_change():
    contest.contest("shaping")
    raw("UPDATE challenges_instrument SET period = 'none', allows_changes = true")
    assert set(Instrument.objects.values_list("period", flat=True)) == {"none"}
