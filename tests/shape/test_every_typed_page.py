"""Whatever somebody types on any page: never our failure, never active; and the page says who sees it."""

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.urls import reverse

from tests.shape.desk import admin_pages
from tests.shape.doors import ROLES, rows, world_of
from tests.shape.test_authorisation import SECTIONS, section_of
from tests.shape.test_every_form_is_safe import GARBAGE

TYPED = {"text", "email", "tel", "url", "number", "date", "time", "datetime-local", "textarea"}
ACTIVE = b"<script>window.__x"
OURS = {"csrfmiddlewaretoken", "token", "next"}


@pytest.fixture
def world(settings, dan, vera, ada, noor, cleo, max_, broodnodig, lekstede, lunch):
    settings.TAKE_BACK_SECONDS = 0
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400  # they may have signed in a while ago
    settings.ACCOUNT_RATE_LIMITS = False
    people = {"dan": dan, "vera": vera, "ada": ada, "noor": noor, "cleo": cleo, "max": max_}
    return world_of(people, broodnodig, lekstede, lunch)


def pages(world, section):
    """``(role, address, page)``: each page of the table on which somebody types, as the first whom it is for."""
    seen = set()
    for method, name, thing, cells in rows():
        if section_of(name) != section:
            continue
        met = dict(zip(ROLES, cells, strict=True))
        for role in (role for role in ROLES if met[role] == "200"):
            address = reverse(name, args=world.args(thing))
            if method != "GET" or address in seen:
                break
            answer = world.clients[role].get(address)
            if not answer["Content-Type"].startswith("text/html"):
                break
            page = BeautifulSoup(answer.content, "html.parser")
            if typed(page):
                seen.add(address)
                yield role, address, page


def typed(page):
    """The forms of a page in which somebody types, each with its fields."""
    forms = [(form, named(form)) for form in page.select("main form[method=post]")]
    return [(form, fields) for form, fields in forms if any(kind(f) in TYPED for f in fields)]


def named(form):
    return [f for f in form.select("[name]") if f["name"] not in OURS and f.name != "button"]


def kind(field):
    return field.name if field.name in {"textarea", "select"} else field.get("type", "text")


def garbage(fields, turn):
    """Each field its own nonsense, another one a turn; what is hidden stays as it is."""
    words = list(GARBAGE.values())
    return {
        f["name"]: f.get("value", "") if kind(f) == "hidden" else words[(at + turn) % len(words)]
        for at, f in enumerate(fields)
    }


@pytest.mark.timeout(600)
@pytest.mark.parametrize("section", SECTIONS)
def test_nonsense_is_refused_or_shown_harmlessly_and_who_sees_it_is_said(world, section):
    wrong = []
    for role, address, page in pages(world, section):
        if not page.select(".sees"):
            wrong.append(f"{role} {address}: who sees this?")
        for form, fields in typed(page):
            for turn in range(2):
                words = garbage(fields, turn * 5)
                answer = sent(world.clients[role], form.get("action") or address, words)
                if answer.status_code >= 500 or ACTIVE in answer.content:
                    wrong.append(f"{role} {address}: {answer.status_code}")
    assert wrong == [], "\n".join(wrong)


def sent(client, address, words):
    """The answer to a form; what it did is undone."""
    with transaction.atomic():
        answer = client.post(address, words)
        transaction.set_rollback(True)
    return answer


def test_the_coordinators_own_forms_say_who_sees_what_is_typed(world):
    """Their lists and the pages of one thing have no form of their own: a move opens one."""
    silent, seen = [], 0
    for name, args in admin_pages(world):
        address = reverse(name, args=args)
        answer = world.clients["cleo"].get(address)
        page = BeautifulSoup(answer.content, "html.parser")
        if typed(page) and not name.endswith(("_changelist", "_change")):
            seen += 1
            silent += [] if page.select(".sees") else [address]
    assert silent == []
    assert seen >= 4
