"""From the jury's proposal to a decision by somebody with the mandate for it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.deciding_forms import PaperForm, SendBackForm
from challenges.lifecycle import award as awards_of
from challenges.lifecycle.bringing import moves, take_back
from challenges.lifecycle.objecting import somebody_objects
from challenges.lifecycle.people import coordinators, those_who_decide
from challenges.models import Award, Challenge, Decision
from challenges.outcome import (
    mandate_of,
    proposed_cents,
    standing_decision,
    who_could,
    without_a_reason,
)
from challenges.rules import decides_on_the_award, is_free_of_all
from factory import clock
from factory.files.keeping import keep
from factory.moves import STAYS, Missing, is_the_factory, itself
from factory.notices.telling import asks, informs
from factory.templatetags.words import euro
from factory.texts import say
from partners.rules import is_coordinator

State = Challenge.State
DECIDES = decides_on_the_award & is_free_of_all


def reasons_are_missing(challenge):
    """Reasons why it cannot be decided: an entrant could not be told why, or may have to be judged first."""
    numbers = [str(entry.number) for entry in without_a_reason(challenge)]
    if numbers:
        words = _(
            "The jury did not write what is strong, what is weak and why, of entry %(numbers)s."
        )
        yield words % {"numbers": ", ".join(numbers)}
    yield from somebody_objects(challenge)


@moves.add(
    State.PROPOSED,
    to=State.DECIDED,
    may=DECIDES,
    unless=reasons_are_missing,
    tells=[asks(coordinators)],
    final=True,
)
def decide(challenge, *, by):
    """Who has the mandate decides as proposed."""
    cents = proposed_cents(challenge)
    kind, upto = Decision.Kind.MANDATE, mandate_of(by, challenge)
    if challenge.jury_decides:
        kind, upto = Decision.Kind.JURY, challenge.envelope_cents
    elif upto < cents:
        raise Missing(above_the_mandate(challenge, cents, upto))
    supersede(challenge)
    made = Decision.objects.create(
        challenge=challenge,
        kind=kind,
        noted_by=by,
        decided_by=by.name,
        decided_date=clock.today(),
        cents=upto,
    )
    return {"decision": made.pk, "sum": cents, "up_to": upto}


def above_the_mandate(challenge, cents, upto):
    """Why this person cannot decide, and who can."""
    yield _("Together this is %(sum)s. You may decide up to %(upto)s.") % {
        "sum": euro(cents),
        "upto": euro(upto),
    }
    if people := who_could(challenge, cents):
        names = ", ".join(person.name for person in people)
        yield _("Who may: %(names)s.") % {"names": names}
    else:
        yield _(
            "Nobody of your organisation has a mandate for this on the site. Let it be decided on "
            "paper, and note that decision here: a coordinator checks it."
        )


def supersede(challenge):
    """What was noted before does not count any more."""
    challenge.decisions.standing().update(ended_at=clock.now())


def grant_what_was_proposed(challenge, event):
    for award in challenge.awards.filter(state=Award.State.PROPOSED):
        awards_of.grant(award, on_behalf_of=event.whose)


decide.then(grant_what_was_proposed)


@moves.add(
    State.PROPOSED,
    to=STAYS,
    may=DECIDES,
    form=PaperForm,
    unless=reasons_are_missing,
    tells=[asks(coordinators)],
)
def note_decision(challenge, *, by, paper, **facts):
    """It was decided on paper: by whom, when, under which number; a coordinator checks it."""
    supersede(challenge)
    file = keep(paper, by=by, holder=challenge.organisation)
    made = Decision.objects.create(
        challenge=challenge, kind=Decision.Kind.PAPER, noted_by=by, paper=file, **facts
    )
    file.attach(made)
    return {"decision": made.pk, "up_to": made.cents}


def nothing_to_check(challenge):
    """Reasons why no paper can be checked."""
    decision = standing_decision(challenge)
    if decision is None or not decision.waits_for_a_check:
        yield _("No decision on paper was noted.")
    elif decision.cents < proposed_cents(challenge):
        yield _("The paper does not cover what the jury proposes.")


def cannot_be_decided_now(challenge):
    """Reasons why what was decided on paper does not count yet."""
    yield from nothing_to_check(challenge)
    yield from somebody_objects(challenge)


@moves.add(
    State.PROPOSED,
    to=State.DECIDED,
    may=is_coordinator,
    unless=cannot_be_decided_now,
    tells=[informs(those_who_decide)],
)
def check_decision(challenge, *, by):
    """A coordinator saw the paper: it is what was noted."""
    decision = standing_decision(challenge)
    if decision.noted_by_id == by.pk:
        raise Missing([_("You noted it yourself: another coordinator checks it.")])
    decision.checked_by, decision.checked_at = by, clock.now()
    decision.save(update_fields=["checked_by", "checked_at"])
    return {"decision": decision.pk}


check_decision.then(grant_what_was_proposed)


@moves.add(
    State.PROPOSED,
    to=STAYS,
    may=is_coordinator,
    form=SendBackForm,
    unless=nothing_to_check,
    tells=[asks(those_who_decide)],
)
def send_decision_back(challenge, *, by, because):
    """The paper is not what was noted, and why."""
    decision = standing_decision(challenge)
    challenge.decisions.standing().update(ended_at=clock.now(), sent_back=because)
    return {"decision": decision.pk}


def its_decisions(challenge):
    """What was decided on, and how that stands."""
    return [challenge.decisions.all()]


take_back.also({check_decision: its_decisions, send_decision_back: its_decisions})
awards_of.moves.take_back(may=is_the_factory, undoes={awards_of.grant: itself})

say(
    {
        "award.take_back": (gettext_lazy("Take back"), gettext_lazy("Taken back")),
        "challenge.note_decision": (
            gettext_lazy("Note a decision on paper"),
            gettext_lazy("The decision on paper is noted"),
        ),
        "challenge.check_decision": (
            gettext_lazy("The paper is right"),
            gettext_lazy("The decision on paper was checked"),
        ),
        "challenge.send_decision_back": (
            gettext_lazy("The paper is not right"),
            gettext_lazy("The decision on paper was sent back"),
        ),
    }
)
