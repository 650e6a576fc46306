"""Every mail about challenges can be written, in both languages; one world serves them all."""

import pytest
from django.apps import apps

from factory.journal.models import Event
from factory.moves import registry
from factory.notices.letters import write
from factory.notices.models import Notice
from tests import contest
from tests.factory.notices.test_letters import GREETINGS, html_of
from tests.shape import contests

pytestmark = pytest.mark.django_db


def told():
    """``(model, template)`` of everything that the moves around challenges tell."""
    for label, moves in registry.items():
        if label.startswith("challenges."):
            for move in moves.every().values():
                yield from ((moves.model, part.template(move)) for part in move.tells)


@pytest.mark.timeout(600)
def test_every_mail_about_challenges_can_be_written(lekstede, broodnodig, ada, cleo):
    contests.things(lekstede, broodnodig)
    scored = contest.contest("scoring", by=lekstede, entrants=[broodnodig])
    contest.assessment(scored.entries[0], contest.juror(scored.challenge))
    contest.contest("coaching", by=lekstede, entrants=[broodnodig])  # of hours and their number too
    wrong = []
    for model, template in sorted(set(told()), key=str):
        thing = model._base_manager.order_by("pk").last()
        assert thing, f"nothing to write about: {model}"
        event = Event.objects.about(thing).last()
        for language in ("nl", "en"):
            facts = {"event": event, "recipient": ada, "address": ada.email}
            letter = write(Notice(template=template, language=language, **facts))
            wrong += [f"{template} {language}: {why}" for why in faults(letter, ada, language)]
    assert wrong == [], "\n".join(wrong)


def faults(letter, reader, language):
    """What is not right with a letter, in words."""
    _id, subject, text, _raw = letter
    if not 10 < len(subject) < 150:
        yield f"subject of {len(subject)}"
    if html_of(letter).h1.text not in text.replace("\n", " "):
        yield "another title in the plain text"
    name = reader.get_short_name()
    if not any(f"{greeting} {name}" in text for greeting in GREETINGS[language]):
        yield "no greeting"
    yield from (f"has {left!r}" for left in ("{{", "{%", "None", "  ") if left in text)


def test_the_search_finds_every_model_that_tells():
    models = {model for model, _template in told()}
    assert models <= set(apps.get_app_config("challenges").get_models())
    assert len(models) > 5
