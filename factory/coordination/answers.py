"""What an app does when somebody says that what a coordinator noted for them is right, or is not.

    @when_denied("match.confirm")
    def the_amount_goes(match, event): …

Each gets the thing and the event in which it was noted, inside the transaction of the answer.
"""

from django.core.exceptions import PermissionDenied

from factory.moves import Missing, NotNow

_affirmed, _denied, _sealed, _words = {}, {}, {}, {}


def when_affirmed(*verbs):
    """Register what follows when these are right."""
    return _on(_affirmed, verbs)


def when_denied(*verbs):
    """Register what follows when these are not right."""
    return _on(_denied, verbs)


def sealed_amount_of(*verbs):
    """Register ``(thing, event)`` → euro cents that the journal keeps back, for the one whose amount it is."""
    return _on(_sealed, verbs)


def in_words_of(*verbs):
    """Register ``(thing, event)`` → one sentence: what exactly was noted, and what it leads to."""
    return _on(_words, verbs)


def exactly(noted):
    """What exactly is said to be right; empty where the name of the move says it all."""
    function = _words.get(noted.event.verb)
    return function(noted.thing, noted.event) if function else ""


def sealed_amount(noted):
    """What the one for whom it was noted may read of it, and nobody else; None if nothing is kept back."""
    function = _sealed.get(noted.event.verb)
    return function(noted.thing, noted.event) if function else None


def _on(known, verbs):
    def register(function):
        known.update(dict.fromkeys(verbs, function))
        return function

    return register


def follow(noted, *, right):
    """Do what belongs to the answer. Where the thing has moved on, nothing: a coordinator looks at it."""
    function = (_affirmed if right else _denied).get(noted.event.verb)
    try:
        return function and function(noted.thing, noted.event)
    except (NotNow, Missing, PermissionDenied):
        return None
