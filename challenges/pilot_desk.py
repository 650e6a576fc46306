"""What waits on the owner's desk from the approval of a challenge to the decision that was promised."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Adoption, Award, Challenge, Contract, FollowUp
from factory import clock
from factory.templatetags.words import short_day

State = Challenge.State
AFTER = (State.AWARDED, State.RUNNING)
SOON = timedelta(days=30)  # before the promised day, as the first reminder by mail


def noted():
    """What the query of the desk adds to each challenge: contracts to see to, and the promised day."""
    contracts = Contract.objects.filter(challenge=OuterRef("pk"))
    drawn_up = Contract.objects.exclude(state=Contract.State.ENDED).filter(award=OuterRef("pk"))
    without = Award.objects.filter(~Exists(drawn_up), challenge=OuterRef("pk"), state="final")
    signed = contracts.filter(state=Contract.State.SIGNED)
    reached = Q(milestones__delivered_at__isnull=False, milestones__accepted_at=None)
    accepted = Q(milestones__accepted_at__isnull=False, milestones__paid_date=None)
    return {
        "no_contract": Exists(without),
        "to_sign": _keys(contracts.filter(state=Contract.State.DRAFT)),
        "to_accept": _keys(signed.filter(reached)),
        "to_pay": _keys(signed.filter(accepted)),
        "promise": F("adoption__pk"),
        "promise_state": F("adoption__state"),
        "promise_day": F("adoption__due_date"),
        "asked_months": F("adoption__asked_months"),
        "is_asked_how_it_is": Exists(asked_how_it_is()),
    }


def asked_how_it_is():
    """The decisions of a challenge of which the owner was asked how it is now, and has not told yet."""
    told = FollowUp.objects.filter(adoption=OuterRef("pk"), months=OuterRef("asked_months"))
    decided = Adoption.objects.filter(state=Adoption.State.DECIDED, asked_months__gt=0)
    return decided.filter(~Exists(told), challenge=OuterRef("pk"))


def _keys(contracts):
    return ArraySubquery(contracts.distinct().order_by("pk").values("pk"))


def to_see_to(challenge, item):
    """Lines of what the owner does next; ``item(challenge, **more)`` makes one."""
    if challenge.state == State.APPROVED:
        page = reverse("challenges:move", args=[challenge.slug, "schedule"])
        words = _("Approved; no day is set yet on which it opens")
        yield item(challenge, meta=words, action=_("Set the day"), url=page, urgent=True)
    if challenge.is_asked_how_it_is:
        page = reverse("challenges:adoption_move", args=[challenge.promise, "follow_up"])
        words = _("%(months)s months after your decision: how is it now?")
        meta = words % {"months": challenge.asked_months}
        yield item(challenge, meta=meta, action=_("Tell how it is"), url=page)
    if challenge.state not in AFTER:
        return
    if challenge.no_contract:
        page = f"{challenge.get_absolute_url()}#after"
        words = _("The award is final; there is no contract yet")
        yield item(challenge, meta=words, action=_("Draw it up"), url=page, urgent=True)
    said = (
        (challenge.to_sign, _("The contract is not signed yet"), _("Go on")),
        (challenge.to_accept, _("A milestone was reached"), _("Look whether it is right")),
        (challenge.to_pay, _("A milestone is right and not paid yet"), _("Note the payment")),
    )
    for keys, words, action in said:
        for key in keys:
            page = reverse("challenges:contract", args=[key])
            yield item(challenge, meta=words, action=action, url=page)
    if is_to_decide(challenge):
        page = reverse("challenges:adoption", args=[challenge.promise])
        day = challenge.promise_day
        words = _("You promised to decide by %(day)s") % {"day": short_day(day)}
        late = day < clock.today()
        action = _("Decide what becomes of it")
        yield item(challenge, meta=words, action=action, url=page, urgent=True, late=late)


def is_to_decide(challenge):
    """Whether the promised day comes near or went by, and nothing was decided."""
    waits = challenge.promise and challenge.promise_state != Adoption.State.DECIDED
    return bool(waits) and challenge.promise_day <= clock.today() + SOON


def how_far(challenge):
    """What is told of one that runs on by itself: the day that was promised."""
    if challenge.promise and challenge.promise_state != Adoption.State.DECIDED:
        said = {"state": challenge.get_state_display(), "day": short_day(challenge.promise_day)}
        return _("%(state)s; what becomes of it is decided by %(day)s") % said
    return challenge.get_state_display()
