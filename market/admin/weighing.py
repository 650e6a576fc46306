"""What counts for how much in suggestions, which words and which sectors go together: for coordinators to say."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from factory.looking_first import LooksFirst, ShowsWhatWouldChange
from factory.move_admin import MoveAdmin
from factory.move_admin_parts import StateFilter
from market.lifecycle.learning import choose, pair_up, part
from market.matching.previewing import preview
from market.matching.weights import in_force
from market.models import Learnt, Listing, Pair, SectorPair, Weighing


class WeighingForm(LooksFirst, forms.ModelForm):
    """What counts for how much, and why."""

    class Meta:
        model = Weighing
        fields = [*Weighing.PARTS, "because"]

    def clean(self):
        data = super().clean()
        weights = {name: float(data.get(name) or 0) for name in Weighing.PARTS}
        if not self.errors and not any(weights.values()):
            raise forms.ValidationError(_("Something has to count."))
        if self.only_looks:
            self.look(*changes(weights))
        return data


def changes(weights):
    """What other weights would change in words, and each list that would be another."""
    found = preview(weights)
    changed = [one for one in found if one.now != one.then]
    about = ngettext(
        "Everybody who can answer the last need with a shortlist was weighed anew.",
        "Everybody who can answer the last %(n)s needs with a shortlist was weighed anew.",
        len(found),
    )
    said = _(
        "Another would come first for %(first)s, somebody else stand on the list for %(others)s, and only the order "
        "change for %(order)s."
    )
    numbers = {
        "n": len(found),
        "first": sum(one.now[:1] != one.then[:1] for one in changed),
        "others": sum(set(one.now) != set(one.then) for one in changed),
        "order": sum(set(one.now) == set(one.then) for one in changed),
    }
    words = " ".join([about % numbers, said % numbers, _("Nothing is saved yet.")])
    return words, [_row(one) for one in changed]


def _row(one):
    said = _("%(need)s: now %(now)s; then %(then)s")
    now, then = (", ".join(names) for names in (one.now, one.then))
    return said % {"need": one.title, "now": now, "then": then}


@admin.register(Weighing)
class WeighingAdmin(ShowsWhatWouldChange, admin.ModelAdmin):
    """Who chose which weights, when and why; the newest counts. To go back, choose the old ones again."""

    form = WeighingForm
    add_form_template = "admin/weighing.html"
    list_display = ["made_at", *Weighing.PARTS, "because", "made_by"]
    list_select_related = ["made_by"]
    ordering = ["-pk"]

    def get_changeform_initial_data(self, request):
        return {name: round(weight) for name, weight in in_force().items()}

    def save_model(self, request, weighing, form, change):
        made = choose(weighing, by=request.user)
        weighing.pk, weighing.made_by = made.pk, made.made_by

    def log_addition(self, *_args):
        """Not here: the journal has it."""

    def has_change_permission(self, request, weighing=None):
        return False

    has_delete_permission = has_change_permission


@admin.register(Learnt)
class LearntAdmin(MoveAdmin):
    """What decisions taught, measured on later ones; switched on and off by its buttons."""

    bulk = []
    list_display = ["__str__", "state_shown", "told", "fitted_at"]
    list_filter = [StateFilter]
    ordering = ["-pk"]
    fieldsets = [
        (None, {"fields": ["state_shown", "told", "fitted_at", "decisions", "needs"]}),
        (gettext_lazy("What counts for how much"), {"fields": ["now", "by_it"]}),
    ]

    @admin.display(description=gettext_lazy("on decisions it had not seen"))
    def told(self, learnt):
        said = _(
            "Of a yes and a no for the same need the yes stands first in %(learnt)s %%, by the weights of then in "
            "%(formula)s %%; difference %(better)s (between %(low)s and %(high)s)."
        )
        numbers = {
            name: f"{getattr(learnt, name):.1%}".rstrip("%") for name in ("learnt", "formula")
        }
        spans = {name: f"{100 * getattr(learnt, name):+.1f}" for name in ("better", "low", "high")}
        return said % {**numbers, **spans}

    @admin.display(description=gettext_lazy("now"))
    def now(self, _learnt):
        return _weights(in_force())

    @admin.display(description=gettext_lazy("by what was learnt"))
    def by_it(self, learnt):
        return _weights(learnt.weights)


def _weights(weights):
    label = Weighing._meta.get_field
    return " · ".join(f"{label(name).verbose_name}: {weights[name]:.0f}" for name in Weighing.PARTS)


@admin.register(Pair)
class PairAdmin(admin.ModelAdmin):
    """A need with the one word finds an offer with the other."""

    list_display = ["dutch", "english"]
    search_fields = ["dutch", "english"]
    ordering = ["dutch", "english"]


class SectorPairForm(LooksFirst, forms.ModelForm):
    """Two sectors, and how close they are."""

    class Meta:
        model = SectorPair
        fields = ["one", "other", "fit"]

    def clean(self):
        data = super().clean()
        one, other = data.get("one"), data.get("other")
        if self.errors or not (one and other):
            return data
        if one == other:
            raise forms.ValidationError(_("Choose two sectors that differ."))
        if one.pk > other.pk:
            data["one"], data["other"] = other, one
        if self.only_looks:
            self.look(reached_by(one, other))
        return data


def reached_by(one, other):
    """How many needs a pair would let look at how many offers, in words."""
    live = Listing.objects.public()
    said = _(
        "Open needs in these two sectors: %(needs)s. "
        "Offers of the other sector that they would look at too: %(offers)s."
    )
    both = [(one, other), (other, one)]
    needs = sum(live.needs().filter(sector=asked).count() for asked, _other in both)
    offers = sum(live.offers().filter(sector=offered).count() for _asked, offered in both)
    return " ".join([said % {"needs": needs, "offers": offers}, _("Nothing is saved yet.")])


@admin.register(SectorPair)
class SectorPairAdmin(ShowsWhatWouldChange, admin.ModelAdmin):
    """An offer in the one sector partly fits a need in the other. The journal has every change."""

    form = SectorPairForm
    add_form_template = change_form_template = "admin/weighing.html"
    list_display = ["__str__", "fit"]
    list_select_related = ["one", "other"]
    ordering = ["one__slug", "other__slug"]

    def save_model(self, request, pair, form, change):
        pair_up(pair, by=request.user)

    def delete_model(self, request, pair):
        part(pair, by=request.user)

    def delete_queryset(self, request, pairs):
        for pair in pairs.order_by("pk"):
            part(pair, by=request.user)

    def log_addition(self, *_args):
        """Not here: the journal has it."""

    log_change = log_deletions = log_addition
