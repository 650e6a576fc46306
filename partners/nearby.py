"""A place that somebody types, and how far everything lies from it: "Nieuwegein, within 10 km"."""

import re
import unicodedata
from collections import namedtuple
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from partners.distances import between
from partners.models import Region

KM = (0, 5, 10, 25, 50, 100)
USUAL_KM = 10
LONGEST = 60  # characters of a place's name
CLOSE, MOST_CLOSE = 0.75, 3  # share of letters in common from which a name may have been meant
KINDS = {
    "provincie": Region.Kind.PROVINCE,
    "province of": Region.Kind.PROVINCE,
    "gemeente": Region.Kind.MUNICIPALITY,
    "municipality of": Region.Kind.MUNICIPALITY,
}
Place = namedtuple("Place", "pk code kind name aliases latitude longitude province_id")
NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Around:
    """What was typed and what it means.

    ``place`` is None if no place has that name; ``close`` then are names that come close. ``others``: the
    other places of the same name. ``km_to``: kilometres to every region, by its key.
    """

    text: str
    km: int
    place: Place | None = None
    others: tuple = ()
    close: tuple = ()
    km_to: dict = field(default_factory=dict)

    def __bool__(self):
        return self.place is not None

    @property
    def is_province(self):
        return self.place.kind == Region.Kind.PROVINCE

    @property
    def reach(self):
        """Up to how many kilometres counts as here; a province is what lies in it."""
        return 0 if self.is_province else self.km

    @property
    def near(self):
        """The keys of the regions that count as here."""
        return [pk for pk, km in self.km_to.items() if km <= self.reach]

    @property
    def words(self):
        """What is asked, for a reader."""
        if self.is_province:
            return full_name(self.place)
        if not self.km:
            return _("In %(place)s") % {"place": self.place.name}
        return _("Within %(km)s km of %(place)s") % {"km": self.km, "place": self.place.name}

    def away(self, region_id):
        """Kilometres to a region, for beside its name; None where that says nothing."""
        return self.km_to.get(region_id) or None if self and not self.is_province else None


NOWHERE = Around("", USUAL_KM)


def around(address):
    """What ``?place= &km=`` of an address (a QueryDict) asks for."""
    text = address.get("place", "").strip()[:LONGEST]
    km = _km(address.get("km", ""))
    if not text:
        return NOWHERE
    today = timezone.localdate()  # for how long to remember; the database's clock costs a query
    named = _named(text, today)
    if not named:
        return Around(text, km, close=_resembling(text, today))
    here = named[0]
    return Around(text, km, here, tuple(named[1:]), km_to=_measured(here.pk, today))


@lru_cache(maxsize=2)
def known_places(day):
    """Every region there is or was: who was filed under a municipality that is gone is still found.

    Read once a day; they change on the first of January.
    """
    rows = Region.objects.order_by("kind", "name").values_list(*Place._fields)
    return tuple(Place(*row) for row in rows)


def municipalities_in(provinces):
    """The municipalities of these provinces (their keys)."""
    return [p for p in known_places(timezone.localdate()) if p.province_id in provinces]


@lru_cache(maxsize=2)
def _by_name(day):
    """``{name as typed: [places]}``, municipalities before provinces."""
    found = {}
    for place in known_places(day):
        for name in dict.fromkeys(map(plain, (place.name, *place.aliases))):
            found.setdefault(name, []).append(place)
    return found


def _km(text):
    """One of the distances one can choose, whatever was asked."""
    return int(text) if text.isascii() and text.isdigit() and int(text) in KM else USUAL_KM


def plain(name):
    """A name as people type it: small letters, no accents, no signs."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return NOT_LETTERS.sub(" ", "".join(c for c in letters if not unicodedata.combining(c))).strip()


def _named(text, day):
    name, kind = _kind_in(plain(text))
    return [place for place in _by_name(day).get(name, ()) if kind in (None, place.kind)]


def _kind_in(name):
    for words, kind in KINDS.items():
        if name.startswith(f"{words} "):
            return name.removeprefix(f"{words} "), kind
    return name, None


def _resembling(text, day):
    """The places whose name is nearly this one."""
    names = _by_name(day)
    close = get_close_matches(_kind_in(plain(text))[0], names, n=MOST_CLOSE, cutoff=CLOSE)
    return tuple({place.pk: place for name in close for place in names[name]}.values())


@lru_cache(maxsize=512)
def _measured(pk, day):
    """Kilometres from here; everything in a province is at none from it."""
    places = known_places(day)
    here = next(place for place in places if place.pk == pk)
    inside = (place.pk for place in places if place.province_id == pk)
    return {place.pk: between(here, place) for place in places} | dict.fromkeys(inside, 0)


def full_name(place):
    """A name that says which of two places it is, and is understood when typed: "province of Utrecht"."""
    if place.kind == Region.Kind.PROVINCE:
        return _("province of %(name)s") % {"name": place.name}
    return place.name


def of_its_kind(place):
    """A name with its kind, for who has to choose between two."""
    if place.kind == Region.Kind.PROVINCE:
        return full_name(place)
    return _("municipality of %(name)s") % {"name": place.name}
