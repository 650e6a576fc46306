"""What a challenge starts with, by its instrument and how much money there is: everything can be changed.

Days are days of work after the moment before; a small challenge stays small.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from challenges.calendar import (
    ANSWERS,
    CHANGED,
    CHECK,
    COACH,
    DEADLINE,
    DECISION,
    PITCH,
    QUESTIONS,
    SCORES,
    SHORTLIST,
)

SMALL, MIDDLE, LARGE = "small", "middle", "large"
STEPS = {
    SMALL: {QUESTIONS: 7, ANSWERS: 3, DEADLINE: 6, CHECK: 2, SCORES: 5, DECISION: 3},
    MIDDLE: {
        QUESTIONS: 10,
        ANSWERS: 5,
        DEADLINE: 10,
        CHECK: 3,
        SCORES: 8,
        SHORTLIST: 2,
        PITCH: 2,
        DECISION: 5,
    },
    LARGE: {
        QUESTIONS: 15,
        ANSWERS: 5,
        DEADLINE: 15,
        CHECK: 5,
        SCORES: 10,
        SHORTLIST: 2,
        PITCH: 3,
        DECISION: 10,
    },
}
COACHED = {COACH: 2, CHANGED: 10}  # two weeks, as is usual
JURORS = {
    SMALL: 3,
    MIDDLE: 4,
    LARGE: 5,
}  # as is usual; of these one may be missing when the scoring begins
HOURS = {SMALL: 6, MIDDLE: 16, LARGE: 32}
WORDS = {SMALL: 200, MIDDLE: 400, LARGE: 600}


@dataclass(frozen=True)
class Preset:
    """Everything that one press fills in."""

    size: str
    steps: dict
    criteria: list  # (title, what it asks, weight, a 2, a 6, a 10, on text or at the pitch)
    questions: list  # (question, most words)
    effort_hours: int
    texts: dict


def fewest_jurors(size):
    """How many must sit in the jury before it scores."""
    return JURORS[size] - 1


def size_of(cents, small, large):
    """Small up to and including ``small``, large above ``large`` (cents)."""
    if (cents or 0) <= small:
        return SMALL
    return LARGE if cents > large else MIDDLE


def preset(instrument, size, is_coached=False):
    """The :class:`Preset` for the slug of an instrument and a size, in the language of the reader."""
    return Preset(
        size=size,
        steps=STEPS[size] | (COACHED if is_coached else {}),
        criteria=_criteria(size),
        questions=_questions(size),
        effort_hours=HOURS[size],
        texts=_texts(instrument),
    )


def _last_criterion(size):
    """The price of a small challenge, the pitch of a larger one."""
    pitch = (
        _("Pitch"),
        _("Do they convince, and can you work with them?"),
        20,
        _("questions stay open"),
        _("most is clear"),
        _("you would start tomorrow"),
        "pitch",
    )
    price = (
        _("Price"),
        _("Is it worth the money?"),
        20,
        _("expensive for what it does"),
        _("a fair price"),
        _("much for little"),
        "text",
    )
    return price if size == SMALL else pitch


def _criteria(size):
    return [
        (
            _("Impact"),
            _("How much better will it be for the people it is about?"),
            50,
            _("hardly anything changes"),
            _("it gets better for a part of them"),
            _("the problem gets clearly smaller, and it can be measured"),
            "text",
        ),
        (
            _("Feasibility"),
            _("Can these people do this, in this time and for this money?"),
            30,
            _("much has still to be found out"),
            _("it can be done, with some risk"),
            _("everything is there to begin"),
            "text",
        ),
        _last_criterion(size),
    ]


def _questions(size):
    words = WORDS[size]
    asked = [
        (_("What will you do, for whom and where?"), words),
        (_("What will be different afterwards, and how do we see that?"), words),
        (_("What do you need from us?"), words // 2),
    ]
    if size != SMALL:
        asked += [
            (_("Who are you, and what have you done before?"), words // 2),
            (_("How does it go on after the pilot, and who pays for it then?"), words),
        ]
    return asked


def _texts(instrument):
    """Words to begin with; a prize says something else about ideas than an order."""
    terms = _(
        "What you send in stays yours. We use it to judge it and show nothing of it to others without "
        "your consent, but for the summary of what is awarded."
    )
    if instrument == "prize":
        terms = _(
            "Your idea stays yours, also if it wins. We may tell about the plans that win, with your name."
        )
    return {
        "who_may_enter": _(
            "Social enterprises and other organisations that are registered in the Netherlands, alone or "
            "together. Not: the organisation that owns this challenge and those who sit in the jury."
        ),
        "property_terms": terms,
        "confidentiality": _(
            "Entries stay sealed until the deadline. After that only the coordinators and the jury read "
            "them, and they keep them to themselves."
        ),
        "complaints": _(
            "Do you think that something is not right? Write to the coordinator named on this page. "
            "Somebody who is not part of the jury answers within five working days."
        ),
    }
