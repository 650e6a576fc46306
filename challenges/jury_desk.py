"""What a jury puts on the desk of who sits in it: to answer, to declare, to score; for the chair how far all are."""

from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.models import Assessment, Challenge, Entry, Interest, Juror
from challenges.telling import rows_counted
from factory import clock
from factory.templatetags.words import moment

State = Challenge.State
ASKED_IN = (
    State.SHAPING, State.APPROVED, State.SCHEDULED, State.OPEN, State.PAUSED, State.CLOSED,
    State.CHECKING, State.SCORING,
)  # fmt: skip
AT_WORK = (State.SCORING, State.CONSENSUS, State.PITCHING)
SOON = timedelta(days=3)


def desk_queues(person):
    """One query for all seats of this person; none for who sits nowhere."""
    items = []
    if getattr(person, "sits", True):
        with clock.held():
            items = [item for seat in _seats(person) for item in _items(seat)]
    return [
        {"title": _("For the jury"), "kind": kind, "items": [row for k, row in items if k == kind]}
        for kind in ("yours", "others")
    ]


def _seats(person):
    """The seats with something to do or to wait for, with how much of it."""
    judged = Entry.objects.to_judge().filter(challenge=OuterRef("challenge"))
    said = Interest.objects.filter(
        juror=OuterRef("pk"), entry__state__in=["admitted", "shortlisted"]
    )
    everybodys = Assessment.objects.standing().filter(challenge=OuterRef("challenge"))
    everybodys = everybodys.filter(
        Q(challenge__state=State.PITCHING, round="pitch")
        | ~Q(challenge__state=State.PITCHING) & Q(round="text")
    )
    asked = Q(said_yes_at=None, challenge__state__in=ASKED_IN)
    seated = Q(said_yes_at__isnull=False, challenge__state__in=AT_WORK)
    rows = Juror.objects.standing().filter(asked | seated, person=person.pk)
    return rows.annotate(
        to_judge=rows_counted(judged),
        declared=rows_counted(said),
        to_score=Count("assessments", filter=Q(assessments__state="open")),
        given=rows_counted(everybodys),
        locked=rows_counted(everybodys.locked()),
        state=F("challenge__state"),
        title=F("challenge__title"),
        slug=F("challenge__slug"),
        language=F("challenge__language"),
        scores_by=F("challenge__scores_by"),
        disclosure=F("challenge__disclosure"),
    ).order_by("challenge__scores_by", "pk")


def _items(seat):
    """What this seat asks for, as ``(kind, item)``: own work first, else what the chair does next."""
    if seat.said_yes_at is None:
        yield "yours", _item(seat, _("You are asked to sit in the jury"), "challenge", _("Answer"))
        return
    own = list(_own_work(seat))
    yield from own
    if seat.chairs:
        yield _chairs_work(seat)
    elif not own:
        yield "others", _item(seat, _waits_for(seat))


def _own_work(seat):
    if seat.state == State.SCORING and seat.declared < seat.to_judge:
        if seat.disclosure == Challenge.Disclosure.ANONYMOUS:
            yield "others", _item(seat, _("A coordinator compares the names"))
        else:
            words = _("First: do you know who entered?")
            yield "yours", _item(seat, words, "declare", _("Declare my interests"), _soon(seat))
    if seat.to_score:
        words = ngettext("%(n)s entry to score", "%(n)s entries to score", seat.to_score)
        words %= {"n": seat.to_score}
        if seat.scores_by and seat.state == State.SCORING:
            words = _("%(words)s, by %(moment)s") % {
                "words": words,
                "moment": moment(seat.scores_by),
            }
        at = "pitches" if seat.state == State.PITCHING else "jury"
        yield "yours", _item(seat, words, at, _("Score"), _soon(seat), _late(seat))


def _chairs_work(seat):
    """How far the jury is; the chair's turn once everything is locked."""
    far = _("You chair: %(locked)s of %(given)s locked") % {
        "locked": seat.locked,
        "given": seat.given,
    }
    if seat.state == State.CONSENSUS:
        words = _("You chair: agree on the marks")
        return "yours", _item(seat, words, "ranking", _("Lay the marks beside each other"))
    if not seat.given and seat.state == State.SCORING:
        return "yours", _item(seat, _("You chair: nobody reads yet"), action=_("Share out"))
    if seat.given > seat.locked:
        return "others", _item(seat, far)
    at = "pitches" if seat.state == State.PITCHING else "jury"
    return "yours", _item(seat, far, at, _("Go on"))


def _waits_for(seat):
    return {
        State.SCORING: _("The others still score, or your entries are not shared out yet"),
        State.CONSENSUS: _("The jury deliberates"),
    }.get(seat.state, _("You scored the pitches"))


def _soon(seat):
    return bool(
        seat.scores_by and seat.state == State.SCORING and seat.scores_by < clock.now() + SOON
    )


def _late(seat):
    return bool(seat.scores_by and seat.state == State.SCORING and seat.scores_by < clock.now())


def address(seat, at):
    """One of the pages of the jury, or the page of declaring."""
    if at == "declare":
        return reverse("challenges:move", args=[seat.slug, at])
    return reverse(f"challenges:{at}", args=[seat.slug])


def _item(seat, meta, at="jury", action="", urgent=False, late=False):
    return {
        "title": seat.title,
        "lang": seat.language,
        "meta": meta,
        "url": address(seat, at),
        "action": action,
        "urgent": urgent,
        "late": late,
    }
