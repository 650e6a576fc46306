"""Matches: read them here, move them by their buttons."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factory.coordination.for_somebody import ForSomebody
from factory.export_admin import Exporting
from factory.move_admin import MoveAdmin
from factory.move_admin_parts import StateFilter
from factory.templatetags.words import euro
from market import exports
from market.explaining import in_words
from market.models import Match
from partners.desk_filters import ProvinceFilter
from partners.models import Membership, Person


class ProvinceOfTheNeed(ProvinceFilter):
    """By the province in which it is needed."""

    where = "need__province"


@admin.register(Match)
class MatchAdmin(ForSomebody, Exporting, MoveAdmin):
    """What was suggested and what came of it; amounts that differ first."""

    sheet, sheet_rows = exports.MATCHES, staticmethod(exports.matches)
    queue = (Match.State.DISPUTED, Match.State.APPROVED)
    bulk = ["approve", "dismiss", "restore", "take_back", "cancel"]
    list_display = ["need", "organisation", "buyer", "state_shown", "amount", "created_at"]
    list_filter = [StateFilter, ProvinceOfTheNeed]
    list_select_related = ["need", "organisation", "buyer"]
    search_fields = ["need__title", "organisation__name", "buyer__name"]
    ordering = ["created_at", "pk"]
    fieldsets = [
        (None, {"fields": ["state_shown", "reason", "need", "buyer", "organisation", "offer"]}),
        (_("Why it fits"), {"fields": ["why"]}),
        (
            _("Dates"),
            {
                "fields": [
                    "created_at", "buyer_agreed_at", "supplier_agreed_at", "introduced_at",
                    "nudge_at", "call_at", "lapse_at", "completed_at",
                ]
            },
        ),
        (_("Amounts, excluding VAT"), {"fields": ["agreed", "buyer_said", "supplier_said", "counts"]}),
    ]  # fmt: skip

    @admin.display(description=_("amount"))
    def amount(self, match):
        return euro(match.realised_cents or match.agreed_cents) or "–"

    @admin.display(description=_("reasons"))
    def why(self, match):
        return " · ".join(sentence for sentence, _but in in_words(match)) or "–"

    @admin.display(description=_("agreed"))
    def agreed(self, match):
        return euro(match.agreed_cents) or "–"

    @admin.display(description=_("noted by the buyer"))
    def buyer_said(self, match):
        return _said(match.buyer_cents, match.buyer_phoned_by)

    @admin.display(description=_("noted by the supplier"))
    def supplier_said(self, match):
        return _said(match.supplier_cents, match.supplier_phoned_by)

    @admin.display(description=_("counts as"))
    def counts(self, match):
        return euro(match.realised_cents) or "–"

    def people_for(self, match):
        """Who decides on either side."""
        return Person.objects.filter(
            pk__in=Membership.objects.who_decide()
            .filter(organisation__in=[match.buyer_id, match.organisation_id])
            .values("person")
        )


def _said(cents, phoned_by):
    if phoned_by is None:
        return euro(cents) or "–"
    return gettext("%(amount)s, by phone, noted by %(name)s") % {
        "amount": euro(cents),
        "name": phoned_by,
    }
