"""A need whose organisation stays out of sight until the introduction: who asks, and where, in veiled words.

Only the kind and the province are said. A municipality is known by its place, and a distance to somebody
whose place is known narrows it down, so those are veiled too.
"""

import re

from django.utils.translation import gettext as _

from partners.models import Organisation

Kind = Organisation.Kind
SHORTEST_NAME = (
    4  # letters; beside longer ones, shorter words stand in too many texts to give anybody away
)
WORDS = re.compile(r"\w+")


def somebody_in(kind, province):
    """An organisation by its kind and the name of its province: "A municipality in the province of Utrecht"."""
    return SOMEBODY[kind]() % {"province": province}


def unnamed(organisation):
    """What strangers may read instead of the organisation's name."""
    return somebody_in(organisation.kind, organisation.province.name)


SOMEBODY = {
    Kind.ENTERPRISE: lambda: _("A social enterprise in the province of %(province)s"),
    Kind.INITIATIVE: lambda: _("A neighbourhood initiative in the province of %(province)s"),
    Kind.BUSINESS: lambda: _("A business in the province of %(province)s"),
    Kind.MUNICIPALITY: lambda: _("A municipality in the province of %(province)s"),
    Kind.PROVINCE: lambda: _("A public body in the province of %(province)s"),
    Kind.PUBLIC: lambda: _("A public body in the province of %(province)s"),
    Kind.FUNDER: lambda: _("A funder in the province of %(province)s"),
    Kind.KNOWLEDGE: lambda: _("A knowledge institution in the province of %(province)s"),
    Kind.NETWORK: lambda: _("A network in the province of %(province)s"),
}


def place_of(listing, known):
    """Where it is asked or offered; of a hidden need only the province, unless the name is ``known``."""
    if listing.nationwide:
        return _("All of the Netherlands")
    return listing.region.name if known or not listing.hides_name else in_the_province(listing)


def in_the_province(listing):
    """The province of a listing, as a place."""
    return province_of(listing.province.name)


def province_of(name):
    """A province by its name, told apart from a town that is called the same."""
    return _("province of %(name)s") % {"name": name}


def gives_away(organisation, *texts):
    """The first words in these texts by which everybody would know the organisation; empty if there are none."""
    said = {word.casefold() for text in texts for word in WORDS.findall(text)}
    own = (word for word in telling(organisation) if word.casefold() in said)
    named = (_named(place, text) for place in places(organisation) for text in texts)
    return next(own, "") or next(filter(None, named), "")


def telling(organisation):
    """The words of its name that are its own, and of a municipality its place; short ones where it has no other."""
    names = [organisation.name]
    if organisation.kind == Kind.MUNICIPALITY:
        names.append(organisation.region.name)
    words = [word for name in names for word in WORDS.findall(name)]
    words = [word for word in words if len(word) > 1 and word.casefold() not in COMMON]
    return [word for word in words if len(word) >= SHORTEST_NAME] or words


def places(organisation):
    """What everybody calls the place that this organisation governs."""
    governed = {
        Kind.MUNICIPALITY: organisation.region,
        Kind.PROVINCE: organisation.province,
    }.get(organisation.kind)
    return [governed.name, *governed.aliases] if governed else []


def _named(place, text):
    """A place as this text names it, or nothing. Dieren is a town and dieren are animals: a capital tells."""
    words = WORDS.findall(place)
    as_typed = re.compile(r"\b" + r"\W+".join(map(re.escape, words)) + r"\b", re.IGNORECASE)
    clear = len(words) > 1 or len(place) < SHORTEST_NAME
    found = (one.group() for one in as_typed.finditer(text))
    return next((one for one in found if clear or one[0].isupper()), "")


# Words of names that say what sort of organisation it is, not which.
COMMON = frozenset(
    "gemeente provincie stichting vereniging coöperatie waterschap ministerie bedrijf groep werk "
    "sociaal sociale samen voor door iedereen nederland buurt wijk fonds hogeschool universiteit "
    "netwerk municipality foundation university social network centrum regio van der den de het een "
    "en in op te of aan bij met the and for".split()
)
