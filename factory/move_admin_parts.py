"""Parts of the admin of what has a state: the filter by state, the buttons in sight, the rows under a thing."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

A_FEW = 4  # buttons that need no fold


class StateFilter(admin.SimpleListFilter):
    """By state; what waits for a coordinator (``queue`` of the admin) is shown first."""

    title = gettext_lazy("state")
    parameter_name = "in"

    def __init__(self, request, params, model, model_admin):
        self.states, self.queue = model.State, model_admin.queue
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [*self.states.choices, ("all", _("All"))]

    def choices(self, changelist):
        rows = list(super().choices(changelist))
        rows[0]["display"] = _("What waits for you") if self.queue else rows[0]["display"]
        return rows if self.queue else rows[:-1]

    def queryset(self, request, queryset):
        wanted = self.value()
        if wanted in self.states.values:
            return queryset.filter(state=wanted)
        waits = self.queue and wanted is None and not request.GET.get("q")
        return queryset.filter(state__in=self.queue) if waits else queryset


def in_sight(buttons):
    """``{"likely": buttons, "more": those behind a fold}``; of a few, all are likely."""
    if not buttons:
        return {}
    more = [row for row in buttons if row.get("more") or row["missing"]]
    if len(buttons) <= A_FEW or len(more) == 1:
        return {"likely": buttons, "more": []}
    return {"likely": [row for row in buttons if row not in more], "more": more}


class Rows(admin.TabularInline):
    """Rows under a thing that only moves change: a plain table to read."""

    template = "admin/moving/rows.html"
    extra = 0

    def has_add_permission(self, request, thing=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission
