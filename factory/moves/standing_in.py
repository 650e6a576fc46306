"""A coordinator who notes what somebody told them: the deed is that person's, the journal holds both names."""

from copy import copy

represented = []


def may_stand_in(by, person):
    """Whether ``by`` may note something for ``person``: a coordinator, for somebody who is not one."""
    told = person.is_active and not person.is_staff
    return by.is_active and by.is_staff and told and by.pk != person.pk


def in_the_place_of(person, by):
    """The person as the body of a move sees them, with ``stood_in_by`` telling who noted it."""
    whose = copy(person)
    whose.stood_in_by = by
    return whose


def whenever_represented(function):
    """Register what happens when something was noted for somebody: ``function(thing, event)``."""
    represented.append(function)
    return function
