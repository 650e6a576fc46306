"""The states of a challenge, an entry and an award, and the only ways between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from factory.graph import Graph


class ChallengeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent in")
    MORE = "more", _("More is asked")
    DECLINED = "declined", _("Turned down")
    REDIRECTED = "redirected", _("Better on the market")
    TO_CHANGE = "to_change", _("Better by changing yourselves")
    SHAPING = "shaping", _("Being shaped")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Opens soon")
    OPEN = "open", _("Open")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    CHECKING = "checking", _("Entries are checked")
    SCORING = "scoring", _("The jury scores")
    CONSENSUS = "consensus", _("The jury deliberates")
    COACHING = "coaching", _("Finalists are coached")
    PITCHING = "pitching", _("Pitches")
    PROPOSED = "proposed", _("Award proposed")
    DECIDED = "decided", _("Decided")
    NOTIFIED = "notified", _("Entrants were told")
    AWARDED = "awarded", _("Awarded")
    RUNNING = "running", _("Pilot runs")
    FINISHED = "finished", _("Finished")
    UNSUCCESSFUL = "unsuccessful", _("No award")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CANCELLED = "cancelled", _("Cancelled")


class EntryState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent in")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UNSENT = "unsent", _("Not sent in time")
    REPAIR = "repair", _("To be repaired")
    ADMITTED = "admitted", _("Admitted")
    EXCLUDED = "excluded", _("Excluded")
    SHORTLISTED = "shortlisted", _("Finalist")
    AWARDED = "awarded", _("Awarded")
    RESERVE = "reserve", _("Reserve")
    NOT_AWARDED = "not_awarded", _("Not awarded")
    DECLINED = "declined", _("Award turned down")


class AwardState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    DROPPED = "dropped", _("Not proposed any more")
    DECIDED = "decided", _("Decided")
    FINAL = "final", _("Final")
    DECLINED = "declined", _("Turned down")
    REVOKED = "revoked", _("Revoked")


class ContractState(models.TextChoices):
    DRAFT = "draft", _("Being drawn up")
    SIGNED = "signed", _("Signed")
    COMPLETED = "completed", _("Completed")
    ENDED = "ended", _("Ended early")


class AdoptionState(models.TextChoices):
    PROMISED = "promised", _("To be decided")
    POSTPONED = "postponed", _("Postponed")
    OVERDUE = "overdue", _("Decision overdue")
    DECIDED = "decided", _("Decided")


class LetterState(models.TextChoices):
    WAITING = "waiting", _("On its way")
    OUT = "out", _("Arrived")
    REFUSED = "refused", _("Refused by the mail server")
    RETURNED = "returned", _("Came back")
    HANDED = "handed", _("Handed over on paper")
    COUNTING = "counting", _("Arrived, the term runs")


class ObjectionState(models.TextChoices):
    OPEN = "open", _("Open")
    UPHELD = "upheld", _("Right")
    DISMISSED = "dismissed", _("Not right")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TalkState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CALLED_OFF = "called_off", _("Called off")


C, E, A = ChallengeState, EntryState, AwardState
K, D = ContractState, AdoptionState

CHALLENGE = Graph(
    "challenges.challenge",
    first=(C.DRAFT,),
    edges={
        C.DRAFT: [C.SUBMITTED, C.WITHDRAWN],
        C.SUBMITTED: [C.MORE, C.DECLINED, C.REDIRECTED, C.TO_CHANGE, C.SHAPING, C.WITHDRAWN],
        C.MORE: [C.SUBMITTED, C.WITHDRAWN],
        C.SHAPING: [C.MORE, C.DECLINED, C.REDIRECTED, C.TO_CHANGE, C.APPROVED, C.WITHDRAWN],
        C.APPROVED: [C.SHAPING, C.SCHEDULED, C.WITHDRAWN],
        C.SCHEDULED: [C.APPROVED, C.OPEN, C.WITHDRAWN],
        C.OPEN: [C.PAUSED, C.CLOSED, C.WITHDRAWN],
        C.PAUSED: [C.OPEN, C.WITHDRAWN],
        C.CLOSED: [C.CHECKING, C.UNSUCCESSFUL, C.CANCELLED],
        C.CHECKING: [C.SCORING, C.UNSUCCESSFUL, C.CANCELLED],
        C.SCORING: [C.CONSENSUS, C.CANCELLED],
        C.CONSENSUS: [C.PITCHING, C.PROPOSED, C.SCORING, C.CANCELLED],
        C.PITCHING: [C.COACHING, C.PROPOSED, C.SCORING, C.CANCELLED],
        C.COACHING: [C.PITCHING, C.SCORING, C.CANCELLED],
        C.PROPOSED: [C.CONSENSUS, C.DECIDED, C.SCORING, C.CANCELLED],
        C.DECIDED: [C.NOTIFIED, C.SCORING, C.CANCELLED],
        C.NOTIFIED: [C.AWARDED, C.UNSUCCESSFUL, C.PROPOSED, C.CANCELLED],
        C.AWARDED: [C.RUNNING, C.CANCELLED],
        C.RUNNING: [C.FINISHED],
    },
    back={
        C.MORE: [C.SHAPING],
        C.DECLINED: [C.SUBMITTED, C.SHAPING],
        C.REDIRECTED: [C.SUBMITTED, C.SHAPING],
        C.TO_CHANGE: [C.SUBMITTED, C.SHAPING],
        C.SHAPING: [C.SUBMITTED],
        C.SCORING: [C.CHECKING],
        C.DECIDED: [C.PROPOSED],
        C.UNSUCCESSFUL: [C.CLOSED, C.CHECKING],
    },
)
ENTRY = Graph(
    "challenges.entry",
    first=(E.DRAFT,),
    edges={
        E.DRAFT: [E.SUBMITTED, E.WITHDRAWN, E.UNSENT],
        E.SUBMITTED: [E.WITHDRAWN, E.REPAIR, E.ADMITTED, E.EXCLUDED],
        E.REPAIR: [E.SUBMITTED, E.ADMITTED, E.EXCLUDED],
        E.ADMITTED: [E.SHORTLISTED, E.AWARDED, E.RESERVE, E.NOT_AWARDED],
        E.SHORTLISTED: [E.ADMITTED, E.AWARDED, E.RESERVE, E.NOT_AWARDED],
        E.RESERVE: [E.AWARDED, E.ADMITTED, E.SHORTLISTED],
        E.AWARDED: [E.DECLINED, E.ADMITTED, E.SHORTLISTED],
        E.NOT_AWARDED: [E.ADMITTED, E.SHORTLISTED],
        E.EXCLUDED: [E.ADMITTED],
    },
    back={E.EXCLUDED: [E.SUBMITTED, E.REPAIR]},
)
L = LetterState
LETTER = Graph(
    "challenges.letter",
    first=(L.WAITING,),
    edges={
        L.WAITING: [L.OUT, L.REFUSED, L.HANDED],
        L.OUT: [L.COUNTING, L.RETURNED, L.WAITING],
        L.REFUSED: [L.WAITING, L.HANDED, L.OUT],
        L.RETURNED: [L.WAITING, L.HANDED],
        L.HANDED: [L.COUNTING, L.WAITING],
        L.COUNTING: [L.RETURNED, L.OUT, L.WAITING],
    },
    back={L.RETURNED: [L.OUT, L.COUNTING]},
)
B, T = ObjectionState, TalkState
OBJECTION = Graph(
    "challenges.objection",
    first=(B.OPEN,),
    edges={B.OPEN: [B.UPHELD, B.DISMISSED, B.WITHDRAWN]},
)
TALK = Graph(
    "challenges.talk",
    first=(T.ASKED,),
    edges={T.ASKED: [T.PLANNED, T.CALLED_OFF], T.PLANNED: [T.HELD, T.CALLED_OFF]},
    back={T.PLANNED: [T.ASKED]},
)
ARRIVED = (L.OUT, L.HANDED, L.COUNTING)
AWARD = Graph(
    "challenges.award",
    first=(A.PROPOSED,),
    edges={
        A.PROPOSED: [A.DROPPED, A.DECIDED],
        A.DECIDED: [A.FINAL, A.DECLINED, A.REVOKED],
        A.FINAL: [A.DECLINED],
    },
    back={A.DECIDED: [A.PROPOSED]},
)
CONTRACT = Graph(
    "challenges.contract",
    first=(K.DRAFT,),
    edges={K.DRAFT: [K.SIGNED, K.ENDED], K.SIGNED: [K.COMPLETED, K.ENDED]},
)
ADOPTION = Graph(
    "challenges.adoption",
    first=(D.PROMISED,),
    edges={
        D.PROMISED: [D.POSTPONED, D.OVERDUE, D.DECIDED],
        D.POSTPONED: [D.OVERDUE, D.DECIDED],
        D.OVERDUE: [D.DECIDED],
    },
)


class Phase(models.TextChoices):
    """How far a public challenge is, as readers of the board tell them apart."""

    OPEN = "open", _("Open for entries")
    JUDGED = "judged", _("Being judged")
    AWARDED = "awarded", _("Awarded")
    ENDED = "ended", _("Ended without an award")


DRAWN_UP = (C.DRAFT, C.SUBMITTED, C.MORE, C.SHAPING)  # its texts may still change
BEFORE_PUBLICATION = (
    *DRAWN_UP, C.DECLINED, C.REDIRECTED, C.TO_CHANGE, C.APPROVED, C.SCHEDULED,
)  # fmt: skip
JUDGED = (C.CHECKING, C.SCORING, C.CONSENSUS, C.COACHING, C.PITCHING, C.PROPOSED, C.DECIDED)
TOLD = (C.NOTIFIED, C.AWARDED, C.RUNNING, C.FINISHED)
RESULTS_ARE_PUBLIC = (C.AWARDED, C.RUNNING, C.FINISHED, C.UNSUCCESSFUL)
OPENED = (*JUDGED, *TOLD)  # the entries were opened, so those whose work it is may read them
DELIBERATED = (
    C.CONSENSUS, C.COACHING, C.PITCHING, C.PROPOSED, C.DECIDED, *TOLD, C.UNSUCCESSFUL,
)  # fmt: skip
HOLDS_MONEY = (A.PROPOSED, A.DECIDED, A.FINAL)
STANDS = (
    E.SUBMITTED, E.REPAIR, E.ADMITTED, E.SHORTLISTED, E.AWARDED, E.RESERVE, E.NOT_AWARDED,
)  # fmt: skip
PHASES = {
    Phase.OPEN: (C.OPEN, C.PAUSED),
    Phase.JUDGED: (C.CLOSED, *JUDGED, C.NOTIFIED),
    Phase.AWARDED: (C.AWARDED, C.RUNNING, C.FINISHED),
    Phase.ENDED: (C.UNSUCCESSFUL, C.WITHDRAWN, C.CANCELLED),
}
