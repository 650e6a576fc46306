"""What counts for how much in whom to invite: for coordinators to say, once they saw what would change."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.lifecycle.weighing import choose
from challenges.models import CallWeighing
from challenges.previewing import preview
from challenges.weights import in_force
from factory.looking_first import LooksFirst, ShowsWhatWouldChange

SHOWN = 3  # of a list, the first


class CallWeighingForm(LooksFirst, forms.ModelForm):
    """What counts for how much, and why."""

    class Meta:
        model = CallWeighing
        fields = [*CallWeighing.PARTS, "because"]

    def clean(self):
        data = super().clean()
        weights = {name: float(data.get(name) or 0) for name in CallWeighing.PARTS}
        if not self.errors and not any(weights.values()):
            raise forms.ValidationError(_("Something has to count."))
        if self.only_looks:
            self.look(*changes(weights))
        return data


def changes(weights):
    """What other weights would change in words, and the calls of which the first names would be others."""
    found = preview(weights)
    changed = [one for one in found if one.now != one.then]
    about = ngettext(
        "Everybody who can answer the last open call was weighed anew.",
        "Everybody who can answer the last %(n)s open calls was weighed anew.",
        len(found),
    )
    said = _(
        "Another would come first for %(first)s, and somebody else be proposed for %(others)s."
    )
    numbers = {
        "n": len(found),
        "first": sum(one.now[:1] != one.then[:1] for one in changed),
        "others": sum(set(one.now) != set(one.then) for one in changed),
    }
    words = " ".join([about % numbers, said % numbers, _("Nothing is saved yet.")])
    return words, [_row(one) for one in changed]


def _row(one):
    now, then = (", ".join(names[:SHOWN]) for names in (one.now, one.then))
    said = _("%(need)s: now %(now)s; then %(then)s")
    return said % {"need": one.title, "now": now, "then": then}


@admin.register(CallWeighing)
class CallWeighingAdmin(ShowsWhatWouldChange, admin.ModelAdmin):
    """Who chose which weights, when and why; the newest counts. To go back, choose the old ones again."""

    form = CallWeighingForm
    add_form_template = "admin/weighing.html"
    list_display = ["made_at", *CallWeighing.PARTS, "because", "made_by"]
    list_select_related = ["made_by"]
    ordering = ["-pk"]

    def get_changeform_initial_data(self, request):
        return {name: round(weight) for name, weight in in_force().items()}

    def save_model(self, request, weighing, form, change):
        made = choose(weighing.weights, by=request.user, because=weighing.because)
        weighing.pk, weighing.made_by = made.pk, made.made_by

    def log_addition(self, *_args):
        """Not here: the journal has it."""

    def has_change_permission(self, request, weighing=None):
        return False

    has_delete_permission = has_change_permission
