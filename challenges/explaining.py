"""Why an organisation could answer a call: reasons as codes with numbers and names, and the same in words.

``true_reasons`` makes them from what everybody may read; a reason that it does not give is not true of the two.
"""

from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factory import clock
from factory.meaning import reasons as of_texts
from factory.meaning.wording import beginning
from factory.templatetags.words import day
from partners.distances import between
from partners.texts import of_organisation

NEW = timedelta(days=365)
FAR_KM = 75
ABOUT_IT = {*of_texts.SENTENCES, "shared_themes", "shared_goals"}
BUTS = {"far"}


def of_challenge(challenge):
    """What the call says, the telling parts first."""
    parts = (challenge.title, challenge.sentence, challenge.problem, challenge.sufferers)
    return ". ".join(part.strip() for part in parts if part.strip())


def true_reasons(challenge, organisation, near=None):
    """Every reason that is true of these two, the strongest first and what speaks against it last.

    Each is ``{"code": …, …}`` with plain numbers and names, in both languages where they differ. ``near``: how near
    their texts lie in meaning (:func:`factory.meaning.nearness.nearness`), where that is known.
    """
    found = [
        *_of_themes(challenge, organisation),
        *_of_words(challenge, organisation),
        *of_texts.of_subject(
            challenge, organisation, near, beginning(of_organisation(organisation))
        ),
        *_of_place(challenge, organisation),
        *_of_time(organisation),
    ]
    return sorted(found, key=is_but)


def is_but(reason):
    """Whether it speaks against the two."""
    return reason["code"] in BUTS


def is_about_it(reason):
    """Whether it says something about the problem; being near or new alone explains nothing."""
    return reason["code"] in ABOUT_IT


def _of_themes(challenge, organisation):
    for code, name in (("shared_themes", "themes"), ("shared_goals", "goals")):
        theirs = {one.pk for one in getattr(organisation, name).all()}
        shared = [_named(one) for one in getattr(challenge, name).all() if one.pk in theirs]
        if shared:
            yield {"code": code, "names": shared}


def _of_words(challenge, organisation):
    where = f"{challenge.region.name} {challenge.province.name}"  # where it is says nothing of what it is about
    names = f"{challenge.title} {challenge.sentence}", organisation.mission
    theirs = of_organisation(organisation)
    return of_texts.of_words(of_challenge(challenge), theirs, names, aside=where)


def _of_place(challenge, organisation):
    km = between(challenge.region, organisation.region)
    if organisation.region_id == challenge.region_id:
        yield {"code": "same_place", "name": challenge.region.name}
        return
    works = [place for place in organisation.works_in.all() if place.pk in places(challenge)]
    if works:
        yield {"code": "works_here", "name": works[0].name}
    elif organisation.province_id == challenge.province_id:
        yield {"code": "same_province", "name": challenge.province.name, "km": km}
    elif km >= FAR_KM:
        yield {"code": "far", "km": km}


def places(challenge):
    """The keys of the places in which who works there is near."""
    return {challenge.region_id, challenge.province_id}


def is_new(organisation):
    """Whether an organisation joined within a year."""
    return bool(organisation.active_since and organisation.active_since > clock.today() - NEW)


def _of_time(organisation):
    if is_new(organisation):
        yield {"code": "newcomer", "since": organisation.active_since.isoformat()}


def _named(thing):
    return {"nl": thing.name_nl, "en": thing.name_en}


def in_words(found):
    """``[(sentence, is_but)]`` for this reader."""
    return [(SENTENCES[one["code"]](one), is_but(one)) for one in found]


def _spoken(named):
    return named["en" if get_language() == "en" else "nl"]


SENTENCES = {
    **of_texts.SENTENCES,
    "shared_themes": lambda r: (
        _("Both work on: %(themes)s") % {"themes": ", ".join(map(_spoken, r["names"]))}
    ),
    "shared_goals": lambda r: (
        _("The same goals: %(goals)s") % {"goals": ", ".join(map(_spoken, r["names"]))}
    ),
    "same_place": lambda r: _("In the same municipality: %(name)s") % r,
    "works_here": lambda r: _("Works in %(name)s") % r,
    "same_province": lambda r: _("In the same province: %(name)s, %(km)s km away") % r,
    "newcomer": lambda r: (
        _("New among the partners, since %(day)s") % {"day": day(date.fromisoformat(r["since"]))}
    ),
    "far": lambda r: _("It is %(km)s km away") % r,
}
