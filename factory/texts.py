"""The words that go with moves: on the button, when it is done, and who may.

Each app registers its own: ``say({"match.approve": (button, done)})``, ``who({"is_owner": …})`` and
``read_by({"match.write": …})``.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_words = {}
_readers = {}
_page = {}
_who = {"is_the_factory": gettext_lazy("the Factory's clock")}


def say(words):
    """Register ``{verb: (button, done)}``; both are lazy translations."""
    _words.update(words)


def say_on_its_page(words):
    """Register ``{verb: (send, thanks)}`` where the button's and the history's words do not do there."""
    _page.update(words)


def who(words):
    """Register ``{predicate name: who that is}``."""
    _who.update(words)


def read_by(words):
    """Register ``{verb: words}``: who will see what somebody types in the form of this move, and from when."""
    _readers.update(words)


def readers(move):
    """Who sees what is typed for this move; empty where nothing is typed, or its page says it itself."""
    return _readers.get(move.verb, "")


def button(move):
    """What stands on the button."""
    return _words[move.verb][0]


def done(move):
    """What the person reads when it worked."""
    return _words[move.verb][1]


def send(move):
    """What stands on the button under the form of a move."""
    return _page.get(move.verb, _words[move.verb])[0]


def thanks(move):
    """What the person reads who made it, on the page that follows."""
    return _page.get(move.verb, _words[move.verb])[1]


def told(verb):
    """The verb as a line in a history; falls back to what was done."""
    return _words.get(verb, (verb, verb))[1]


def who_may(move):
    """Who may make this move, in words, from the names in its predicate."""
    names = [name for name in re.findall(r"\w+", move.may.name) if name in _who]
    return _(" or ").join(str(_who[name]) for name in names)


def known():
    """All verbs with words; the shape tests hold it against the moves."""
    return set(_words)
