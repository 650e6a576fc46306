"""What notices about challenges, entries and awards may say, and to whom."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from challenges.explaining import in_words
from challenges.house_terms import open_until
from challenges.lifecycle import deadlines
from challenges.lifecycle.ringing import call_about_change, market_link, rings_by
from challenges.models import (
    Adoption,
    Award,
    Challenge,
    Contract,
    Entry,
    Letter,
    Objection,
    Question,
    Talk,
)
from factory.notices.facts import facts_of


@facts_of(Challenge, "region", "province", "organisation", "owner", "deputy")
def about_challenge(challenge, person):
    """The organisation whose challenge it is, when the person belongs to it."""
    return {
        "challenge": challenge,
        "open_until": open_until(challenge),
        "question": SimpleLazyObject(lambda: challenge.rounds.last()),
        "market_url": SimpleLazyObject(lambda: f"{settings.SITE_URL}{market_link(challenge)}"),
        "rings_by": SimpleLazyObject(lambda: rings_by(challenge)),
        "call": SimpleLazyObject(lambda: call_about_change(challenge)),
        "invited": SimpleLazyObject(lambda: invited(challenge, person)),
        "deadlines": SimpleLazyObject(lambda: list(deadlines.of_challenge(challenge))),
        **_of(challenge.organisation, person),
    }


def invited(challenge, person):
    """The invitation of an organisation of this person, with ``why`` in words; None where there is none."""
    mine = person.memberships.confirmed().values("organisation")
    rows = challenge.invited.filter(organisation__in=mine).select_related("organisation")
    found = rows.order_by("-at").first()
    if found:
        told = in_words(found.reasons)
        found.why = "; ".join(words for words, is_but in told if not is_but)
    return found


@facts_of(Entry, "organisation", "challenge__organisation", "challenge__region")
def about_entry(entry, person):
    """The organisation that enters, when the person belongs to it."""
    said = {"challenge": entry.challenge, "entry": entry}
    said["deadlines"] = SimpleLazyObject(lambda: list(deadlines.of_entry(entry)))
    return {**said, **_of(entry.organisation, person)}


@facts_of(Award, "entry__organisation", "challenge__organisation", "challenge__region")
def about_award(award, person):
    """The organisation that gets it, when the person belongs to it."""
    said = {"challenge": award.challenge, "entry": award.entry}
    return {**said, **_of(award.entry.organisation, person)}


@facts_of(Question, "challenge__organisation", "challenge__region", "challenge__province")
def about_question(question, person):
    """The organisation whose challenge it is, when the person belongs to it; never who asked."""
    said = {"challenge": question.challenge, "quoted": question.text}
    said["headline"] = question.challenge.title
    said["deadlines"] = SimpleLazyObject(lambda: list(deadlines.of_question(question)))
    return {**said, **_of(question.challenge.organisation, person)}


@facts_of(Contract, "organisation", "challenge__organisation", "challenge__region")
def about_contract(contract, person):
    """Whichever of the two organisations the person belongs to."""
    winner = _of(contract.organisation, person)
    owner = _of(contract.challenge.organisation, person)
    mine = SimpleLazyObject(lambda: winner["mine"] or owner["mine"])
    return {"challenge": contract.challenge, "mine": mine, "knows": lambda somebody: True}


@facts_of(Adoption, "challenge__organisation", "challenge__region")
def about_adoption(adoption, person):
    """The organisation that promised, when the person belongs to it."""
    said = {"challenge": adoption.challenge}
    said["deadlines"] = SimpleLazyObject(lambda: list(deadlines.of_adoption(adoption)))
    return {**said, **_of(adoption.challenge.organisation, person)}


@facts_of(
    Letter, "entry__organisation", "challenge__organisation", "challenge__region", "recipient"
)
def about_letter(letter, person):
    """The entrant, and the last day of the term: as the letter says until it is known."""
    challenge = letter.challenge
    last = letter.last_date and (challenge.term_ends_date or letter.last_date)
    title = _("Last day to object or go to court: %(title)s") % {"title": challenge.title}
    return {
        "challenge": challenge,
        "entry": letter.entry,
        "last_date": last,
        "calendar": {"title": title, "day": last} if last else None,
        **_of(letter.entry.organisation, person),
    }


@facts_of(Objection, "entry__organisation", "challenge__organisation", "challenge__region")
def about_objection(objection, person):
    """The entrant who objects."""
    said = {"challenge": objection.challenge, "entry": objection.entry}
    return {**said, **_of(objection.entry.organisation, person)}


@facts_of(Talk, "entry__organisation", "challenge__organisation", "challenge__region", "asked_by")
def about_talk(talk, person):
    """The entrant who wants to talk."""
    said = {"challenge": talk.challenge, "entry": talk.entry, "quoted": talk.question}
    said["headline"] = talk.challenge.title
    said["deadlines"] = SimpleLazyObject(lambda: list(deadlines.of_talk(talk)))
    return {**said, **_of(talk.entry.organisation, person)}


def _of(organisation, person):
    members = organisation.memberships.confirmed()
    belongs = SimpleLazyObject(lambda: members.filter(person=person).exists())
    return {
        "mine": SimpleLazyObject(lambda: organisation if belongs else None),
        "knows": lambda somebody: members.filter(person=somebody).exists(),
    }
