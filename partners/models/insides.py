"""What only who belongs to an organisation sees on its page, in the query that finds it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date, parse_datetime

from factory import clock
from partners.models.invitation import Invitation
from partners.models.purchase_limit import PurchaseLimit

INVITED = ("id", "email", "role", "expires_at")
LIMIT = ("id", "cents", "valid_from", "valid_to", "policy_url")


def with_insides(organisations):
    """With ``open_invitations`` and ``all_limits``, as JSON; see :func:`invitations` and :func:`limits`."""
    mine = {"organisation": OuterRef("pk")}
    invited = Invitation.objects.unused().filter(expires_at__gt=clock.THIS_INSTANT, **mine)
    limits = PurchaseLimit.objects.filter(**mine).order_by("-valid_from")
    return organisations.annotate(
        open_invitations=_rows(invited.order_by("pk"), INVITED), all_limits=_rows(limits, LIMIT)
    )


def _rows(found, names):
    return ArraySubquery(found.values(json=JSONObject(**{name: name for name in names})))


def invitations(organisation):
    """The invitations that are still open, the oldest first."""
    return [
        Invitation(
            **row | {"organisation": organisation, "expires_at": parse_datetime(row["expires_at"])}
        )
        for row in organisation.open_invitations
    ]


def limits(organisation):
    """All purchase limits, the newest first."""
    return [
        PurchaseLimit(**row | _days(row, "valid_from", "valid_to"), organisation=organisation)
        for row in organisation.all_limits
    ]


def _days(row, *names):
    return {name: row[name] and parse_date(row[name]) for name in names}
