"""What was noted for others, where what is not right comes first; and who lost their second factor."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factory.coordination.knowing import numbers_of
from factory.coordination.models import LostFactor, OnBehalf
from factory.move_admin import MoveAdmin
from factory.move_admin_parts import StateFilter
from factory.templatetags.words import euro
from factory.texts import told


@admin.register(OnBehalf)
class OnBehalfAdmin(MoveAdmin):
    """Read it here; it is settled by its button."""

    queue = (OnBehalf.State.WRONG,)
    bulk = ["settle"]
    list_display = ["what", "person", "by", "state_shown", "at"]
    list_filter = [StateFilter]
    list_select_related = ["event", "person", "by"]
    search_fields = ["person__name", "person__email"]
    ordering = ["at", "pk"]
    fieldsets = [
        (None, {"fields": ["state_shown", "what", "about", "amount", "person", "by", "at"]})
    ]

    @admin.display(description=_("what"))
    def what(self, noted):
        return told(noted.event.verb)

    @admin.display(description=_("about"))
    def about(self, noted):
        return format_html('<a href="{}">{}</a>', noted.thing.get_absolute_url(), noted.thing)

    @admin.display(description=_("amount"))
    def amount(self, noted):
        return euro(noted.cents) if noted.cents else "–"


@admin.register(LostFactor)
class LostFactorAdmin(MoveAdmin):
    """Whom to call, at which number that we knew, and the decision."""

    queue = (LostFactor.State.ASKED,)
    bulk = []
    list_display = ["person", "state_shown", "asked_at", "decided_by", "ready_at"]
    list_filter = [StateFilter]
    list_select_related = ["person", "decided_by"]
    search_fields = ["person__name", "person__email"]
    ordering = ["asked_at", "pk"]
    fieldsets = [
        (
            None,
            {"fields": ["state_shown", "person", "numbers", "asked_at", "decided_by", "ready_at"]},
        )
    ]

    @admin.display(description=_("known numbers"))
    def numbers(self, lost):
        return ", ".join(
            f"{number} ({whose})" for number, whose in numbers_of(lost.person).values()
        )
