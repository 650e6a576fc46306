"""Who reaches what: every address × every kind of person × own and foreign things × GET and POST.

The table is authorisation.txt. A new address without a row fails here. A plain run walks every row with a third of the
people, others every day; ``make audit`` with all of them.
"""

import contextlib

import pytest
from django.urls import NoReverseMatch, reverse

from challenges.models import Adoption, Assessment, Award, Challenge, Contract, Entry, Question
from factory.coordination.models import LostFactor
from factory.moves.registry import moves_of
from market.models import Listing, Match
from partners.models import Credential, Organisation
from tests.shape import test_jury
from tests.shape.doors import ROLES, addresses, rows, world_of
from tests.turns import share, turn


@pytest.fixture
def world(db, settings, dan, vera, ada, noor, cleo, max_, broodnodig, lekstede, lunch):
    settings.TAKE_BACK_SECONDS = 0  # nothing in the table depends on how fast this machine is
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400  # they may have signed in a while ago
    people = {"dan": dan, "vera": vera, "ada": ada, "noor": noor, "cleo": cleo, "max": max_}
    return world_of(people, broodnodig, lekstede, lunch)


def test_every_address_has_a_row():
    named = {name for _method, name, _thing, _cells in [*rows(), *test_jury.rows()]}
    of_the_site = {name for name in addresses() if not name.startswith("admin:")}
    assert of_the_site - named == set(), "without a row in authorisation.txt"
    assert named - of_the_site == set(), "in authorisation.txt, but not on the site"


def test_every_move_that_people_make_has_a_row():
    things = {thing for _method, _name, thing, _cells in [*rows(), *test_jury.rows()]}
    named = {thing.partition("/")[2] for thing in things}
    for model in (
        Organisation,
        Credential,
        Listing,
        Match,
        Challenge,
        Entry,
        Award,
        Assessment,
        Question,
        Contract,
        Adoption,
        LostFactor,
    ):
        made = {name for name, move in moves_of(model).items() if not move.begins}
        assert made - named == set(), f"moves of {model.__name__} without a row"


SECTIONS = ["pages", "accounts", "partners", "market", "challenges"]


@pytest.mark.audit
@pytest.mark.timeout(900)
@pytest.mark.parametrize("section", SECTIONS)
def test_everybody_reaches_what_the_table_says_and_nothing_else(world, section):
    wrong = unlike_the_table(world, section, lambda number: ROLES)
    assert wrong == [], "\n".join(wrong)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_third_of_the_people_reach_what_the_table_says_and_nothing_else(world, section):
    wrong = unlike_the_table(world, section, lambda number: share(ROLES, 3, number))
    assert wrong == [], "\n".join(wrong)


def unlike_the_table(world, section, who):
    """Where ``who(number of the row)`` meet something else than the table says."""
    wrong = []
    for number, (method, name, thing, cells) in enumerate(rows()):
        if section_of(name) != section:
            continue
        expected, roles = dict(zip(ROLES, cells, strict=True)), who(number)
        wrong += [
            f"{method} {name} {thing}: {role} met {met}, not {expected[role]}"
            for role, met in zip(roles, world.goes(method, name, thing, roles), strict=True)
            if met != expected[role]
        ]
    return wrong


def section_of(name):
    """Which part of the table an address stands in."""
    if name.startswith(("account_", "mfa_")):
        return "accounts"
    app = name.partition(":")[0]
    return app if app in {"partners", "market", "challenges"} else "pages"


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


@pytest.mark.audit
@pytest.mark.timeout(900)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_admin_is_for_staff_with_a_second_factor(world, method):
    wrong = []
    for name, address in admin_addresses():
        *others, cleo, administrator = world.met(method, address)
        if others != ADMIN or not welcome(cleo, name) or not welcome(administrator):
            wrong.append(f"{method} {name}: {others} {cleo} {administrator}")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_page_of_the_admin_knows_one_who_may_and_one_who_may_not(world, method):
    wrong = []
    for number, (name, address) in enumerate(admin_addresses()):
        stranger, expected = turn(list(zip(ROLES, ADMIN, strict=False)), number)
        one = turn(["cleo", "max"], number // len(ADMIN))
        met, may = world.met(method, address, [stranger, one])
        if met != expected or not welcome(may, name if one == "cleo" else ""):
            wrong.append(f"{method} {name}: {stranger} {met}, {one} {may}")
    assert wrong == [], "\n".join(wrong)


def welcome(met, name=""):
    """Whether somebody of the staff may be there; making people and norms is the administrators'."""
    if name == "knowledge_norm_history":  # Django looks for the thing first, and there is none
        return met == "on"
    if name.startswith(("partners_person_add", "knowledge_norm_")):
        return met == "403"
    return met not in {"in", "2nd", "again"} and not met.startswith("5")


UNSEEN = [
    ("partners:organisation", "hidden", "none"),
    ("partners:move", "hidden/check", "none/check"),
    ("market:listing", "plan", "none"),
    ("market:match", "match", "no-pk"),
    ("market:match_move", "match/accept", "no-pk/accept"),
    ("file", "hidden-picture", "no-key"),
    ("file", "proof-file", "no-key"),
    ("partners:credential", "claim", "no-pk"),
    ("partners:credential_move", "claim/vouch", "no-pk/vouch"),
]


@pytest.mark.parametrize("role", ["visitor", "dan", "noor"])
def test_what_one_may_not_see_is_as_if_it_did_not_exist(world, role):
    for name, foreign, none in UNSEEN:
        hers = role == "noor" and foreign.partition("/")[0] in {"plan", "match"}
        who = "dan" if hers else role
        there, nowhere = (world.page(who, name, thing) for thing in (foreign, none))
        assert there == nowhere, (who, name, foreign)
