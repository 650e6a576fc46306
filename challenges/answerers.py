"""Whom to invite to the call of a challenge, best first, from all over the country and with newcomers among them.

Weighed by what everybody may read: the call and what partners say of themselves. Nothing of an entry or a draft
is looked at, so who is on the list and who is not says nothing about who enters.
"""

from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, OuterRef, Q, prefetch_related_objects

from challenges.explaining import (
    is_about_it,
    is_new,
    of_challenge,
    places,
    true_reasons,
)
from challenges.models import Challenge, Invited, NotForThem
from challenges.weights import in_force
from factory import clock
from factory.meaning.asking import Question
from factory.meaning.nearness import nearness
from factory.meaning.reading import Readable
from factory.meaning.wording import asked_words
from partners import fairness
from partners.attention import had_enough
from partners.distances import between
from partners.models import Membership, Organisation
from partners.scoring import near, score, share, squashed
from partners.texts import of_organisation

INVITED_AT_ONCE = 12
RECALLED = 100  # by words, and by themes near by
EXPLAINED = 3  # so many times what is wanted is explained before giving up
ASKED_OTHERWISE = [
    kind for kind, shape in Organisation.SHAPES.items() if shape in ("overheid", "fonds")
]
UNREAD = ("search", "question", "street", "invoices", "vat", "oin", "rsin", "website")


@dataclass
class Answerer:
    """An organisation that could answer; ``features`` make up ``score``."""

    organisation: Organisation
    features: dict
    score: float = 0.0
    reasons: list = field(default_factory=list)
    is_new: bool = False


def readable():
    """The calls that are open."""
    return [Readable("call", Challenge.objects.open, of_challenge, asks=True)]


def whom_to_invite(challenge, most=INVITED_AT_ONCE):
    """Up to ``most`` who could answer, best first. What cannot be explained is left out."""
    with clock.held():
        return _whom_to_invite(challenge, most)


def _whom_to_invite(challenge, most):
    prefetch_related_objects([challenge], "themes", "goals")
    return chosen(challenge, weighed(challenge), in_force(), most)


def chosen(challenge, found, weights, most):
    """Up to ``most`` of those that were ``found`` (see :func:`weighed`), by these weights."""
    resting = had_enough(found)
    for one in found.values():
        one.score = score(one.features, weights)
    rested = sorted(
        (one for key, one in found.items() if key not in resting),
        key=lambda one: (-one.score, one.organisation.pk),
    )
    able = {one.organisation.pk: one for one in _explained(challenge, rested, most * EXPLAINED)}
    scores = {key: one.score for key, one in able.items()}
    regions = {key: one.organisation.province_id for key, one in able.items()}
    new = {key for key, one in able.items() if one.is_new}
    return [able[key] for key in fairness.spread(scores, regions, new, most)]


def _explained(challenge, answerers, most):
    first = answerers[:most]
    prefetch_related_objects([one.organisation for one in first], "themes", "goals", "works_in")
    found = nearness_to(challenge, [one.organisation for one in first])
    for made in first:
        made.reasons = true_reasons(challenge, made.organisation, found.get(made.organisation.pk))
        if any(map(is_about_it, made.reasons)):
            yield made


def weighed(challenge):
    """``{organisation: Answerer}`` by key: everybody recalled, with the parts of the score."""
    question = Question("call", challenge.pk, of_challenge(challenge), challenge.language)
    rows = list(recalled(challenge, question))
    answers = question.compared("organisation", rows, of_organisation)
    found = {}
    for organisation, z in zip(rows, answers, strict=True):
        features = parts(challenge, organisation, text=squashed(z))
        found[organisation.pk] = Answerer(organisation, features, is_new=is_new(organisation))
    return found


def nearness_to(challenge, organisations):
    """``{organisation: standard deviations}`` by key, of those whose profile was read, and the call too."""
    asked = ("call", challenge.pk)
    found = nearness((asked, ("organisation", one.pk)) for one in organisations)
    return {key: z for (_asked, (_thing, key)), z in found.items()}


def parts(challenge, organisation, text):
    """The numbers that the score of the two is made of, each between 0 and 1."""
    here = places(challenge) & {organisation.region_id, *organisation.area_keys}
    km = between(challenge.region, organisation.region)
    return {
        "text": text,
        "themes": share([one.pk for one in challenge.themes.all()], organisation.theme_keys),
        "near": 1.0 if here else near(km),
        "goals": share([one.pk for one in challenge.goals.all()], organisation.goal_keys),
    }


def able_to_answer(challenge):
    """Active others of a kind that carries plans out, not invited yet, who did not say no, and not of the jury."""
    told = Invited.objects.filter(challenge=challenge).values("organisation")
    said_no = NotForThem.objects.filter(challenge=challenge).values("organisation")
    paying = challenge.co_owners.values("organisation")
    jurors = challenge.jury.standing().values("person")
    judging = Membership.objects.confirmed().filter(person__in=jurors).values("organisation")
    return (
        Organisation.objects.active()
        .exclude(kind__in=ASKED_OTHERWISE)
        .exclude(pk=challenge.organisation_id)
        .exclude(Q(pk__in=told) | Q(pk__in=said_no) | Q(pk__in=paying) | Q(pk__in=judging))
    )


def recalled(challenge, question):
    """The organisations worth weighing: by themes, by words and by meaning."""
    able = able_to_answer(challenge)
    found = {*_by_words(challenge, able), *_by_themes(challenge, able)}
    found |= set(question.nearest("organisation", able))
    rows = Organisation.objects.filter(pk__in=found).select_related("region", "province")
    keys = {f"{name}_keys": _keys(name) for name in ("theme", "goal")}
    rows = rows.annotate(**keys, area_keys=_keys("region", Organisation.works_in))
    return rows.defer(*UNREAD).order_by("pk")


def _by_words(challenge, able):
    words = asked_words(challenge.title, f"{challenge.sentence} {challenge.problem}")
    asked = SearchQuery(" | ".join(words or ["x"]), config="dutch", search_type="raw")
    rank = SearchRank(F("search"), asked, normalization=32)
    said = able.filter(search=asked).annotate(rank=rank).order_by("-rank", "pk")
    return said.values_list("pk", flat=True)[:RECALLED]


def _by_themes(challenge, able):
    """Who works on one of its themes: in its province first, and of those the newest."""
    themes = Organisation.themes.through.objects.filter(theme__in=challenge.themes.all())
    same = able.filter(pk__in=themes.values("organisation"))
    here = same.alias(here=Q(province=challenge.province_id)).order_by(
        "-here", "-active_since", "pk"
    )
    return here.values_list("pk", flat=True)[:RECALLED]


def _keys(name, relation=None):
    many = relation or getattr(Organisation, f"{name}s")
    rows = many.through.objects.filter(organisation=OuterRef("pk"))
    return ArraySubquery(rows.values(name))
