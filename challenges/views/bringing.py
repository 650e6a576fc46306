"""What the page of a challenge says to those who bring it, until it is public."""

from dataclasses import dataclass, field

from challenges import progress
from challenges.intake_forms import LABELS, said_in_words
from challenges.lifecycle.bringing import State, still_lacks
from challenges.lifecycle.ringing import call_about_change, market_link, rings_by
from challenges.models.states import DRAWN_UP
from challenges.models.step import FIELDS, stands
from challenges.rules import writes_the_problem
from factory.moves import moves_of

# These have a place of their own on the page, or pages of their own.
PLACED = {
    "submit", "draw_up", "fill_in", "affirm_step", "note", "note_helper",
    "remark", "resolve_remark", "invite_guest", "end_guest", "invite_partner",
    "name_coach", "note_coaching",
}  # fmt: skip


def elsewhere(moves):
    """Of these moves the ones that stand in no place of their own."""
    return [move for move in moves if move.name not in PLACED]


@dataclass
class Brought:
    """How a problem that was brought stands, for one of those whose it is or a coordinator."""

    rings_by: object
    documents: list
    lacks: list = field(default_factory=list)
    submit: object = None
    steps: list = field(default_factory=list)
    waiting: list = field(default_factory=list)
    done: int = 0
    affirm: object = None
    question: object = None
    versions: int = 0
    remarks: int = 0
    guests: int = 0
    helpers: list = field(default_factory=list)
    market_url: str = ""
    call: object = None  # that a coordinator promised about change-making


def brought(challenge, person):
    """A :class:`Brought`; None for everybody who only reads what is public."""
    if challenge.is_public:
        return None
    if not (writes_the_problem.test(person, challenge) or getattr(person, "is_staff", False)):
        return None
    submit, affirm = (moves_of(challenge)[name] for name in ("submit", "affirm_step"))
    rows = [row | {"texts": list(told(challenge, row["name"]))} for row in progress.rows(challenge)]
    return Brought(
        steps=rows,
        waiting=[row for row in rows if row["waits"]],
        done=sum(row["complete"] for row in rows),
        affirm=affirm if affirm.open_to(person, challenge) else None,
        question=challenge.rounds.open().last(),
        remarks=challenge.remarks.open().count(),
        guests=challenge.guests.open().count(),
        versions=challenge.versions.count(),
        helpers=list(challenge.helpers.from_outside().select_related("organisation", "person")),
        market_url=market_link(challenge) if challenge.state == State.REDIRECTED else "",
        call=call_about_change(challenge) if challenge.state == State.TO_CHANGE else None,
        rings_by=rings_by(challenge),
        documents=list(challenge.documents.select_related("file")),
        lacks=list(still_lacks(challenge)) if challenge.state in DRAWN_UP else [],
        submit=submit if submit.open_to(person, challenge) else None,
    )


def told(challenge, step):
    """``{"label", "words"}`` of each field of a step in which something stands."""
    for name in FIELDS[step]:
        if value := stands(challenge, name):
            yield {"name": name, "label": LABELS[name], "words": said_in_words(name, value)}
