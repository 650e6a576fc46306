"""How a question lives: asked by who may enter, answered for everybody, in time."""

from django.utils.translation import gettext as _

from challenges.forms import AnswerForm, QuestionForm, SetAsideForm
from challenges.lifecycle.people import drafters_and_followers, owner_and_deputy, the_asker
from challenges.models import Challenge, Question
from challenges.rules import answers_questions, asks_questions
from factory import clock
from factory.moves import STAYS, Moves, itself
from factory.notices.telling import asks, informs
from partners.rules import is_coordinator

State = Question.State
MAY_ANSWER = answers_questions | is_coordinator

moves = Moves(Question)


def takes_questions(question):
    """Reasons why nothing can be asked any more; by the database's clock, the row locked."""
    challenge = Challenge.objects.get(pk=question.challenge_id)
    until = challenge.questions_until or challenge.deadline_at
    if challenge.state != Challenge.State.OPEN:
        yield _("This challenge takes no questions now.")
    elif clock.now() > until:
        yield _("The time to ask questions is over.")


@moves.begin(
    to=State.ASKED,
    may=asks_questions,
    form=QuestionForm,
    unless=takes_questions,
    tells=[asks(owner_and_deputy, "reply")],
)
def ask(question, *, by, text):
    """Somebody who may enter wants to know something; who it was stays hidden."""
    question.text, question.asker = text, by
    question.asked_at = clock.now()


# An answer is on the page at once, for everybody who enters to count on: it can be improved, never unsaid.
@moves.add(
    State.ASKED,
    to=State.ANSWERED,
    may=MAY_ANSWER,
    form=AnswerForm,
    final=True,
    tells=[informs(the_asker), informs(drafters_and_followers)],
)
def reply(question, *, by, answer):
    """The owner answers, and everybody reads the same."""
    question.answer, question.answered_by = answer, by
    question.answered_at = clock.now()


@moves.add(
    State.ANSWERED,
    to=STAYS,
    may=MAY_ANSWER,
    form=AnswerForm,
    final=True,
    tells=[informs(the_asker), informs(drafters_and_followers)],
)
def improve(question, *, by, answer):
    """The answer was not right or not clear; everybody hears of it."""
    question.answer, question.answered_by = answer, by
    question.answered_at = clock.now()


@moves.add(
    State.ASKED, to=State.SET_ASIDE, may=MAY_ANSWER, form=SetAsideForm, tells=[informs(the_asker)]
)
def set_aside(question, *, by, reason):
    """It gives away who asks, or is no question about this challenge; who asked hears why."""
    question.reason = reason


take_back = moves.take_back(may=is_coordinator, undoes={set_aside: itself})
