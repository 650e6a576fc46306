"""The days by which mails ask for something, or on which the reader is expected, for the diary."""

from django.utils.translation import gettext as _

from challenges.lifecycle.ringing import rings_by
from factory.notices.diary import Deadline

CHANGED = "change_days_invited_jurors"
SCORING = (
    "assign_newly_assigned",
    "nudge_jury_jurors_with_work",
    "remind_jury_jurors_with_work",
    CHANGED,
)
EXPLORED = ("name_teams_explorers", "change_days_exploring_teams")
PITCHED = ("end_coaching_jurors", CHANGED, "change_days_coaches_of_finalists")
OPENING = ("publish_followers_of_all", "invite_partner_those_just_invited")
ASKING = ("ask_for_more_those_who_brought_it", "remind_to_answer_those_who_brought_it")


def of_challenge(challenge):
    """The moments of its calendar that mails name, and what the house promised or asked."""
    question = challenge.rounds.last()
    rows = (
        ("scores", _("The jury has read and scored"), challenge.scores_by, SCORING, "scores_by"),
        ("plans", _("Sending in plans"), challenge.deadline_at, OPENING),
        (
            "changed-plans",
            _("Finalists hand in their changed plans"),
            challenge.coaching_until,
            ("start_coaching_coached_entrants",),
        ),
        ("pitch", _("Finalists on the stage"), challenge.pitch_at, PITCHED, "pitch_at"),
        (
            "explored",
            _("Teams have explored, results are known"),
            challenge.explored_by,
            EXPLORED,
            "explored_by",
        ),
        ("more", _("Answer by this day"), question and question.answer_by, ASKING),
        ("ring", _("Ring by this day"), rings_by(challenge), ("submit_coordinators",)),
    )
    for name, words, *day_and_mails in rows:
        yield Deadline(name, f"{words}: {challenge.title}", *day_and_mails)


def of_entry(entry):
    """Until when it can be repaired."""
    words = _("Send in what is missing by this day: %(title)s") % {"title": entry.challenge.title}
    yield Deadline("repair", words, entry.repair_by_date, ("ask_to_repair_entrants",))


def of_question(question):
    """Until when it is answered, for everybody."""
    words = f"{_('All answers are out')}: {question.challenge.title}"
    yield Deadline("answer", words, question.challenge.answers_by, ("ask_owner_and_deputy",))


def of_talk(talk):
    """When they talk."""
    words = _("Talk about the outcome: %(title)s") % {"title": talk.challenge.title}
    yield Deadline("talk", words, talk.planned_at, ("plan_entrants",))


def of_adoption(adoption):
    """By when they promised in public to decide."""
    words = f"{_('Decision on going on')}: {adoption.challenge.title}"
    yield Deadline("decide", words, adoption.due_date, ("remind_owner_and_deputy",))
