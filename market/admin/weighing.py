"""What counts for how much in suggestions, and which words mean the same: for coordinators to say."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from market.matching.weights import in_force, preview
from market.models import Pair, Weighing


class WeighingForm(forms.ModelForm):
    """With "look first" it saves nothing and says what would change."""

    class Meta:
        model = Weighing
        fields = [*Weighing.PARTS, "because"]

    def clean(self):
        data = super().clean()
        weights = {name: float(data.get(name) or 0) for name in Weighing.PARTS}
        if not self.errors and not any(weights.values()):
            raise forms.ValidationError(_("Something has to count."))
        if "_preview" in self.data and not self.errors:
            raise forms.ValidationError(changes(weights))
        return data


def changes(weights):
    """What other weights would change, in words."""
    needs, first, order = preview(weights)
    about = ngettext(
        "Looked at the last need with several suggestions.",
        "Looked at the last %(n)s needs with several suggestions.",
        needs,
    )
    said = _("Another would come first for %(first)s, and the order change for %(order)s.")
    numbers = {"n": needs, "first": first, "order": order}
    return " ".join([about % numbers, said % numbers, _("Nothing is saved yet.")])


@admin.register(Weighing)
class WeighingAdmin(admin.ModelAdmin):
    """Who chose which weights, when and why; the newest counts. To go back, choose the old ones again."""

    form = WeighingForm
    add_form_template = "admin/market/weighing.html"
    list_display = ["made_at", *Weighing.PARTS, "because", "made_by"]
    list_select_related = ["made_by"]
    ordering = ["-pk"]

    def get_changeform_initial_data(self, request):
        return {name: round(weight) for name, weight in in_force().items()}

    def save_model(self, request, weighing, form, change):
        weighing.made_by = request.user
        super().save_model(request, weighing, form, change)

    def has_change_permission(self, request, weighing=None):
        return False

    has_delete_permission = has_change_permission


@admin.register(Pair)
class PairAdmin(admin.ModelAdmin):
    """A need with the one word finds an offer with the other."""

    list_display = ["dutch", "english"]
    search_fields = ["dutch", "english"]
    ordering = ["dutch", "english"]
