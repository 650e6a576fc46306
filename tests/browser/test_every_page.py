"""Every page of the authorisation table in a real browser: silent, no wider than the screen, axe finds nothing.

In a plain run each page once, as one of those who may see it, in one language and at one width, other ones every day;
``make audit`` opens it as everybody who may, in both languages and at both widths. The pages of the coordinators' admin
are opened as Cleo.
"""

import itertools
from contextlib import suppress

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from challenges.models import Challenge
from tests.browser.conftest import NARROW, WIDE
from tests.shape.doors import ROLES, addresses, rows, world_of
from tests.turns import turn

LANGUAGES = ["nl", "en"]
LOOKING = [role for role in ROLES if role not in {"link", "cleo-1"}]
PARTS = 4  # tests of about the same length, for as many processes

FILES = {
    "healthz",
    "readyz",
    "robots",
    "sitemap",
    "security",
    "me_export",
    "file",
    "market:saved_sheet",
    "challenges:feed",
    "challenges:deadlines",
    "challenges:diary",
    "challenges:bundle",
    "challenges:decision_draft",
    "challenges:dossier",
    "challenges:receipt_said",
}
OF_ADMINISTRATORS = {"admin:knowledge_norm_changelist", "admin:knowledge_holiday_changelist"}


@pytest.fixture
def world(settings, dan, vera, ada, noor, cleo, max_, broodnodig, lekstede, lunch):
    settings.TAKE_BACK_SECONDS = 0
    people = {"dan": dan, "vera": vera, "ada": ada, "noor": noor, "cleo": cleo, "max": max_}
    return world_of(people, broodnodig, lekstede, lunch)


def pages():
    """``(name, thing, [everybody who sees it])`` of each page there is to look at."""
    for method, name, thing, cells in rows():
        met = dict(zip(ROLES, cells, strict=True))
        sees = [role for role in LOOKING if met[role] == "200"]
        page = name not in FILES and not name.endswith(("_csv", "_docx", "_ics", "_pdf", "_xlsx"))
        if method == "GET" and sees and page:
            yield name, thing, sees


def views(world, part):
    """``{role: [(name, args, language, width)]}``: each page of this part once, as its turn is."""
    found = [(name, world.args(thing), sees) for name, thing, sees in pages()]
    found += [(name, args, ["cleo"]) for name, args in admin_pages(world)]
    chosen = {role: [] for role in LOOKING}
    for number, (name, args, sees) in list(enumerate(found))[part::PARTS]:
        ways = list(itertools.product(sees, LANGUAGES, (NARROW, WIDE)))
        role, language, width = turn(ways, number // PARTS)
        chosen[role].append((name, args, language, (width,)))
    return chosen


def looked_at(world, enter, visit, role, found):
    """Open each page; the faults of all of them together, so that one run shows everything."""
    if role != "visitor":
        enter(world.clients[role])
    wrong = []
    for name, args, language, widths in found:
        with translation.override(language):
            address = reverse(name, args=args)
        try:
            visit(address, widths=widths)
        except AssertionError as fault:
            wrong.append(f"{role} {address} at {widths}: {str(fault)[:400]}")
    return wrong


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_good_as_its_turn_is(world, page, enter, visit, part):
    wrong = []
    for role, found in views(world, part).items():
        page.context.clear_cookies()
        wrong += looked_at(world, enter, visit, role, found)
    assert wrong == [], "\n".join(wrong)


def admin_pages(world):
    """The first page, every list, and the page of one thing of each kind."""
    yield "admin:index", []
    yield "admin:market_listing_shortlist", [world.lunch.pk]
    yield "admin:figures", []
    yield "admin:look_as", [world.lunch.contact_id]
    yield "admin:market_listing_enter", []
    yield "admin:market_listing_round", []
    yield "admin:market_listing_enter_for", [world.lunch.contact_id, "need"]
    yield "admin:market_match_for", [*world.things["match"]]
    yield "admin:partners_organisation_enter", []
    yield "admin:partners_organisation_join", [world.lunch.organisation_id]
    yield "admin:partners_import_add", []
    yield "admin:partners_import_change", [world.things["sheet"][0]]
    yield "admin:partners_organisation_move", [world.lunch.organisation_id, "merge"]
    yield "admin:partners_person_merge", [world.lunch.contact_id]
    for name in dict.fromkeys(addresses()):
        if name.startswith("admin:") and name.endswith("_changelist"):
            with suppress(NoReverseMatch):
                reverse(name)
                yield from [(name, [])] * (name not in OF_ADMINISTRATORS)
    yield "admin:partners_organisation_change", [world.lunch.organisation_id]
    yield "admin:market_listing_change", [world.lunch.pk]
    yield "admin:market_match_change", [*world.things["match"]]
    shaping = Challenge.objects.get(slug=world.things["shaping"][0]).pk
    yield "admin:challenges_challenge_change", [shaping]
    yield "admin:challenges_challenge_for", [shaping]
    yield "admin:challenges_challenge_move", [shaping, "ask_for_more"]


@pytest.mark.audit
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", LOOKING)
def test_every_page_is_good_for_everybody_who_sees_it(world, enter, visit, role, language):
    both = (NARROW, WIDE)
    found = [
        (name, world.args(thing), language, both) for name, thing, sees in pages() if role in sees
    ]
    if role == "cleo":
        found += [(name, args, language, both) for name, args in admin_pages(world)]
    assert looked_at(world, enter, visit, role, found) == []
