"""Partners by the thousand: the demo's names and words, each in another town."""

from itertools import product
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from factory.bulk import first_free, insert, move_sequence, run, seed
from factory.demo import facts, lines
from partners.models import Membership, Organisation, Person

HERE = Path(__file__).parent
PER_LISTING = 0.6
TOWNS = """(SELECT row_number() OVER (ORDER BY code) - 1 AS no, count(*) OVER () AS n, id, province_id, name
    FROM partners_region WHERE kind = 'municipality' AND valid_to IS NULL) town"""
# Numbers that share no factor with the lengths of the lists, so that every pair comes up.
SOURCE = """generate_series({first}, {last}) g
    JOIN bulk_partner seed ON seed.no = (g * 101) %% {seeds}
    JOIN {towns} ON town.no = (g::bigint * 7919) %% town.n"""


def load(listings):
    """As many active organisations as belong to this many listings, each with an owner."""
    there = joined().count()
    wanted = int(listings * PER_LISTING) - there
    if wanted > 0:
        people = _people(wanted)
        _organisations(wanted, people)
    there = joined().count()
    return _("%(count)s partners") % {"count": there}, {"organisations": there}


def joined():
    """Those who are not only listed."""
    return Organisation.objects.exclude(state=Organisation.State.LISTED)


def _people(wanted):
    names = facts(HERE / "people.json")["groups"]
    pairs = [pair for group in names for pair in product(group["first"], group["last"])]
    n = seed("bulk_name", [{"name": f"{first} {last}"} for first, last in pairs])
    start = first_free(Person)
    insert(
        Person,
        f"generate_series({start}, {start + wanted - 1}) g JOIN bulk_name ON no = (g * 131) %% {n}",
        id="g",
        email="'post-' || g || '@mail.example'",
        name="bulk_name.name",
        phone="'06 555 ' || lpad((g %% 100000)::text, 5, '0')",
        password="'!'",  # noqa: S106 - nobody can sign in with it
        terms_version=f"'{settings.TERMS_VERSION}'",
        joined_at="now()",
    )
    move_sequence(Person)
    return start


def _organisations(wanted, people):
    rows = lines(HERE / "organisations.csv")
    kept = ("kind", "name", "mission", "sectors", "themes", "goals")
    seeds = seed("bulk_partner", [{name: row[name] for name in kept} for row in rows])
    start = first_free(Organisation)
    source = SOURCE.format(first=start, last=start + wanted - 1, seeds=seeds, towns=TOWNS)
    insert(
        Organisation,
        source,
        id="g",
        state="'active'",
        kind="seed.kind",
        name="left(seed.name || ' ' || town.name, 120)",
        slug="'partner-' || g",
        mission="left(seed.mission, 280)",
        description="seed.mission",
        phone="'030 555 ' || lpad((g %% 10000)::text, 4, '0')",
        town="town.name",
        region_id="town.id",
        province_id="town.province_id",
        created_at="now() - make_interval(days => g %% 900)",
        active_since="(now() - make_interval(days => g %% 900))::date",
    )
    move_sequence(Organisation)
    insert(
        Membership,
        f"generate_series({start}, {start + wanted - 1}) g",
        organisation_id="g",
        person_id=f"g - {start} + {people}",
        role="'owner'",
        asked_at="now()",
        confirmed_at="now()",
    )
    for plural in ("sectors", "themes"):
        run(_RELATED.format(one=plural[:-1], plural=plural, seeds=seeds, start=start))


_RELATED = """INSERT INTO partners_organisation_{plural} (organisation_id, {one}_id)
    SELECT o.id, word.id FROM partners_organisation o JOIN bulk_partner seed ON seed.no = (o.id * 101) % {seeds}
    JOIN partners_{one} word ON word.slug = ANY(string_to_array(seed.{plural}, ';')) WHERE o.id >= {start}"""
