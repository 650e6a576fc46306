"""Who may, around a challenge."""

import rules
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from challenges.models import Coaching, Entry, Interest, Juror
from challenges.models.bringers import brings
from challenges.models.entry import JUDGED_ENTRIES
from challenges.models.states import DELIBERATED, RESULTS_ARE_PUBLIC, ChallengeState
from factory.texts import who
from partners.models import Membership, Organisation
from partners.rules import role_in

DECIDES = {Membership.Role.OWNER, Membership.Role.EDITOR}


@rules.predicate
def brings_it(person, thing):
    """An owner or editor of the organisation whose problem it is."""
    challenge = getattr(thing, "challenge", thing)
    return role_in(person, challenge.organisation_id) in DECIDES


@rules.predicate
def belongs_to_it(person, challenge):
    """In the organisation whose challenge it is, in whatever role."""
    return role_in(person, challenge.organisation_id) != ""


@rules.predicate
def writes_the_problem(person, challenge):
    """Anybody of the organisation who writes."""
    return role_in(person, challenge.organisation_id) in {*DECIDES, Membership.Role.WRITER}


@rules.predicate
def is_of_those_who_bring(person, challenge):
    """Of a kind that brings problems: a social enterprise answers them."""
    return brings(challenge.organisation)


@rules.predicate
def did_not_submit(person, challenge):
    """Who approves is somebody else than who sent it in."""
    return challenge.submitted_by_id != person.pk


@rules.predicate
def sits_in_the_jury(person, challenge):
    """A juror of this challenge who said yes."""
    seats = Juror.objects.filter(challenge=challenge, person=person.pk, said_yes_at__isnull=False)
    return person.is_authenticated and seats.exists()


@rules.predicate
def leads_the_jury(person, thing):
    """The chair of the jury, or a coordinator who does not sit in it; nobody with a conflict, and no coach."""
    challenge = getattr(thing, "challenge_id", None) or thing.pk
    seat = (
        person.is_authenticated
        and Juror.objects.standing().filter(challenge=challenge, person=person.pk).first()
    )
    entry = thing if isinstance(thing, Entry) else getattr(thing, "entry", None)
    if not (
        bool(seat.said_yes_at) and seat.chairs if seat else person.is_active and person.is_staff
    ):
        return False
    if not seat and getattr(thing, "coaching_hours", True) and coaches_one_of(person, challenge):
        return False  # whoever has a seat coaches nobody
    return entry is None or not Entry.objects.conflicts_of(person).filter(entry=entry.pk).exists()


def coaches_one_of(person, challenge):
    """Whether somebody coaches a finalist of the challenge with this key."""
    return Coaching.objects.filter(challenge=challenge, coach=person.pk).exists()


@rules.predicate
def coaches_in(person, challenge):
    """Coaches a finalist of this challenge."""
    return bool(challenge.coaching_hours) and coaches_one_of(person, challenge.pk)


@rules.predicate
def is_free_of_all(person, challenge):
    """Declared no conflict about any of its entries."""
    return not Entry.objects.conflicts_of(person).filter(entry__challenge=challenge.pk).exists()


@rules.predicate
def is_the_juror(person, assessment):
    """Whose marks these are."""
    return assessment.juror.person_id == person.pk


@rules.predicate
def enters_it(person, entry_or_award):
    """An owner or editor of the organisation that enters."""
    entry = getattr(entry_or_award, "entry", entry_or_award)
    return role_in(person, entry.organisation_id) in DECIDES


@rules.predicate
def writes_the_entry(person, entry):
    """Anybody of the organisation that enters who writes; sending in is for who decides."""
    return role_in(person, entry.organisation_id) in {*DECIDES, Membership.Role.WRITER}


@rules.predicate
def decides_on_the_award(person, award_or_challenge):
    """Decides for the organisation whose envelope it is."""
    challenge = getattr(award_or_challenge, "challenge", award_or_challenge)
    return role_in(person, challenge.organisation_id) in DECIDES


@rules.predicate
def follows_the_decision(person, challenge):
    """Takes part in deciding: the staff, the organisation whose challenge it is, and its jury.

    Not before the jury lays its marks beside each other: until then there is nothing to follow. Who sits or sat in
    it and has an interest in an entry, or did not say so of every one, does not before the results are public,
    whatever else they are: what was found and proposed is about all of them.
    """
    if not person.is_authenticated or not is_deliberated(challenge):
        return False
    seat = seats_with_interests().filter(challenge=challenge, person=person.pk).first()
    closed = seat and (seat.is_partial or seat.is_silent)
    if closed and challenge.state not in RESULTS_ARE_PUBLIC:
        return False
    sits = bool(seat and seat.said_yes_at)
    return sits or person.is_staff or bool(role_in(person, challenge.organisation_id))


