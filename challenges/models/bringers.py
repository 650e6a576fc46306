"""Which organisations bring a problem: whoever has one and can say yes to money for it."""

from partners.models import Organisation

Kind = Organisation.Kind
ANSWERERS = (Kind.ENTERPRISE, Kind.INITIATIVE)  # these bring plans
GONE = (
    Organisation.State.LEFT,
    Organisation.State.SUSPENDED,
    Organisation.State.MERGED,
    Organisation.State.LISTED,
)


def brings(organisation):
    """Whether this organisation may bring a problem."""
    return organisation.kind not in ANSWERERS and organisation.state not in GONE


def bringers_of(person):
    """The organisations for which this person may bring one, who has been here longest first."""
    mine = person.memberships.who_write().values("organisation")
    found = Organisation.objects.filter(pk__in=mine)
    return found.exclude(kind__in=ANSWERERS).exclude(state__in=GONE).order_by("pk")
