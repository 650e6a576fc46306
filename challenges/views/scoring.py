"""The page on which a juror scores one entry; what is filled in is kept, by a script or by the button."""

from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View

from challenges.jury_forms import ScoreForm
from challenges.lifecycle import assessment as assessments_of
from challenges.models import Assessment, Challenge, Entry, Score
from factory import clock
from factory.move_views import MoveView
from factory.templatetags.words import moment

CHANGED, CLOSED = "changed", "closed"
AROUND = 5  # of one's own entries are named before and after the one on the page


@method_decorator(login_required, name="dispatch")
class Scoring(View):
    """``assessments/<pk>/``: read the entry and score it."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.is_script = "application/json" in request.headers.get("Accept", "")

    def assessment(self):
        """One's own, of an entry that one may read; else there is no such page."""
        mine = Assessment.objects.of(self.request.user)
        mine = mine.filter(entry__in=Entry.objects.read_by_jury(self.request.user))
        found = mine.select_related("entry__organisation", "challenge", "juror").filter(
            pk=self.kwargs["pk"]
        )
        if one := found.first():
            return one
        raise Http404

    def get(self, request, pk):
        return self.page(self.assessment())

    def post(self, request, pk):
        thing = self.assessment()
        form = ScoreForm(request.POST, thing=thing, by=request.user)
        if not form.is_valid():
            return self.page(thing, form, status=422)
        trouble = save(thing, form)
        if self.is_script:
            return self.told(thing, trouble)
        if trouble:
            return self.page(thing, form, trouble=words_for(trouble), status=409)
        return HttpResponseRedirect(self.next_page(thing))

    def told(self, thing, trouble):
        """The answer to the script that keeps what is typed."""
        if trouble:
            return JsonResponse({"said": words_for(trouble)}, status=409)
        said = _("Saved at %(moment)s") % {"moment": moment(thing.saved_at)}
        address = thing.get_absolute_url()
        return JsonResponse({"said": said, "seen": thing.version, "draft": "", "url": address})

    def next_page(self, thing):
        """Where the pressed button leads: the next entry, locking, or back to this page."""
        then = self.request.POST.get("then", "")
        if then == "lock":
            return reverse("challenges:assessment_move", args=[thing.pk, "lock"])
        if then == "next" and (other := next_to_do(thing)):
            return other.get_absolute_url()
        return reverse("challenges:jury", args=[thing.challenge.slug])

    def page(self, thing, form=None, status=200, trouble=""):
        person, locked = self.request.user, thing.state == Assessment.State.LOCKED
        form = None if locked else form or ScoreForm(thing=thing, by=person)
        scores = dict(form.asked if form else thing.criteria())
        context = {
            "assessment": thing,
            "challenge": thing.challenge,
            "entry": thing.entry,
            "is_anonymous": thing.challenge.disclosure == Challenge.Disclosure.ANONYMOUS,
            "form": form,
            "given": scores.items(),
            "others": others_marks(thing, person) if locked else [],
            "trouble": trouble,
            **beside(thing),
            "filled": sum(bool(s and s.points and s.motivation) for s in scores.values()),
            "token": "",
        }
        return render(self.request, "challenges/assessment.html", context, status=status)


def next_to_do(thing):
    """The juror's next entry to score: the first one after this, else the first of all; None if there is none."""
    others = thing.juror.assessments.open().filter(round=thing.round).exclude(pk=thing.pk)
    others = others.order_by("entry__number")
    return others.filter(entry__number__gt=thing.entry.number).first() or others.first()


def beside(thing):
    """The juror's own entries around this one, as a long list would push the page away; and how far they are."""
    mine = thing.juror.assessments.standing().filter(round=thing.round).order_by("entry__number")
    rows = list(mine.values_list("pk", "state", "entry__number", "entry__title", named=True))
    here = next((place for place, one in enumerate(rows) if one.pk == thing.pk), 0)
    first = max(0, min(here - AROUND, len(rows) - 2 * AROUND - 1))
    return {
        "mine": rows[first : first + 2 * AROUND + 1],
        "before": rows[here - 1] if here else None,
        "after": rows[here + 1] if here + 1 < len(rows) else None,
        "all_mine": len(rows),
        "locked_mine": sum(one.state == Assessment.State.LOCKED for one in rows),
    }


def words_for(trouble):
    """What the juror reads when nothing was kept."""
    if trouble == CHANGED:
        return _("This was changed on another device meanwhile. Look, and save again.")
    return _("These marks cannot be changed any more.")


def save(thing, form):
    """Keep what is filled in. CHANGED if another device was first, CLOSED if it may not change; else ""."""
    try:
        with transaction.atomic():
            return _saved(thing, form)
    except IntegrityError:  # the database holds who may score what and when
        return CLOSED


def _saved(thing, form):
    fresh = Assessment.objects.select_for_update(no_key=True).get(pk=thing.pk)
    if fresh.state != Assessment.State.OPEN:
        return CLOSED
    seen, form.data = form.cleaned_data["seen"], form.data.copy()
    form.data["seen"] = thing.version = fresh.version
    if seen != fresh.version:
        return CHANGED
    rows = [
        Score(assessment=thing, criterion=criterion, points=points, motivation=why)
        for criterion, points, why in form.marks()
    ]
    Score.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "criterion"],
        update_fields=["points", "motivation"],
    )
    thing.version, thing.saved_at = fresh.version + 1, clock.now()
    Assessment.objects.filter(pk=thing.pk).update(version=thing.version, saved_at=thing.saved_at)
    return ""


def others_marks(thing, person):
    """What the others gave this entry, once one's own are locked: ``[(juror, [scores])]``."""
    seen = Score.objects.visible_to(person).filter(
        assessment__entry=thing.entry_id, assessment__round=thing.round
    )
    rows = seen.exclude(assessment=thing).select_related("assessment__juror__person", "criterion")
    found = {}
    for score in rows.order_by("assessment__juror", "criterion__position"):
        found.setdefault(score.assessment.juror, []).append(score)
    return list(found.items())


class AssessmentMove(MoveView):
    """A move of an assessment."""

    model, moves, slug_field = Assessment, assessments_of.moves, "pk"

    def get_things(self):
        seen = super().get_things()
        return seen.select_related("entry", "challenge", "juror__person")

    def get_success_url(self):
        return reverse("challenges:jury", args=[self.thing.challenge.slug])
