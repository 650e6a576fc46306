"""The municipalities and provinces stand in the registry before anybody of them has joined.

``lay()`` lists those of ``partners/data/public_bodies.csv`` that are not there yet, through the journal's
door: nobody brings them, they come with a release. Safe to run again.
"""

import csv
from pathlib import Path

from factory import clock
from factory.journal.door import journalled_door
from partners.models import MailDomain, Organisation, Region
from partners.models.organisation import slug_for

ROWS = Path(__file__).parent / "data" / "public_bodies.csv"


def lay(seen=""):
    """List whoever is missing. Returns how many came.

    Their mail domains open nothing before a coordinator checked them; ``seen`` says where that was done already.
    """
    rows = missing()
    if rows:
        with journalled_door("public-bodies") as details:
            places = Region.objects.select_related("province").in_bulk(field_name="code")
            made = [listed(row, places[row["seat"]]) for row in rows]
            details["organisations"] = len(Organisation.objects.bulk_create(made))
            details["mail_domains"] = len(MailDomain.objects.bulk_create(domains(rows, seen)))
    return len(rows)


def missing():
    """The lines of the file for which nobody stands here, and nobody was listed before."""
    with ROWS.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    there = Organisation.objects.standing() | Organisation.objects.exclude(listed_at=None)
    known = set(there.order_by().values_list("kind", "region__code").distinct())
    return [row for row in rows if (row["kind"], row["seat"]) not in known]


def listed(row, region):
    """One line of the file as an organisation that is only listed."""
    return Organisation(
        state=Organisation.State.LISTED,
        kind=row["kind"],
        name=row["name"],
        slug=slug_for(Organisation, row["name"]),
        legal_form=Organisation.Form.PUBLIC,
        region=region,
        province=region.province,
        town=region.name,
        listed_at=clock.now(),
    )


def domains(rows, seen):
    """The mail domains that are known and that no organisation has, beside whose they are."""
    facts = {"source": seen, "checked_on": clock.today() if seen else None}
    taken = set(MailDomain.objects.current().values_list("domain", flat=True))
    wanted = {row["name"]: row["mail_domain"] for row in rows if row["mail_domain"]}
    bodies = Organisation.objects.listed().filter(name__in=wanted)
    return [
        MailDomain(organisation=body, domain=wanted[body.name], **facts)
        for body in bodies
        if wanted[body.name] not in taken
    ]
