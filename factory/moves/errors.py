"""The ways in which a move is not made, each with its own plain answer."""

from django.utils.translation import gettext as _


class NotNow(Exception):
    """The thing has moved on. ``event`` is the last thing that happened to it, or None."""

    def __init__(self, thing, event=None):
        self.thing, self.event = thing, event
        super().__init__(_("This is no longer possible."))


class Missing(Exception):
    """Something must be there first; ``reasons`` says what, in words."""

    def __init__(self, reasons):
        self.reasons = list(reasons)
        super().__init__(" ".join(map(str, self.reasons)))


class Already(Exception):
    """This request was carried out before. ``same`` says whether it held the same content."""

    def __init__(self, event, same):
        self.event, self.same = event, same
        super().__init__(_("This was sent before."))


class Busy(Exception):
    """Somebody else holds this thing too long; nothing was done and it can be tried again."""
