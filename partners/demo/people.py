"""Invented people: names that go together, work that fits, numbers that nobody has."""

from pathlib import Path

from django.utils.text import slugify

from factory.demo import facts, lines
from partners.models import Person

HERE = Path(__file__).parent
POOLS = facts(HERE / "people.json")
PHONES_BEGIN = 372_846  # any start in the middle, so that no number is mostly zeros


def phone(number):
    """A number in the series 06 0, which is given to nobody."""
    digits = f"{(number * 7919 + PHONES_BEGIN) % 10**6:06}"
    return f"06 00 {digits[:2]} {digits[2:4]} {digits[4:]}"


def domain(name):
    """The address of a partner on the web, under the ending that is kept for examples."""
    return f"{slugify(name).replace('-', '')}.example"


def names(by):
    """Endless names, no two the same and none of an account's."""
    seen = {row["name"] for row in lines(HERE / "accounts.csv")}
    weights = [group["weight"] for group in POOLS["groups"]]
    while True:
        group = by.choices(POOLS["groups"], weights)[0]
        name = f"{by.choice(group['first'])} {by.choice(group['last'])}"
        if name not in seen:
            seen.add(name)
            yield name


def people_for(rows, by):
    """``{name of the partner: [owner, maybe a colleague]}``; those with an account come first."""
    found = {row["name"]: accounts_of(row["name"]) for row in rows}
    called = names(by)
    fresh = [person for row in rows for person in newcomers(row, found[row["name"]], called, by)]
    for person, row in zip(Person.objects.bulk_create(p for p, _row in fresh), fresh, strict=True):
        found[row[1]].append(person)
    return found


def accounts_of(organisation):
    """The accounts of a partner, owner first, with the role they get there."""
    rows = [row for row in lines(HERE / "accounts.csv") if row["organisation"] == organisation]
    return [Person.objects.get(email=row["email"]) for row in rows]


def newcomers(row, already, called, by):
    """One person for a partner without accounts; two where many orders are given, and at a few others."""
    wanted = (
        0 if already else 1 + (row["kind"] in ("municipality", "business") or by.random() < 0.04)
    )
    for _number in range(wanted):
        name = next(called)
        yield person_at(row, name, by), row["name"]


def person_at(row, name, by):
    address = f"{slugify(name).replace('-', '.')}@{domain(row['name'])}"
    return Person(
        email=address,
        name=name,
        job=by.choice(POOLS["jobs"][row["kind"]]),
        phone=phone(by.randrange(10**6)),
        password="!",  # noqa: S106 - nobody can sign in with it
    )
