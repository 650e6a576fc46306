"""The registry on the impact page: who took part, by kind, as of any day."""

from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory.templatetags.words import count
from partners.models import Organisation

Kind = Organisation.Kind
# Who was active at the end of that day, by the journal. Whoever was loaded in bulk has none.
STANDING = """WITH standing AS (
    SELECT DISTINCT ON (thing_id) thing_id, to_state FROM journal_event
    WHERE thing_type = 'partners.organisation' AND (at AT TIME ZONE 'Europe/Amsterdam')::date <= %(on)s
    ORDER BY thing_id, number DESC
)
SELECT kind, count(*) FROM partners_organisation partner
LEFT JOIN standing ON standing.thing_id = partner.id
WHERE coalesce(standing.to_state, state) = 'active'
    AND (standing.to_state IS NOT NULL OR active_since <= %(on)s)
GROUP BY kind"""
LOCAL = (Kind.MUNICIPALITY, Kind.PROVINCE)


def impact_figures(on):
    """The partners at the end of the day ``on``: stats, a section and counting rules."""
    numbers = by_kind(on)
    local = sum(numbers.get(kind, 0) for kind in LOCAL)
    enterprises, businesses = numbers.get(Kind.ENTERPRISE, 0), numbers.get(Kind.BUSINESS, 0)
    rows = [{"label": kind.label, "value": numbers[kind]} for kind in Kind if numbers.get(kind)]
    return {
        "stats": [
            (
                count(enterprises),
                ngettext("social enterprise", "social enterprises", enterprises),
            ),
            (count(businesses), ngettext("business", "businesses", businesses)),
            (count(local), ngettext("local government", "local governments", local)),
        ],
        "sections": [_partners(rows)],
        "counting": [
            _(
                "A partner counts from the day a coordinator checked it until it leaves, and once only."
            )
        ],
    }


def by_kind(on):
    """``{kind: number}`` of the partners that were active at the end of a day.

    Today's numbers come from the organisations themselves; an earlier day's from the journal, so that who
    left, was suspended or was merged later still counts on that day.
    """
    if on >= timezone.localdate():
        return dict(Organisation.objects.active().values_list("kind").annotate(Count("pk")))
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"on": on})
        return dict(cursor.fetchall())


def _partners(rows):
    return {
        "id": "partners",
        "chart": "bars",
        "heading": _("Who takes part"),
        "texts": [
            _(
                "Partners whom a coordinator checked. Who left or is suspended is not counted any more."
            )
        ],
        "title": _("Partners by kind"),
        "head": _("Kind"),
        "figures": _("Partners"),
        "rows": rows,
    }
