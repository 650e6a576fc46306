"""When somebody leaves an organisation, a colleague answers for what they answered for: no promise has nobody."""

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.following import ALIVE
from challenges.lifecycle.people import (
    all_who_pay_along,
    coordinators,
    deciders,
    invited_jurors,
    who_takes_over,
)
from challenges.models import Challenge, Guest
from factory import clock
from factory.moves import STAYS, itself
from factory.notices.telling import warns
from partners.lifecycle.giving_back import give_back
from partners.lifecycle.people import end_membership, step_out

State = Challenge.State
NOT_APPROVED = (State.DRAFT, State.SUBMITTED, State.MORE, State.SHAPING)


@moves.by_the_factory(*ALIVE, to=STAYS, tells=[warns(who_takes_over), warns(coordinators)])
def take_over(challenge, *, by, gone, owner, deputy):
    """Whoever answered for it left: the deputy does now, or else a colleague who decides."""
    challenge.owner, challenge.deputy, challenge.left = owner, deputy, gone
    return {"owner": owner.pk, "deputy": deputy.pk if deputy else None}


take_back.also({take_over: itself})  # with the end of a membership


@step_out.then
def who_stepped_out_is_followed_up(organisation, event):
    pass_on(event.whose, organisation)


@end_membership.then
def whose_membership_ended_is_followed_up(organisation, event, *, membership):
    pass_on(organisation.colleague, organisation)


@moves.by_the_factory(
    *NOT_APPROVED,
    to=State.WITHDRAWN,
    tells=[warns(all_who_pay_along), warns(invited_jurors)],
)
def go_with_them(challenge, *, by):
    """Its organisation gave its name back before anybody approved the challenge."""
    with translation.override(challenge.language):
        challenge.reason = _("The organisation gave its name back.")


@give_back.then
def what_they_brought_is_withdrawn(organisation, event, **details):
    """What nobody approved goes with them, and no link of theirs opens any of it."""
    for challenge in organisation.challenges.filter(state__in=NOT_APPROVED).order_by("pk"):
        go_with_them(challenge, on_behalf_of=event.whose)
    links = Guest.objects.open().filter(challenge__organisation=organisation)
    links.update(ended_at=clock.now())


def forget(person):
    """An account is closed: in all organisations at once."""
    pass_on(person)


def pass_on(gone, organisation=None):
    """Every challenge that goes on and for which they answer, as owner or as deputy, has colleagues in their place."""
    theirs = Challenge.objects.filter(Q(owner=gone) | Q(deputy=gone), state__in=ALIVE)
    if organisation:
        theirs = theirs.filter(organisation=organisation)
    for challenge in theirs.select_related("owner", "deputy").order_by("pk"):
        owner, deputy = successors(challenge, gone)
        take_over(challenge, gone=gone, owner=owner, deputy=deputy)


def successors(challenge, gone):
    """Who answers now, and who replaces them. Where nobody else is left, who is gone stays named: both are needed."""
    colleagues = list(deciders(challenge.organisation_id).exclude(pk=gone.pk))
    stays = [one for one in (challenge.owner, challenge.deputy) if one and one != gone]
    line = [*stays, *(one for one in colleagues if one not in stays)]
    owner = line[0] if line else gone
    needed = challenge.deputy or not (challenge.is_drawn_up or challenge.explores_only)
    spare = gone if needed and owner != gone else None
    return owner, (line[1] if len(line) > 1 else spare) if needed else None
