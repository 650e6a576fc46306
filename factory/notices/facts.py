"""What the words of a notice may use, besides the thing itself: each app says it for its own models.

    @facts_of(Match, "need__region", "organisation")
    def match_facts(match, person):
        return {"need": …, "mine": …}

The names behind the model are fetched along in lists. ``mine`` is the organisation for which the person is
asked, or None; ``knows(somebody)`` whether they may read that name. A value that costs a query is lazy: it
is asked for only where the words use it. What else the mails and the pages of an answer know of:

- ``calendar``: ``{"title", "day"}`` of what stands in the diary; a step to a new state carries it.
- ``deadlines``: each :class:`~factory.notices.diary.Deadline` that a mail about it may name; the first that
  belongs to a mail goes with it, or all that just changed.
- ``buttons``: ``{move: words}`` for a button in a mail, and over its page, where the move's own words do not
  fit; "" where that button has no place now.
- ``also``: ``{template: [(thing, move)]}`` of what a mail asks for besides, about other things.
- ``read_first``: what was written before, where the answer is a message.
- ``headline``, ``quoted``, ``beside``: what stands over the page of an answer, the words that it answers, and what
  to know before answering.
"""

_known, _along = {}, {}


def facts_of(model, *along):
    """Register the function that gives the facts of a model's things for a person."""

    def register(function):
        _known[model], _along[model] = function, along
        return function

    return register


def facts(thing, person):
    """The facts about ``thing`` for ``person``."""
    return _known[type(thing)](thing, person)


def topics():
    """What people can be told about: ``[(label, name in words)]``."""
    return [(model._meta.label_lower, model._meta.verbose_name_plural) for model in _known]


def in_bulk(model, keys):
    """``{key: thing}`` with everything that the facts will look at."""
    return model._base_manager.select_related(*_along[model]).in_bulk(keys)
