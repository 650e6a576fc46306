"""What the bench measures of the registry."""

from django.test import Client
from django.urls import reverse

from factory.bench.measuring import Probe
from factory.lists import A_PAGE, MOST_ROWS
from partners.facets import LATELY
from partners.imports.entering import Enterer, start
from partners.imports.reading import Reader, bring
from partners.lifecycle import merge
from partners.models import Membership, Organisation, Person

ROWS = 20
LINES = 10_000  # of the sheet that is imported
MEMBERS = 1_000  # of the organisation that goes into another
ASKED = [
    "q=brood&place=Utrecht&km=25",
    "q=schoonmaak&place=Zwolle&km=50",
    "q=groen&place=Friesland",
]
PROVINCES = ["PV26", "PV27", "PV30"]
LAST = MOST_ROWS // A_PAGE


def probes():
    """How many partners there are, and the pages to measure."""
    active = Organisation.objects.active()
    listed = reverse("partners:list")
    spread = max(1, active.count() // ROWS)
    some = [
        organisation.get_absolute_url() for organisation in active.order_by("pk")[::spread][:ROWS]
    ]
    return {"partners": active.count()}, [
        Probe("directory", [listed]),
        Probe("directory, nothing remembered", call=counted_anew(listed), arguments=[None]),
        Probe("directory, words and a place", [f"{listed}?{words}" for words in ASKED]),
        Probe("directory, a province ticked", [f"{listed}?province={code}" for code in PROVINCES]),
        Probe("directory, its last page", [f"{listed}?page={LAST}"]),
        Probe("profile", some),
        Probe("import of 10 000 rows", call=brought_in, arguments=[LINES], once=True),
        Probe("merging with 1 000 members", call=merged, arguments=two_entries(MEMBERS), once=True),
    ]


def counted_anew(address):
    """Opens the directory as the first reader of a minute does."""
    client = Client()

    def act(_nothing):
        LATELY.forget()
        return len(client.get(address, HTTP_ACCEPT_ENCODING="gzip").content)

    return act


def brought_in(lines):
    """A sheet with this many partners: looked at line by line, then entered. Returns its bytes."""
    by = Person.objects.coordinators().first()
    start_at = Organisation.objects.count()
    rows = [
        f"Partner {number * 7919 % 1_000_003} {number};enterprise;Utrecht;{10_000_000 + number};catering"
        for number in range(start_at, start_at + lines)
    ]
    sheet = "\n".join(["Naam;Soort;Gemeente;KvK-nummer;Sectoren", *rows]).encode()
    batch = bring(sheet, "bench.csv", by=by, language="nl")
    Reader(batch.pk).run()
    start(batch, by=by, doubtful_too=True)
    Enterer(batch.pk).run()
    return len(sheet)


def two_entries(members):
    """Gives one pair: an organisation with its listings, its matches and this many members more, and another.

    Made when it is asked for, so that only the merging is measured.
    """
    gone, stays = Organisation.objects.active().filter(kind="enterprise").order_by("-pk")[:2]
    others = Person.objects.filter(is_staff=False, is_the_factory=False).order_by("pk")[:members]
    Membership.objects.bulk_create(
        [
            Membership(
                organisation=gone, person=one, asked_at=one.joined_at, confirmed_at=one.joined_at
            )
            for one in others
        ],
        ignore_conflicts=True,
    )
    yield gone, stays


def merged(pair):
    """The one goes into the other."""
    gone, stays = pair
    merge(gone, by=Person.objects.coordinators().first(), into=stays)
    return 0
