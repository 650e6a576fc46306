"""Who is invited to a call, and who says that it is not for them."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from challenges.answerers import able_to_answer, nearness_to
from challenges.explaining import true_reasons
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.people import those_just_invited
from challenges.models import CallImpression, Challenge, Invited, NotForThem
from challenges.setup_forms.calling import InvitePartnerForm
from factory import clock
from factory.moves import STAYS, Missing
from factory.notices.telling import asks
from partners.attention import had_enough
from partners.rules import is_coordinator

State, A_WEEK = Challenge.State, timedelta(days=7)


@moves.add(
    State.OPEN,
    to=STAYS,
    may=is_coordinator,
    form=InvitePartnerForm,
    tells=[asks(those_just_invited)],
)
def invite_partner(challenge, *, by, organisation):
    """A coordinator invites an organisation to the call; it hears why. Once, and not more often a week than may be."""
    if hindered := list(hinders(challenge, organisation)):
        raise Missing(hindered)
    facts = {"challenge": challenge, "organisation": organisation, "by": by, "at": clock.now()}
    near = nearness_to(challenge, [organisation]).get(organisation.pk)
    Invited.objects.create(reasons=true_reasons(challenge, organisation, near), **facts)
    challenge.just_invited = organisation
    return {"organisation": organisation.pk}


def who_was_invited(challenge):
    """Who was invited to the call."""
    return [challenge.invited.all()]


take_back.also({invite_partner: who_was_invited})


def hinders(challenge, organisation):
    """Reasons why this organisation cannot be invited now, in words."""
    if NotForThem.objects.filter(challenge=challenge, organisation=organisation).exists():
        yield _("They said that this is not for them.")
    elif not able_to_answer(challenge).filter(pk=organisation.pk).exists():
        yield _("This organisation is invited already, or cannot be.")
    elif had_enough([organisation.pk]):
        yield _("They were asked often enough this week. Try again next week.")


def suggested_lately(organisations):
    """``{organisation: how often it was invited to a call within a week}``, by key."""
    fresh = Invited.objects.filter(at__gt=clock.now() - A_WEEK, organisation__in=organisations)
    rows = fresh.order_by().values("organisation").annotate(n=Count("pk"))
    return dict(rows.values_list("organisation", "n"))


@transaction.atomic
def refuse(challenge, organisation, *, by, reason):
    """Keep that a challenge is not for ``organisation``. ``reason``: a code. Twice is once, with the last reason."""
    Challenge.objects.select_for_update(no_key=True, of=("self",)).get(pk=challenge.pk)
    said = {"reason": reason, "by": by, "at": clock.now()}
    NotForThem.objects.update_or_create(
        challenge=challenge, organisation=organisation, defaults=said
    )
    no = CallImpression.Decision.NOT_FOR_US
    _noted(challenge, organisation, decision=no, reason=reason, decided_at=said["at"])


def _noted(challenge, organisation, **decision):
    """What they saw last of it carries what they said of it."""
    seen = CallImpression.objects.of(organisation).filter(challenge=challenge)
    last = seen.order_by("-pk").values("pk")[:1]
    CallImpression.objects.filter(pk__in=last).update(**decision)


@transaction.atomic
def take_refusal_back(challenge, organisation):
    """It may be suggested again."""
    NotForThem.objects.filter(challenge=challenge, organisation=organisation).delete()
    _noted(challenge, organisation, decision="", reason="", decided_at=None)
