"""Questions about a challenge: asking one, and what its owner does with it."""

from django.http import Http404
from django.shortcuts import redirect

from challenges.lifecycle.questions import ask, moves
from challenges.models import Challenge, Question
from factory.move_views import BeginView, MoveView


def question(request, pk):
    """A question has its place on the page of its challenge."""
    things = Question.objects.visible_to(request.user).select_related("challenge")
    thing = things.filter(pk=pk).first()
    if thing is None:
        raise Http404
    return redirect(place_of(thing))


def place_of(question):
    """Where on the page of its challenge it stands."""
    return f"{question.challenge.get_absolute_url()}#question-{question.pk}"


class Ask(BeginView):
    """Ask something about an open challenge."""

    model, moves, begin = Question, moves, ask
    template_name = "challenges/question_ask.html"

    def new_thing(self):
        things = Challenge.objects.visible_to(self.request.user).public()
        challenge = things.filter(slug=self.kwargs["slug"]).first()
        if challenge is None:
            raise Http404
        return Question(challenge=challenge)

    def get_success_url(self):
        return place_of(self.thing)


class QuestionMove(MoveView):
    """A move of a question."""

    model, moves, slug_field = Question, moves, "pk"
    template_name = "challenges/question_move.html"

    def form(self, data=None, files=None):
        form = super().form(data, files)
        if "answer" in form.fields:
            form.initial.setdefault("answer", self.thing.answer)
        return form

    def get_success_url(self):
        return place_of(self.thing)
