"""The jury of a challenge: who is asked, who says yes, who leaves."""

from django.utils.translation import gettext as _

from challenges.lifecycle import assessment as assessments_of
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.jury_people import who_chaired_before, who_shares_out
from challenges.lifecycle.people import (
    owner_and_deputy,
    those_just_asked,
    those_just_released,
    those_not_asked_any_more,
)
from challenges.lifecycle.setting_up import SETS_UP
from challenges.models import Challenge, Juror
from challenges.rules import coaches_one_of, is_asked_for_the_jury
from challenges.setup_forms.people import InviteForm, ReleaseForm
from factory import clock
from factory.moves import STAYS, Missing
from factory.notices.telling import asks, informs, warns
from partners.models import Person
from partners.rules import is_coordinator

State = Challenge.State
BEFORE_SCORING = (
    State.SHAPING, State.APPROVED, State.SCHEDULED, State.OPEN, State.PAUSED, State.CLOSED,
    State.CHECKING,
)  # fmt: skip


WHO_ANSWERS = (*BEFORE_SCORING, State.SCORING)


def person_at(email, name, language):
    """Whoever has this mail address; a new person if nobody has. Who left cannot be asked."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        return Person.objects.create_user(email, None, name=name, language=language)
    if not person.is_active:
        raise Missing([_("Nobody can be reached at this address any more.")])
    return person


@moves.add(
    *BEFORE_SCORING,
    to=STAYS,
    may=SETS_UP,
    form=InviteForm,
    tells=[
        asks(those_just_asked, "take_seat", "decline_seat"),
        warns(who_chaired_before),
    ],
)
def invite_juror(challenge, *, by, name, email, expertise="", chairs=False):
    """Somebody is asked by mail to sit in the jury, and answers from the mail."""
    return seat_for(challenge, by, name, email, expertise, chairs)


def seat_for(challenge, by, name, email, expertise, chairs):
    """A seat for whoever has this mail address, in the jury that is asked."""
    person = person_at(email, name, challenge.language)
    if challenge.jury.standing().filter(person=person).exists():
        raise Missing([_("This person is asked already.")])
    if coaches_one_of(person, challenge.pk):
        raise Missing(
            [_("%(name)s coaches a finalist, so somebody else judges.") % {"name": person}]
        )
    if chairs:  # while the jury scores, who chairs it does so until the new one takes the seat
        scores = challenge.state == State.SCORING
        others = challenge.jury.asked() if scores else challenge.jury.all()
        unchair(challenge, others)
    facts = {"expertise": expertise, "chairs": chairs, "asked_by": by, "asked_at": clock.now()}
    seat, _made = Juror.objects.update_or_create(
        challenge=challenge, person=person, defaults=facts | {"said_no_at": None}
    )
    challenge.just_asked = [person]
    return {"seat": seat.pk}


def unchair(challenge, seats):
    """Who had the chair, or was asked to, among these seats has it no longer, and hears so."""
    losing = list(seats.filter(chairs=True).select_related("person"))
    seats.filter(pk__in=[seat.pk for seat in losing]).update(chairs=False)
    challenge.just_unchaired = [seat.person for seat in losing]


@moves.add(
    State.SCORING,
    to=STAYS,
    may=is_coordinator,
    form=InviteForm,
    tells=[
        asks(those_just_asked, "take_seat", "decline_seat"),
        warns(who_chaired_before),
    ],
)
def add_juror(challenge, *, by, name, email, expertise="", chairs=False):
    """One more juror is asked while the jury scores: somebody is ill, or too few are left for an entry."""
    return seat_for(challenge, by, name, email, expertise, chairs)


@moves.add(
    *WHO_ANSWERS,
    to=STAYS,
    may=is_asked_for_the_jury,
    tells=[informs(owner_and_deputy), warns(who_shares_out), warns(who_chaired_before)],
)
def take_seat(challenge, *, by):
    """Somebody says yes to sitting in the jury; who was asked to chair it chairs it from now on."""
    if challenge.jury.asked().filter(person=by.pk, chairs=True).exists():
        unchair(challenge, challenge.jury.seated())
    challenge.jury.asked().filter(person=by.pk).update(said_yes_at=clock.now())


@moves.add(*WHO_ANSWERS, to=STAYS, may=is_asked_for_the_jury, tells=[warns(owner_and_deputy)])
def decline_seat(challenge, *, by):
    """Somebody says no to sitting in the jury."""
    challenge.jury.asked().filter(person=by.pk).update(said_no_at=clock.now(), chairs=False)


def nobody_to_release(challenge):
    """Reasons why nobody can leave the jury."""
    if all(seat.said_no_at for seat in challenge.jury.all()):
        yield _("Nobody is asked yet.")


@moves.add(
    *BEFORE_SCORING,
    to=STAYS,
    may=SETS_UP,
    form=ReleaseForm,
    unless=nobody_to_release,
    tells=[warns(those_just_released)],
)
def release_juror(challenge, *, by, seat):
    """Somebody does not sit in the jury any more."""
    return leave(challenge, seat)


def leave(challenge, seat):
    """The seat is empty; what was declared in it stands."""
    seat.said_yes_at, seat.said_no_at, seat.chairs = None, clock.now(), False
    seat.save()
    challenge.just_released = [seat.person]
    return {"seat": seat.pk}


@moves.add(
    State.SCORING,
    to=STAYS,
    may=is_coordinator,
    form=ReleaseForm,
    unless=nobody_to_release,
    final=True,
    tells=[
        warns(those_just_released),
        warns(those_not_asked_any_more),
        warns(who_shares_out),
    ],
)
def excuse_juror(challenge, *, by, seat):
    """Somebody leaves the jury while it scores: what they locked counts, what they had not is for others.

    Who was asked and had not answered is not asked any more: they locked nothing, and leave nothing behind.
    """
    sat, left = seat.said_yes_at is not None, leave(challenge, seat)
    if not sat:
        challenge.just_released, challenge.just_unasked = [], [seat.person]
    return left


@excuse_juror.then
def what_is_not_locked_is_for_others(challenge, event, *, seat):
    for assessment in seat.assessments.open():
        assessments_of.void(assessment, on_behalf_of=event.whose)


def its_jury(challenge):
    """Who is asked for the jury, and what they said."""
    return [challenge.jury.all()]


take_back.also({invite_juror: its_jury, add_juror: its_jury, release_juror: its_jury})
