"""Why a supplier fits a need: reasons as codes with numbers and names, and the same in words.

``true_reasons`` makes them and checks them: a reason that it does not give is not true of the pair.
"""

from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from factory.meaning import reasons as of_texts
from factory.meaning.language import language_of
from factory.meaning.wording import beginning
from factory.templatetags.words import euro
from market.matching.distances import km_between
from market.matching.sectors import sector_fit
from market.models.asking import names_of
from partners.holding import held_by
from partners.models import Credential

TWICE = 2
FAR_KM = 75
ABOUT_IT = {"delivered_before", "same_sector", "close_sector", "profile_sector"}
ABOUT_IT |= {*of_texts.SENTENCES}
BUTS = {"no_offer", "other_sector", "credential_missing", "larger", "smaller", "far"}
BUTS |= {"other_language"}
PROOF = {"credential_held", "credential_missing"}


def true_reasons(need, organisation, offer=None, near=None):
    """Every reason that is true of this pair, the strongest first and what speaks against it last.

    Each is ``{"code": …, …}`` with plain numbers and names, in both languages where they differ. ``near``: how near
    their texts lie in meaning (:func:`market.matching.meaning.nearness_of`), where that is known.
    """
    found = [
        *_of_before(need, organisation),
        *_of_sector(need, organisation, offer),
        *of_proof(need, organisation),
        *_of_place(need, organisation, offer),
        *_of_value(need, offer),
        *_of_words(need, organisation, offer),
        *_of_subject(need, offer or organisation, near),
        *_of_themes(need, organisation, offer),
        *_of_language(need, offer),
    ]
    return sorted(found, key=is_but)


def is_but(reason):
    """Whether it speaks against the pair."""
    return reason["code"] in BUTS


def is_about_it(reason):
    """Whether it says something about what is asked; being near alone explains nothing."""
    return reason["code"] in ABOUT_IT


def _of_before(need, organisation):
    if need.repeats_id and need.repeats.organisation_id == organisation.pk:
        yield {"code": "delivered_before"}


def _of_sector(need, organisation, offer):
    if offer is None:
        if _works_in(organisation, need.sector_id):
            yield {"code": "profile_sector", **_named(need.sector)}
        yield {"code": "no_offer"}
    elif offer.sector_id == need.sector_id:
        yield {"code": "same_sector", **_named(need.sector)}
    else:
        code = "close_sector" if sector_fit(need, offer.sector_id) else "other_sector"
        yield {"code": code, **_named(offer.sector)}


def _works_in(organisation, sector):
    """Whether its profile names the sector; ``sector_keys`` may have come with the query that fetched it."""
    if hasattr(organisation, "sector_keys"):
        return sector in organisation.sector_keys
    return any(one.pk == sector for one in organisation.sectors.all())


def of_proof(need, organisation):
    """Which of the recognitions that are asked for are held today, each with its level, and which are not."""
    if not need.asked_proofs:
        return
    held = getattr(organisation, "held", None)
    if held is None:
        held = held_by([organisation.pk])[organisation.pk]
    if there := [[proof, held[proof]] for proof in need.asked_proofs if proof in held]:
        yield {"code": "credential_held", "proofs": there}
    if missing := [proof for proof in need.asked_proofs if proof not in held]:
        yield {"code": "credential_missing", "proofs": missing}


def as_of_today(match):
    """The reasons of a match as they were stored, with what is true today of the recognitions asked for."""
    others = [reason for reason in match.reasons if reason["code"] not in PROOF]
    return sorted([*others, *of_proof(match.need, match.organisation)], key=is_but)


def _of_place(need, organisation, offer):
    place = (offer or organisation).region
    km = round(km_between(need.region, place))
    if place.pk == need.region_id:
        yield {"code": "same_place", "name": place.name}
    elif place.province_id and place.province_id == need.province_id:
        yield {"code": "same_province", "name": need.province.name, "km": km}
    if offer:
        yield from _of_reach(offer, km)


def _of_reach(offer, km):
    if offer.nationwide:
        yield {"code": "nationwide"}
    elif offer.reach_km and km and km <= offer.reach_km:
        yield {"code": "delivers_here", "km": km, "reach": offer.reach_km}
    if km >= FAR_KM:
        yield {"code": "far", "km": km}


def _of_value(need, offer):
    if not (offer and offer.value_cents and need.value_cents):
        return
    code = "value_fits"
    if offer.value_cents > need.value_cents * TWICE:
        code = "larger"
    elif offer.value_cents * TWICE < need.value_cents:
        code = "smaller"
    yield {"code": code, "cents": offer.value_cents}


def _of_words(need, organisation, offer):
    theirs = f"{offer.title} {offer.text}" if offer else _profile(organisation)
    name = offer.title if offer else organisation.mission
    return of_texts.of_words(f"{need.title} {need.text}", theirs, (need.title, name))


