"""What was noted for others: what they say is not right comes first."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factory.coordination.models import OnBehalf
from factory.move_admin import MoveAdmin, StateFilter
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
