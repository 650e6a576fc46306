"""Putting things on lists and taking them off. It is safe to do either twice."""

from django.db import transaction
from django.db.models import Count

from market.models import Listing, SavedItem, SavedList
from market.models.saved import MOST_ITEMS, MOST_LISTS
from partners.models import Organisation

KINDS = {"listing": Listing, "organisation": Organisation}


class Full(Exception):
    """There is no room on this list, or for another list."""


def first_list(person):
    """The list that one press of a button keeps things on; it comes with the first press."""
    return SavedList.objects.get_or_create(person=person, is_first=True)[0]


def new_list(person, name):
    """Another list of one's own."""
    if person.saved_lists.count() >= MOST_LISTS:
        raise Full
    return SavedList.objects.create(person=person, name=name)


def thing_named(person, text):
    """The thing of ``listing:slug`` or ``organisation:slug``, if this person may see it; else None."""
    kind, _colon, slug = text.partition(":")
    model = KINDS.get(kind)
    return model and model.objects.visible_to(person).filter(slug=slug).first()


def named(thing):
    """The name by which a form sends a thing along."""
    return f"{field_of(thing)}:{thing.slug}"


def field_of(thing):
    """The field of an item that points at this thing."""
    return "listing" if isinstance(thing, Listing) else "organisation"


@transaction.atomic
def keep(thing, kept_in, *, by):
    """Put a thing on a list, once, whatever happens at the same time."""
    SavedList.objects.select_for_update(no_key=True).get(pk=kept_in.pk)
    mine = kept_in.items.filter(**{field_of(thing): thing})
    if not mine.exists():
        if kept_in.items.count() >= MOST_ITEMS:
            raise Full
        kept_in.items.create(**{field_of(thing): thing}, kept_by=by)


def drop(thing, kept_in):
    """Take a thing off a list."""
    kept_in.items.filter(**{field_of(thing): thing}).delete()


@transaction.atomic
def move(item, to, *, by):
    """Put an item on another list, with its note; there once if it stood there already."""
    thing = item.listing or item.organisation
    keep(thing, to, by=by)
    to.items.filter(note="", **{field_of(thing): thing}).update(note=item.note)
    item.delete()


def share(saved_list, organisation):
    """It is the organisation's from now on: who leaves does not take it along."""
    saved_list.person, saved_list.organisation, saved_list.is_first = None, organisation, False
    saved_list.name = saved_list.name or str(saved_list)
    saved_list.save()


def make_own(saved_list, person):
    """It is one person's again; the organisation does not see it any more."""
    saved_list.person, saved_list.organisation = person, None
    saved_list.save()


def lists_of(person):
    """Everything this person may see, one's own first, each with ``number`` of items."""
    seen = SavedList.objects.visible_to(person).select_related("organisation")
    return seen.annotate(number=Count("items")).order_by("organisation__name", "-is_first", "name")


def kept_first(person, field, keys):
    """Which of these keys stand on the list of one press."""
    mine = SavedItem.objects.filter(list__person=person, list__is_first=True)
    return set(mine.filter(**{f"{field}__in": keys}).values_list(field, flat=True))


def holding(person, thing):
    """The lists that hold this thing, of those that this person may see."""
    return SavedList.objects.visible_to(person).filter(**{f"items__{field_of(thing)}": thing})


def forget(person):
    """Somebody closes their account: their own lists go; those of organisations stay, without the name."""
    person.saved_lists.all().delete()
    person.saved_items.update(kept_by=None)
