"""How who holds the budget says yes: with a mailed code, or on paper that a coordinator checks."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.lifecycle.bringing import its_approvals, moves, still_lacks, take_back
from challenges.lifecycle.inviting import person_at
from challenges.lifecycle.people import coordinators, owner_and_deputy
from challenges.lifecycle.setting_up import SETS_UP
from challenges.models import Approval, Challenge
from challenges.rules import co_owns_it, did_not_submit
from challenges.setup_forms.people import AskApprovalForm, CheckShareForm, NoteApprovalForm
from factory import clock
from factory.files.keeping import keep
from factory.knowledge.models import Norm
from factory.moves import STAYS, Missing
from factory.notices.outbox import post
from factory.notices.telling import asks, informs, warns
from partners.rules import is_coordinator

State = Challenge.State
DIGITS = 8
SALT = "challenges.approval"


def fresh_code():
    """What stands in the mail, and nowhere else."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def digest_of(key, code):
    """What is kept of a code: who reads the table cannot use it."""
    return salted_hmac(SALT, f"{key}{code}", algorithm="sha256").hexdigest()


def fits(approval, code):
    """Whether this is the code that was mailed."""
    return constant_time_compare(approval.digest, digest_of(approval.key, code))


def asked_in_vain(challenge, co_owner):
    """What must be there before a budget holder is asked; for a part of the envelope nothing."""
    return [] if co_owner else list(still_lacks(challenge))


def end_what_waits(challenge, co_owner):
    """An earlier question about the same is over."""
    asked = challenge.approvals.filter(answer="", ended_at=None, co_owner=co_owner)
    asked.update(ended_at=clock.now())


@moves.add(State.SHAPING, to=STAYS, may=SETS_UP | co_owns_it, form=AskApprovalForm)
def ask_approval(challenge, *, by, name, job, email, co_owner=None):
    """The budget holder gets a code by mail, with which they approve without an account."""
    if lacking := asked_in_vain(challenge, co_owner):
        raise Missing(lacking)
    end_what_waits(challenge, co_owner)
    now, code = clock.now(), fresh_code()
    approval = Approval(
        challenge=challenge,
        co_owner=co_owner,
        name=name,
        job=job,
        email=email,
        asked_by=by,
        asked_at=now,
        expires_at=now + timedelta(days=Norm.objects.value("approval-code-days")),
        cents=co_owner.cents if co_owner else challenge.envelope_cents,
    )
    approval.digest = digest_of(approval.key, code)
    approval.save()
    mail(approval, code)
    return {"approval": approval.pk}


def mail(approval, code):
    """The code, and the page on which it is used."""
    challenge = approval.challenge
    url = settings.SITE_URL + reverse("challenges:approval", args=[approval.key])
    with translation.override(challenge.language):
        words = {
            "name": approval.name,
            "organisation": challenge.organisation.name,
            "title": challenge.title,
            "code": f"{code[:4]} {code[4:]}",
            "url": url,
        }
        text = (
            _(
                "Hello %(name)s,\n\n%(organisation)s asks you to approve “%(title)s”, as the holder of "
                "the budget. Read everything on this page and answer there:\n\n%(url)s\n\nYour code: "
                "%(code)s\n\nYou need no account. The code is for you alone; do not pass it on."
            )
            % words
        )
        post(approval.email, _("Your approval is asked: %(title)s") % words, text)


@moves.add(
    State.SHAPING,
    to=STAYS,
    may=SETS_UP | co_owns_it,
    form=NoteApprovalForm,
    tells=[asks(coordinators)],
)
def note_approval(challenge, *, by, name, number, decided_date, document, co_owner=None):
    """The decision was taken on paper; a coordinator checks the document."""
    if lacking := asked_in_vain(challenge, co_owner):
        raise Missing(lacking)
    end_what_waits(challenge, co_owner)
    approval = Approval.objects.create(
        challenge=challenge,
        co_owner=co_owner,
        name=name,
        number=number,
        decided_date=decided_date,
        document=keep(document, by=by, holder=challenge.organisation),
        asked_by=by,
        asked_at=clock.now(),
        cents=co_owner.cents if co_owner else challenge.envelope_cents,
    )
    approval.document.attach(approval)
    return {"approval": approval.pk}


@moves.add(
    State.SHAPING,
    to=STAYS,
    may=is_coordinator & did_not_submit,
    form=CheckShareForm,
    tells=[informs(owner_and_deputy)],
)
def approve_share(challenge, *, by, approval):
    """A coordinator has read the decision about a part of the envelope."""
    approval.say("yes")
    approval.stand_on(approval.co_owner)
    approval.co_owner.save()
    return {"approval": approval.pk, "organisation": approval.co_owner.organisation_id}


def its_shares(challenge):
    """Its approvals, and who pays along."""
    return [*its_approvals(challenge), challenge.co_owners.all()]


take_back.also({note_approval: its_approvals, approve_share: its_shares})


@moves.by_the_factory(State.SHAPING, to=STAYS, tells=[informs(owner_and_deputy)])
def approve_share_by_code(challenge, *, by, approval, number, decided_date):
    """The budget holder of who pays along approved their part, with the mailed code."""
    approval.say("yes", number=number, decided_date=decided_date)
    approval.stand_on(approval.co_owner)
    approval.co_owner.save()
    return {"approval": approval.pk, "organisation": approval.co_owner.organisation_id}


@moves.by_the_factory(State.SHAPING, to=State.APPROVED, tells=[informs(owner_and_deputy)])
def approve_by_code(challenge, *, by, approval, number, decided_date):
    """The budget holder approved it, with the mailed code."""
    if lacking := asked_in_vain(challenge, None):
        raise Missing(lacking)
    approval.say("yes", number=number, decided_date=decided_date)
    challenge.approved_by = person_at(approval.email, approval.name, challenge.language)
    if challenge.approved_by_id == challenge.submitted_by_id:
        raise Missing([_("Who sent it in does not approve it.")])
    approval.stand_on(challenge)
    return {"approval": approval.pk}


@moves.by_the_factory(State.SHAPING, to=STAYS, tells=[warns(owner_and_deputy)])
def refuse_approval(challenge, *, by, approval, reason):
    """The budget holder does not approve it, and says why."""
    approval.say("no", reason=reason)
    return {"approval": approval.pk}


def wrong_code(left):
    """What somebody reads who typed another code."""
    if left <= 0:
        return _("This was typed wrong too often. Ask for a new code.")
    return ngettext(
        "This is not the code. You can try %(n)s more time.",
        "This is not the code. You can try %(n)s more times.",
        left,
    ) % {"n": left}


def changed_meanwhile():
    """What somebody reads who answers about an older text."""
    return _("The challenge changed while you were reading. Read it again, and then answer.")
