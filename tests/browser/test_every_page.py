"""Every page of the authorisation table in a real browser: silent, no wider than the screen, axe finds nothing.

In a plain run each page once a language, as the first person who may see it, at both widths; ``make audit`` opens it
as everybody who may. The pages of the coordinators' admin are opened as Cleo.
"""

from contextlib import suppress

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from tests.shape.doors import ROLES, World, addresses, rows

FILES = {
    "healthz",
    "readyz",
    "robots",
    "sitemap",
    "security",
    "me_export",
    "file",
    "market:saved_sheet",
}


@pytest.fixture
def world(settings, dan, vera, ada, noor, cleo, max_, broodnodig, lekstede, lunch):
    settings.TAKE_BACK_SECONDS = 0
    people = {"dan": dan, "vera": vera, "ada": ada, "noor": noor, "cleo": cleo, "max": max_}
    return World(people, broodnodig, lekstede, lunch)


def pages(role, *, first=True):
    """``(name, thing)`` of the pages this role sees; with ``first`` only those nobody before it sees."""
    for method, name, thing, cells in rows():
        met = dict(zip(ROLES, cells, strict=True))
        sees = [r for r in ROLES if r != "link" and met[r] == "200"]
        mine = sees[:1] == [role] if first else role in sees
        if (
            method == "GET"
            and mine
            and name not in FILES
            and not name.endswith(("_csv", "_pdf", "_xlsx"))
        ):
            yield name, thing


def looked_at(world, enter, visit, role, language, found):
    """Open each page; the faults of all of them together, so that one run shows everything."""
    if role != "visitor":
        enter(world.clients[role])
    wrong = []
    for name, args in found:
        with translation.override(language):
            address = reverse(name, args=args)
        try:
            visit(address)
        except AssertionError as fault:
            wrong.append(f"{role} {address}: {str(fault)[:400]}")
    return wrong


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", ["visitor", "dan", "ada", "noor", "cleo"])
def test_every_page_is_good_in_both_languages(world, enter, visit, role, language):
    found = [(name, world.args(thing)) for name, thing in pages(role)]
    assert looked_at(world, enter, visit, role, language, found) == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_the_admin_is_good(world, enter, visit, language):
    assert looked_at(world, enter, visit, "cleo", language, admin_pages(world)) == []


def admin_pages(world):
    """The first page, every list, and the page of one thing of each kind."""
    yield "admin:index", []
    yield "admin:market_listing_shortlist", [world.lunch.pk]
    yield "admin:figures", []
    yield "admin:look_as", [world.lunch.contact_id]
    yield "admin:market_listing_enter", []
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
                yield from [(name, [])] * (name != "admin:knowledge_norm_changelist")
    yield "admin:partners_organisation_change", [world.lunch.organisation_id]
    yield "admin:market_listing_change", [world.lunch.pk]
    yield "admin:market_match_change", [*world.things["match"]]


@pytest.mark.audit
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"link", "cleo-1"}])
def test_every_page_is_good_for_everybody_who_sees_it(world, enter, visit, role, language):
    found = [(name, world.args(thing)) for name, thing in pages(role, first=False)]
    assert looked_at(world, enter, visit, role, language, found) == []
