"""What an entrant does after the letter: object, ask for a talk; and how that is answered."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from challenges.lifecycle import objection as objections
from challenges.lifecycle import talk as talks
from challenges.models import Entry, Letter, Objection, Talk
from challenges.objecting_forms import AskForm, LodgeForm
from challenges.rules import decides_on_the_award, follows_the_decision
from factory.move_views import BeginView, MoveView
from partners.rules import role_in


class AboutAnEntry(BeginView):
    """Something that an entrant begins about what was decided on their entry."""

    def form(self, data=None, files=None):
        return self.form_class(data, files, thing=self.thing, by=self.by)


class AfterALetter(AboutAnEntry):
    """Something that begins on the page of a letter."""

    def new_thing(self):
        letters = Letter.objects.visible_to(self.request.user).current()
        letters = letters.select_related("entry__organisation", "challenge__organisation")
        self.letter = letters.filter(pk=self.kwargs["letter"]).first()
        if self.letter is None:
            raise Http404
        return self.model(entry=self.letter.entry, challenge=self.letter.challenge)

    def asked(self, form, status=200, **extra):
        return super().asked(form, status, letter=self.letter, **extra)

    def get_success_url(self):
        return self.letter.get_absolute_url()


class Lodge(AfterALetter):
    """An objection, or the notice that somebody goes to court."""

    model, begin, form_class = Objection, objections.lodge, LodgeForm
    template_name = "challenges/objection_form.html"


class LodgeExclusion(AboutAnEntry):
    """An objection against being excluded, which need not wait for a letter."""

    model, begin, form_class = Objection, objections.lodge, LodgeForm
    template_name = "challenges/objection_form.html"

    def new_thing(self):
        seen = Entry.objects.visible_to(self.request.user).filter(state=Entry.State.EXCLUDED)
        seen = seen.select_related("organisation", "challenge__organisation")
        entry = get_object_or_404(seen, pk=self.kwargs["entry"])
        return self.model(entry=entry, challenge=entry.challenge)


class AskTalk(AfterALetter):
    """A talk about the outcome."""

    model, begin, form_class = Talk, talks.ask, AskForm
    template_name = "challenges/talk_form.html"


def one(model, moves, person, pk):
    """A thing about an entry, with what this person can do; else there is no such page."""
    things = model.objects.visible_to(person)
    things = things.select_related("entry__organisation", "challenge__organisation")
    thing = things.filter(pk=pk).first()
    if thing is None:
        raise Http404
    return {
        "thing": thing,
        "challenge": thing.challenge,
        "moves": moves.open_to(person, thing),
        "decides": decides_on_the_award.test(person, thing.challenge),
        "follows": follows_the_decision.test(person, thing.challenge),
        "enters": bool(role_in(person, thing.entry.organisation_id)),
        "entry_url": thing.entry.get_absolute_url(),
    }


@login_required
def objection(request, pk):
    """What an entrant brought against the decision, and how it was decided."""
    found = one(Objection, objections.moves, request.user, pk)
    return render(request, "challenges/objection_detail.html", found)


@login_required
def talk(request, pk):
    """A talk: asked for, planned, held."""
    return render(request, "challenges/talk_detail.html", one(Talk, talks.moves, request.user, pk))


class ObjectionMove(MoveView):
    """A move of an objection."""

    model, moves, slug_field = Objection, objections.moves, "pk"

    @property
    def template_name(self):
        return [f"challenges/objection_{self.move.name}.html", "moves/form.html"]


class TalkMove(MoveView):
    """A move of a talk."""

    model, moves, slug_field = Talk, talks.moves, "pk"
