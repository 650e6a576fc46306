"""Every page of the authorisation table in a real browser: silent, no wider than the screen, axe finds nothing.

In a plain run each page once a language, as one of those who may see it, one language narrow and one wide, other ones
every day;
``make audit`` opens it as everybody who may, in both languages and at both widths. The pages of the coordinators' admin
are opened as Cleo.
"""

import itertools

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.conftest import NARROW, WIDE
from tests.shape.desk import admin_pages
from tests.shape.doors import ROLES, rows, world_of
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


@pytest.fixture
def world(settings, dan, vera, ada, noor, cleo, max_, broodnodig, lekstede, lunch):
    settings.TAKE_BACK_SECONDS = 0
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400  # they may have signed in a while ago
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
    """``{role: [(name, args, language, width)]}``: each page of this part once a language, as its turn is."""
    found = [(name, world.args(thing), sees) for name, thing, sees in pages()]
    found += [(name, args, ["cleo"]) for name, args in admin_pages(world)]
    chosen = {role: [] for role in LOOKING}
    for number, (name, args, sees) in list(enumerate(found))[part::PARTS]:
        ways = list(itertools.product(sees, itertools.permutations((NARROW, WIDE))))
        role, widths = turn(ways, number // PARTS)
        for language, width in zip(LANGUAGES, widths, strict=True):
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


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_good_as_its_turn_is(world, page, enter, visit, part):
    wrong = []
    for role, found in views(world, part).items():
        page.context.clear_cookies()
        wrong += looked_at(world, enter, visit, role, found)
    assert wrong == [], "\n".join(wrong)


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
