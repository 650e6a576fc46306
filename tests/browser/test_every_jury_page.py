"""The pages of a jury in a real browser, as those whose work it is: silent, fitting, and axe finds nothing.

In a plain run each page as one of those who may see it, in both languages and at both widths, somebody else every day;
``make audit`` opens it as everybody.
"""

import pytest
from django.urls import reverse
from django.utils import translation

from challenges.models import Assessment
from tests.browser.test_every_page import FILES, LANGUAGES
from tests.doors import sign_in
from tests.shape.test_jury import ROLES, rows, world
from tests.turns import turn

__all__ = ["world"]  # a fixture


def pages():
    """``(name, thing, [everybody who sees it])`` of each page of the table there is to look at."""
    for method, name, thing, cells in rows():
        sees = [role for role, met in zip(ROLES, cells, strict=True) if met == "200"]
        if method == "GET" and sees and name not in FILES:
            yield name, thing, sees


def addresses(things):
    """``{language: address}`` of every page with who sees it; and those that show more than the table needs."""
    found = []
    for name, thing, sees in pages():
        thing, slash, move = thing.partition("/")
        found.append((name, [*things[thing], *([move] if slash else [])], "", sees))
    (slug,) = things["deliberated"]
    entry = Assessment.objects.filter(challenge__slug=slug).first().entry_id
    found.append(("challenges:move", [slug, "agree"], f"?entry={entry}", ["chair", "cleo"]))
    found.append(("challenges:move", [slug, "propose"], "", ["chair", "cleo"]))
    found.append(("challenges:assessment", things["locked"], "", ["assigned"]))
    found.append(("challenges:deciding", [slug], "", ["owner", "chair", "cleo"]))
    for name, args, query, sees in found:
        yield {language: at(language, name, args) + query for language in LANGUAGES}, sees


def at(language, name, args):
    with translation.override(language):
        return reverse(name, args=args)


def looked_at(visit, enter, client, people, role, found):
    """What is wrong with these pages, in both languages and at both widths."""
    enter(sign_in(client, people[role], second_factor=people[role].is_staff))
    for address in found:
        try:
            visit(address)
        except AssertionError as fault:
            yield f"{role} {address}: {str(fault)[:400]}"


@pytest.mark.timeout(600)
def test_every_page_of_a_jury_is_good_as_its_turn_is(world, page, enter, visit, client):
    people, things = world
    chosen = {}
    for number, (found, sees) in enumerate(addresses(things)):
        chosen.setdefault(turn(sees, number), []).extend(found.values())
    wrong = []
    for role, found in chosen.items():
        page.context.clear_cookies()
        wrong += looked_at(visit, enter, client, people, role, found)
    assert wrong == [], "\n".join(wrong)


@pytest.mark.audit
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"visitor", "stranger"}])
def test_every_page_of_a_jury_is_good_for_everybody_who_sees_it(world, enter, visit, client, role):
    people, things = world
    found = [one for pair, sees in addresses(things) if role in sees for one in pair.values()]
    assert list(looked_at(visit, enter, client, people, role, found)) == []
