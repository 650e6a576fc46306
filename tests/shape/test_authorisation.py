"""Who reaches what: every address × every kind of person × own and foreign things × GET and POST.

The table is authorisation.txt. A new address without a row fails here.
"""

import contextlib

import pytest
from django.urls import NoReverseMatch, reverse

from factory.moves.registry import moves_of
from market.models import Listing, Match
from partners.models import Credential, Organisation
from tests.shape.doors import ROLES, World, addresses, rows


@pytest.fixture
def world(db, settings, dan, vera, ada, noor, cleo, max_, broodnodig, lekstede, lunch):
    settings.TAKE_BACK_SECONDS = 0  # nothing in the table depends on how fast this machine is
    people = {"dan": dan, "vera": vera, "ada": ada, "noor": noor, "cleo": cleo, "max": max_}
    return World(people, broodnodig, lekstede, lunch)


def test_every_address_has_a_row():
    named = {name for _method, name, _thing, _cells in rows()}
    of_the_site = {name for name in addresses() if not name.startswith("admin:")}
    assert of_the_site - named == set(), "without a row in authorisation.txt"
    assert named - of_the_site == set(), "in authorisation.txt, but not on the site"


def test_every_move_that_people_make_has_a_row():
    things = {thing for _method, _name, thing, _cells in rows()}
    named = {thing.partition("/")[2] for thing in things}
    for model in (Organisation, Credential, Listing, Match):
        made = {name for name, move in moves_of(model).items() if not move.begins}
        assert made - named == set(), f"moves of {model.__name__} without a row"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("section", ["pages", "accounts", "partners", "market"])
def test_everybody_reaches_what_the_table_says_and_nothing_else(world, section):
    wrong = []
    for method, name, thing, cells in rows():
        if section_of(name) != section:
            continue
        found = world.goes(method, name, thing)
        wrong += [
            f"{method} {name} {thing}: {role} met {met}, not {expected}"
            for role, met, expected in zip(ROLES, found, cells, strict=True)
            if met != expected
        ]
    assert wrong == []


def section_of(name):
    """Which part of the table an address stands in."""
    if name.startswith(("account_", "mfa_")):
        return "accounts"
    return {"partners": "partners", "market": "market"}.get(name.partition(":")[0], "pages")


ADMIN = ["in", "in", "403", "403", "403", "403", "2nd"]


def admin_addresses():
    """Every page of the admin; of a thing that does not exist where a page is about one."""
    for name in dict.fromkeys(addresses()):
        if name.startswith("admin:") and "(" not in name and "<" not in name:
            yield name.removeprefix("admin:"), address_of(name)
    for path in ("partners/organisation/999999/", "nowhere/"):  # the admin's pages without a name
        yield path, reverse("admin:index") + path


ARGUMENTS = (
    [],
    ["999999"],
    ["999999", "check"],
    ["999999", "1", "check"],
    ["1", "1"],
    ["partners"],
    ["a", "b", "c"],
)


def address_of(name):
    """The address of a page of the admin, whatever arguments it takes."""
    for args in ARGUMENTS:
        with contextlib.suppress(NoReverseMatch):
            return reverse(name, args=args)
    raise AssertionError(f"no arguments fit {name}")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_admin_is_for_staff_with_a_second_factor(world, method):
    wrong = []
    for name, address in admin_addresses():
        *others, cleo, administrator = world.met(method, address)
        if others != ADMIN or not welcome(cleo, name) or not welcome(administrator):
            wrong.append(f"{method} {name}: {others} {cleo} {administrator}")
    assert wrong == []


def welcome(met, name=""):
    """Whether somebody of the staff may be there; making people and norms is the administrators'."""
    if name == "knowledge_norm_history":  # Django looks for the thing first, and there is none
        return met == "on"
    if name.startswith(("partners_person_add", "knowledge_norm_")):
        return met == "403"
    return met not in {"in", "2nd", "again"} and not met.startswith("5")


@pytest.mark.parametrize("role", ["visitor", "dan", "noor"])
@pytest.mark.parametrize(
    ("name", "foreign", "none"),
    [
        ("partners:organisation", "hidden", "none"),
        ("partners:move", "hidden/check", "none/check"),
        ("market:listing", "plan", "none"),
        ("market:match", "match", "no-pk"),
        ("market:match_move", "match/accept", "no-pk/accept"),
        ("file", "hidden-picture", "no-key"),
        ("file", "proof-file", "no-key"),
        ("partners:credential", "claim", "no-pk"),
        ("partners:credential_move", "claim/vouch", "no-pk/vouch"),
    ],
)
def test_what_one_may_not_see_is_as_if_it_did_not_exist(world, role, name, foreign, none):
    if role == "noor" and foreign.partition("/")[0] in {"plan", "match"}:
        role = "dan"  # these are hers
    pages = [world.page(role, name, thing) for thing in (foreign, none)]
    assert pages[0] == pages[1]