def _of_subject(need, answer, near):
    said = getattr(answer, "title", "") or beginning(_profile(answer).strip())
    return of_texts.of_subject(need, answer, near, said)


def _profile(organisation):
    return f"{organisation.mission} {organisation.description}"


def _of_themes(need, organisation, offer):
    theirs = {t.pk for thing in filter(None, (offer, organisation)) for t in thing.themes.all()}
    if shared := [_named(theme) for theme in need.themes.all() if theme.pk in theirs]:
        yield {"code": "shared_themes", "themes": shared}


def _of_language(need, offer):
    if offer and offer.language != need.language and _tells(offer) and _tells(need):
        yield {"code": "other_language", "language": offer.language}


def _tells(listing):
    """Whether its words say themselves in which language they are; a few may not."""
    return bool(language_of(f"{listing.title}. {listing.text}", otherwise=""))


def _named(thing):
    return {"nl": thing.name_nl, "en": thing.name_en}


def in_words(match_or_reasons, *, veiled=False):
    """The reasons of a match, or a list of them, as ``[(sentence, is_but)]`` for this reader.

    ``veiled``: the reader may not know who asks, so nothing that narrows down where they are is said.
    """
    reasons = getattr(match_or_reasons, "reasons", match_or_reasons)
    words = SENTENCES | VEILED if veiled else SENTENCES
    told = [(words[r["code"]](r), is_but(r)) for r in reasons if r["code"] in words]
    return [(sentence, but) for sentence, but in told if sentence]


def _spoken(named):
    return named["en" if get_language() == "en" else "nl"]


def _held(pairs):
    """“PSO (step 2) and B Corp are asked for and held.”"""
    told = [_with_level(name, level) for proof, level in pairs for name in names_of([proof])]
    words = ngettext(
        "%(names)s is asked for and held", "%(names)s are asked for and held", len(told)
    )
    return words % {"names": get_text_list(told, _("and"))}


def _with_level(name, level):
    """On which of its steps somebody is, or by which better recognition they meet it."""
    if level in Credential.Proof.values:
        return f"{name} ({Credential.Proof(level).label})"
    level = Credential.Level(level)
    told = level not in (Credential.Level.NONE, Credential.Level.FULL)
    return f"{name} ({level.label})" if told else name


def _missing(proofs):
    names = names_of(proofs)
    words = ngettext(
        "%(names)s is asked for and not held", "%(names)s are asked for and not held", len(names)
    )
    return words % {"names": get_text_list(names, _("and"))}


def _languages():
    return {"nl": _("in Dutch"), "en": _("in English")}


SENTENCES = {
    **of_texts.SENTENCES,
    "delivered_before": lambda r: _("Delivered this before, and both confirmed it"),
    "same_sector": lambda r: _("Same sector: %(name)s") % {"name": _spoken(r)},
    "close_sector": lambda r: (
        _("Works in a sector close to what is asked: %(name)s") % {"name": _spoken(r)}
    ),
    "profile_sector": lambda r: _("Works in this sector: %(name)s") % {"name": _spoken(r)},
    "credential_held": lambda r: _held(r["proofs"]),
    "credential_missing": lambda r: _missing(r["proofs"]),
    "same_place": lambda r: _("In the same municipality: %(name)s") % r,
    "same_province": lambda r: _("In the same province: %(name)s, %(km)s km away") % r,
    "delivers_here": lambda r: _("Delivers within %(reach)s km; this is %(km)s km away") % r,
    "nationwide": lambda r: _("Delivers anywhere in the Netherlands"),
    "value_fits": lambda r: (
        _("The amount fits: usually about %(amount)s") % {"amount": euro(r["cents"])}
    ),
    "shared_themes": lambda r: (
        _("Both work on: %(themes)s") % {"themes": ", ".join(map(_spoken, r["themes"]))}
    ),
    "no_offer": lambda r: _("Has no offer for this on the market"),
    "other_sector": lambda r: _("The offer is in another sector: %(name)s") % {"name": _spoken(r)},
    "larger": lambda r: (
        _("Usually works for more: about %(amount)s") % {"amount": euro(r["cents"])}
    ),
    "smaller": lambda r: (
        _("Usually works for less: about %(amount)s") % {"amount": euro(r["cents"])}
    ),
    "far": lambda r: _("It is %(km)s km away") % r,
    "other_language": lambda r: (
        _("The offer is written %(language)s") % {"language": _languages()[r["language"]]}
    ),
}
VEILED = {
    "same_place": lambda r: _("In the same province"),
    "same_province": lambda r: _("In the same province"),
    "delivers_here": lambda r: _("Delivers in this place"),
    "far": lambda r: _("It is far away"),
    "delivered_before": lambda r: "",
}