def is_deliberated(challenge):
    """Whether the jury has begun to deliberate; of what was called off, whether it had written anything."""
    called_off = challenge.state == ChallengeState.CANCELLED and hasattr(challenge, "proposal")
    return challenge.state in DELIBERATED or called_off


def seats_with_interests():
    """Seats with ``is_partial``: whether this person declared an interest, or belongs to who enters; and with
    ``is_silent``: whether they sit in the jury and have not declared about every entry that it judges.
    """
    declared = Interest.objects.conflicted().filter(juror=OuterRef("pk"))
    mine = Membership.objects.confirmed().filter(person=OuterRef(OuterRef("person")))
    theirs = Q(organisation__in=mine.values("organisation"))
    theirs |= Q(with_partners__organisation__in=mine.values("organisation"))
    own = Entry.objects.filter(theirs, challenge=OuterRef("challenge"))
    unsaid = Entry.objects.filter(state__in=JUDGED_ENTRIES, challenge=OuterRef("challenge"))
    unsaid = unsaid.exclude(interests__juror=OuterRef("pk"))
    silent = Q(said_yes_at__isnull=False) & Q(Exists(unsaid))
    return Juror.objects.annotate(is_partial=Exists(declared) | Exists(own), is_silent=silent)


@rules.predicate
def asks_questions(person, question):
    """Belongs to an active organisation that could enter: any but the one whose challenge it is."""
    mine = person.memberships.confirmed().filter(organisation__state="active")
    return mine.exclude(organisation=question.challenge.organisation_id).exists()


@rules.predicate
def answers_questions(person, question):
    """Decides for the organisation whose challenge it is."""
    return brings_it.test(person, question.challenge)


@rules.predicate
def is_the_owners_side(person, contract):
    """Decides for the organisation whose challenge it is."""
    challenge = contract.award.challenge if contract.pk is None else contract.challenge
    return role_in(person, challenge.organisation_id) in DECIDES


@rules.predicate
def is_the_winners_side(person, contract):
    """Decides for the organisation that got the award."""
    return role_in(person, contract.organisation_id) in DECIDES


@rules.predicate
def is_on_a_side(person, contract):
    """Decides for one of the two."""
    return bool(contract.side_of(person))


def places_to_enter(person, challenge):
    """The organisations for which this person can begin an entry, or go on with one."""
    writes = person.memberships.who_write().values("organisation")
    return (
        Organisation.objects.filter(pk__in=writes, state="active")
        .exclude(pk=challenge.organisation_id)
        .order_by("name")
    )


who(
    {
        "asks_questions": _("somebody of an organisation that may enter"),
        "answers_questions": _("who decides for the organisation whose challenge it is"),
        "belongs_to_it": _("somebody of the organisation whose challenge it is"),
        "is_the_owners_side": _("who decides for the organisation whose challenge it is"),
        "is_the_winners_side": _("who decides for the organisation that got the award"),
        "is_on_a_side": _("who decides for one of the two sides"),
        "brings_it": _("an owner or editor of the organisation whose challenge it is"),
        "writes_the_problem": _("somebody who writes for the organisation whose challenge it is"),
        "did_not_submit": _("somebody else than who sent it in"),
        "sits_in_the_jury": _("a member of the jury"),
        "leads_the_jury": _("the chair of the jury, or a coordinator who does not sit in it"),
        "coaches_in": _("who coaches a finalist"),
        "is_free_of_all": _("somebody without an interest in any of the entries"),
        "is_the_juror": _("the juror whose marks these are"),
        "enters_it": _("an owner or editor of the organisation that enters"),
        "writes_the_entry": _("somebody who writes for the organisation that enters"),
        "decides_on_the_award": _("who decides for the organisation whose challenge it is"),
    }
)


@rules.predicate
def co_owns_it(person, challenge):
    """An owner or editor of an organisation that pays along."""
    paying = challenge.co_owners.values("organisation") if challenge.pk else []
    return person.memberships.who_decide().filter(organisation__in=paying).exists()


@rules.predicate
def is_asked_for_the_jury(person, challenge):
    """Whoever was asked to sit in the jury and has not answered yet."""
    return challenge.jury.asked().filter(person=person.pk).exists()


who(
    {
        "co_owns_it": _("somebody who decides for an organisation that pays along"),
        "is_asked_for_the_jury": _("somebody who is asked for the jury"),
    }
)
