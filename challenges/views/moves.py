"""Every move of a challenge, an entry and an award: ``<thing>/<move>/``."""

from django.urls import reverse

from challenges.lifecycle import award, bringing, entry
from challenges.lifecycle.setting_up import AFTERWARDS, fitting_size
from challenges.models import Award, Challenge, Entry
from challenges.views.deciding import page_after, to_decide_on
from factory.move_views import MoveView

OF_THE_JURY = {
    "declare": "jury",
    "assign": "jury",
    "remind_jury": "jury",
    "add_juror": "jury",
    "excuse_juror": "jury",
    "start_scoring": "jury",
    "deliberate": "ranking",
    "agree": "ranking",
    "shortlist": "pitches",
    "ask_repairs": "check",
    "name_teams": "pitches",
    "start_coaching": "coaching",
    "name_coach": "coaching",
    "note_coaching": "coaching",
}
# After a change in public: what changed, as everybody reads it.
SHOWN = dict.fromkeys(("rectify", "change_days"), "challenges:changes")


class ChallengeMove(MoveView):
    """A move of a challenge."""

    model, moves = Challenge, bringing.moves

    @property
    def template_name(self):
        return [f"challenges/challenge_{self.move.name}.html", "moves/form.html"]

    def form(self, data=None, files=None):
        form = super().form(data, files)
        if self.move.name == "take_preset":
            form.initial.setdefault("size", fitting_size(self.thing))
        return form

    def get_success_url(self):
        if self.move.name in OF_THE_JURY:
            return reverse(f"challenges:{OF_THE_JURY[self.move.name]}", args=[self.thing.slug])
        then = self.request.POST.get("then", "")
        if self.move.name == "note_findings" and then.isdecimal():  # on to another page of it
            at = reverse("challenges:move", args=[self.thing.slug, "propose"])
            return f"{at}?page={int(then)}"
        if self.move.name == "decline_seat":
            return reverse("desk")
        page = (AFTERWARDS | SHOWN).get(self.move.name)
        return reverse(page, args=[self.thing.slug]) if page else page_after(self.move, self.thing)

    def asked(self, form, status=200, **extra):
        about = to_decide_on(self.thing, self.by) if self.move.name == "decide" else {}
        return super().asked(form, status, **about, **extra)


class EntryMove(MoveView):
    """A move of an entry."""

    model, moves, slug_field = Entry, entry.moves, "pk"

    @property
    def template_name(self):
        return [f"challenges/entry_{self.move.name}.html", "moves/form.html"]


class AwardMove(MoveView):
    """A move of an award."""

    model, moves, slug_field = Award, award.moves, "pk"

    def get_success_url(self):
        return self.thing.challenge.get_absolute_url()
