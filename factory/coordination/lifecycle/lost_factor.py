"""A lost second factor: asked at sign-in, decided by somebody else, and stopped by its owner until it is done."""

from datetime import timedelta

import rules
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.coordination.knowing import CalledForm, cannot_be_sure
from factory.coordination.models import LostFactor
from factory.knowledge.models import Norm
from factory.moves import Moves
from factory.moves.move import NEW
from factory.notices.facts import facts_of
from factory.notices.links import answer_url
from factory.notices.models import Notice
from factory.notices.outbox import post
from factory.notices.telling import asks, warns
from factory.texts import say, told, who

State = LostFactor.State
WAITING_DAYS = "lost-factor-waiting-days"

moves = Moves(LostFactor)


@rules.predicate
def decides_about_a_factor(person, lost):
    """Never about oneself: a coordinator, and about a coordinator an administrator."""
    if not (person.is_active and person.is_staff) or person.pk == lost.person_id:
        return False
    return person.is_superuser or not lost.person.is_staff


@rules.predicate
def lost_it(person, lost):
    """The one whose account it is."""
    return person.pk == lost.person_id


def the_owner(lost):
    """The one whose account it is."""
    return [lost.person]


def who_decide(lost):
    """Whoever may decide about it."""
    people = get_user_model().objects.coordinators()
    return [person for person in people if decides_about_a_factor.test(person, lost)]


@moves.by_the_factory(NEW, to=State.ASKED, tells=[warns(the_owner, "stop"), asks(who_decide)])
def ask(lost, *, by):
    """Whoever got past the password says that phone and spare codes are lost."""


# Its warning leaves at once, as it guards an account. A coordinator who was wrong refuses it while it waits.
@moves.add(
    State.ASKED,
    to=State.WAITING,
    may=decides_about_a_factor,
    form=CalledForm,
    unless=cannot_be_sure,
    tells=[warns(the_owner, "stop")],
    final=True,
)
def grant(lost, *, by, called, sure):
    """Somebody else checked by telephone who it is; now its owner has some days to stop it."""
    lost.decided_by = by
    lost.ready_at = clock.now() + timedelta(days=Norm.objects.value(WAITING_DAYS))
    return {"called": called}


@moves.add(
    State.ASKED,
    State.WAITING,
    to=State.REFUSED,
    may=decides_about_a_factor,
    tells=[warns(the_owner)],
    final=True,
)
def refuse(lost, *, by):
    """It was not them, or nobody could be sure; the account stays as it is."""


@moves.add(State.ASKED, State.WAITING, to=State.STOPPED, may=lost_it, tells=[warns(who_decide)])
def stop(lost, *, by):
    """Its owner did not ask this, or found the phone: the account stays as it is."""


@moves.by_the_factory(
    State.WAITING, to=State.DONE, due=LostFactor.objects.ready, tells=[warns(the_owner)]
)
def take_away(lost, *, by):
    """The time to stop it has passed: the old second factor goes, and the next sign-in asks for a new one."""
    begin_anew(type(lost.person).objects.select_for_update().get(pk=lost.person_id))
    lost.done_at = clock.now()


def begin_anew(person):
    """No second factor, password or session of before opens anything; every page waits for a new factor."""
    Authenticator.objects.filter(user=person).delete()
    person.needs_factor = True
    person.set_unusable_password()  # every session ends with it
    person.save(update_fields=["needs_factor", "password"])


@ask.then
@grant.then
@refuse.then
@stop.then
@take_away.then
def tell_the_other_addresses(lost, event, **details):
    """Every other verified address of the account hears the same, with the same way to stop it."""
    mine = EmailAddress.objects.filter(user=lost.person, verified=True)
    others = mine.exclude(email__iexact=lost.person.email).values_list("email", flat=True)
    with translation.override(lost.person.language):
        link = answer_url(Notice(pk=0, recipient=lost.person), lost, stop.name)
        words = {"lost": lost, "what": told(event.verb), "stop_url": link, "State": State}
        text = loader.render_to_string("coordination/lost_factor_mail.txt", words).strip()
        subject, _line, text = text.partition("\n")
        for address in others:
            post(address, subject.strip(), text.strip())


@transaction.atomic
def ask_once(person):
    """Ask for this person, unless that was done lately; who asks is told the same either way."""
    person = get_user_model().objects.select_for_update().get(pk=person.pk)
    if not LostFactor.objects.asked_lately().filter(person=person).exists():
        ask(LostFactor(person=person), on_behalf_of=person)


@facts_of(LostFactor, "person", "decided_by")
def about_lost(lost, person):
    """What the mails and pages say of it."""
    return {
        "mine": None,
        "knows": lambda somebody: True,
        "lost": lost,
        "sees": _("The coordinators of the Factory."),
    }


who({"decides_about_a_factor": _("somebody else of the Factory who may decide about it")})
who({"lost_it": _("the one whose account it is")})
say(
    {
        "lostfactor.ask": (_("I lost my phone and my spare codes"), _("Lost second step reported")),
        "lostfactor.grant": (_("It is really them"), _("Granted; the waiting time runs")),
        "lostfactor.refuse": (_("Refuse"), _("Refused")),
        "lostfactor.stop": (_("Stop this, it must not happen"), _("Stopped")),
        "lostfactor.take_away": (_("Take the old second step away"), _("Old second step gone")),
    }
)
