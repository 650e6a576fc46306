"""The intake in steps: it saves itself, and any colleague goes on with it."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges import progress
from challenges.hints import hints
from challenges.intake_forms import LABELS, IntakeForm, said_in_words
from challenges.lifecycle import bringing
from challenges.lifecycle.intake import Overtaken, keep
from challenges.models import Challenge, Step
from challenges.models.step import FIELDS, stands
from factory.kept import KeepsTyped, as_initial, take
from factory.move_views import MoveView
from factory.moves import NotNow

NAMES = list(FIELDS)


class FillIn(KeepsTyped, MoveView):
    """``<challenge>/steps/<step>/``: a person gets pages, the script that saves gets JSON."""

    model, moves = Challenge, bringing.moves
    template_name = "challenges/challenge_step.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.step = kwargs["step"]
        self.is_script = "application/json" in request.headers.get("Accept", "")

    def dispatch(self, request, *args, **kwargs):
        if self.step not in FIELDS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_things(self):
        return super().get_things().select_related("organisation", "region", "owner")

    def handle_no_permission(self):
        if self.is_script:
            return JsonResponse({"signed_out": True}, status=401)
        return super().handle_no_permission()

    def saved(self):
        """Who saved this step last, or None."""
        return self.thing.steps.select_related("saved_by").filter(name=self.step).first()

    def form(self, data=None, files=None):
        self.last = self.saved()
        form = IntakeForm(data, step=self.step, thing=self.thing, by=self.by)
        if data is None:
            self.kept = take(self.request, self.request.path)
            form.initial |= as_initial(form, self.kept)
        return form

    def post(self, request, **kwargs):
        return self.kept_by_itself() if self.is_script else super().post(request, **kwargs)

    def kept_by_itself(self):
        """What is right so far is kept; the script hears how it went."""
        form = self.form(self.request.POST)
        form.is_valid()
        seen, page = form.cleaned_data.get("seen") or 0, form.cleaned_data.get("page", "")
        try:
            kept = keep(self.thing, self.by, self.step, seen, page, form.facts)
        except Overtaken:
            return JsonResponse({"said": meanwhile()}, status=409)
        except NotNow:
            return JsonResponse({"said": _("This can no longer be changed.")}, status=410)
        except PermissionDenied:
            return JsonResponse({}, status=403)
        words = saved_at(kept) if not form.errors else _("Saved, but something is not right yet.")
        here = self.request.path
        return JsonResponse(
            {"draft": self.thing.pk, "seen": kept.version, "url": here, "said": words}
        )

    def made(self, form):
        form.cleaned_data |= {"step": self.step}
        return super().made(form)

    def get_success_url(self):
        after = NAMES.index(self.step) + 1
        if after == len(NAMES) or "stop" in self.request.POST:
            return self.thing.get_absolute_url()
        return reverse("challenges:step", args=[self.thing.slug, NAMES[after]])

    def asked(self, form, status=200, **extra):
        rows = progress.rows(self.thing, now=self.step)
        seen = self.last.version if self.last else 0
        if extra.get("missing") and form.is_bound:
            self.last = self.saved()
            extra |= {
                "theirs": theirs(form),
                "theirs_by": self.last and self.last.saved_by,
                "missing": (),
            }
            seen = self.last.version if self.last else 0
        elif form.is_bound:
            seen = form.data.get("seen", seen)
        about = {
            "step": Step.Name(self.step).label,
            "number": NAMES.index(self.step) + 1,
            "most": len(NAMES),
            "rows": rows,
            "last": self.last,
            "seen": seen,
            "page": self.request.POST.get("page") or uuid.uuid4().hex,
            "saved_at": saved_at(self.last) if self.last else "",
            "hint": self.hint(),
            "why": why(self.step),
        }
        return super().asked(form, status, **about | extra)

    def hint(self):
        """One line of help once the step was saved: ``?hint=2`` is the next one."""
        if self.last is None:
            return None
        lines = list(hints(self.thing, self.step, self.by))
        asked = self.request.GET.get("hint", "")
        at = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 0
        return (
            {"line": lines[at % len(lines)], "next": at + 1, "many": len(lines) > 1}
            if lines
            else None
        )


def why(step):
    """Why this step is asked, where that is not plain."""
    words = {
        "problem": _("A problem without a solution in it gets the most different plans."),
        "about": _(
            "Whoever looks for a challenge finds yours by these. They also decide to whom we show it first."
        ),
        "success": _(
            "Who makes a plan must know what counts as success. With a figure of today everybody sees "
            "later whether it helped."
        ),
        "people": _(
            "Without somebody who may say yes, the best plan stays on the shelf. That is why a challenge "
            "opens only once this is filled in."
        ),
        "adoption": _(
            "Most trials end well and then stop, because nobody had thought of afterwards. That is why we "
            "ask it first, and show in public what came of it."
        ),
    }
    return words.get(step, "")


def theirs(form):
    """``[(label, what stands there now)]`` of each field in which the two texts differ."""
    facts = form.facts
    there = {name: stands(form.thing, name) for name in facts}
    apart = [name for name in facts if there[name] != facts[name]]
    return [(LABELS[name], said_in_words(name, there[name])) for name in apart]


def saved_at(step):
    """When it was saved, and that one can stop here."""
    local = timezone.localtime(step.saved_at)
    hour = _("%(hour)s:%(minute)s") % {"hour": f"{local.hour}", "minute": f"{local.minute:02}"}
    return _("Saved at %(time)s. You can stop here and go on later.") % {"time": hour}


def meanwhile():
    return _("Somebody changed this meanwhile. Press “Save and go on” to see both texts.")
