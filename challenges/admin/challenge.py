"""Challenges in the admin: read them here, move them by their buttons."""

from django.contrib import admin
from django.urls import path
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from challenges.admin.entering import EntersProblems
from challenges.calling_desk import Inviting
from challenges.lifecycle.bringing import still_lacks
from challenges.lifecycle.idle import is_idle
from challenges.lifecycle.ringing import rings_by
from challenges.models import Challenge
from factory.coordination.for_somebody import ForSomebody
from factory.move_admin import MoveAdmin
from factory.move_admin_parts import StateFilter
from factory.templatetags.words import euro, short_day
from partners.models import Membership, Person

State = Challenge.State
ELSEWHERE = {
    "draw_up",
    "fill_in",
    "affirm_step",
    "remark",
    "resolve_remark",
    "invite_partner",
}  # has pages of its own


@admin.register(Challenge)
class ChallengeAdmin(EntersProblems, ForSomebody, MoveAdmin):
    """What came in first; nothing of an entry stands here."""

    queue = (State.SUBMITTED,)
    bulk = ["shape"]
    list_display = ["title", "organisation", "region", "state_shown", "ring", "created_at"]
    list_filter = [StateFilter, "province"]
    list_select_related = ["organisation", "region"]
    search_fields = ["title", "organisation__name"]
    ordering = ["submitted_at", "-created_at", "pk"]
    change_form_template = "admin/challenges/challenge.html"
    fieldsets = [
        (None, {"fields": ["state_shown", "lacks", "organisation", "owner", "deputy", "phone", "ring"]}),
        (
            _("The problem"),
            {"fields": ["sentence", "problem", "files", "region", "themes", "goals", "hoped_start_date",
                        "copied_from"]},
        ),
        (
            _("More about it"),
            {"fields": ["sufferers", "causes", "tried", "success", "baseline", "bounds", "data"]},
        ),
        (
            _("Money and afterwards"),
            {
                "fields": [
                    "envelope", "co_funders", "budget_holder", "budget_holder_job", "mandate",
                    "explores_only", "adoption_by", "adoption_budget", "adoption_due_date",
                ]
            },
        ),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search_nl", "search_en")

    @admin.display(description=_("envelope"))
    def envelope(self, challenge):
        return euro(challenge.envelope_cents) or "–"

    @admin.display(description=_("ring by"), ordering="submitted_at")
    def ring(self, challenge):
        return short_day(rings_by(challenge)) if challenge.state == State.SUBMITTED else "–"

    @admin.display(description=_("still missing before it can be approved"))
    def lacks(self, challenge):
        return (
            format_html_join("", "<div>{}</div>", ((words,) for words in still_lacks(challenge)))
            or "–"
        )

    @admin.display(description=_("what came with it"))
    def files(self, challenge):
        rows = challenge.documents.select_related("file")
        links = ((one.get_absolute_url(), one) for one in rows)
        return format_html_join("", '<a href="{}">{}</a> ', links) or "–"

    def buttons(self, request, thing):
        """Without what has pages of its own."""
        rows = super().buttons(request, thing)
        return [row for row in rows if not row["url"].endswith(tuple(f"/{n}/" for n in ELSEWHERE))]

    def idle(self, challenge):
        """A fee is only paid where one is owed, and a day only changes that is still to come."""
        return [name for name, move in self.moves.items() if is_idle(move, challenge)]

    def get_urls(self):
        view = self.admin_site.admin_view(self.invite_view)
        name = "challenges_challenge_invite"
        return [path("<int:pk>/invite/", view, name=name), *super().get_urls()]

    def invite_view(self, request, pk):
        """Whom to invite to one call."""
        return Inviting(self, request, pk).answer()

    def people_for(self, challenge):
        """Who decides for the organisation whose challenge it is."""
        deciders = Membership.objects.who_decide().filter(organisation=challenge.organisation_id)
        return Person.objects.filter(pk__in=deciders.values("person"))
