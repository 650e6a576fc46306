"""What a coordinator can still take back, on whatever page they come to, for as long as it is possible."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import View

from factory import clock
from factory.journal.models import Event
from factory.models import Undoable
from factory.moves import Busy, Missing, NotNow, moves_of, way_in
from factory.moves.before import made
from factory.notices.sight import can_see, thing_of
from factory.texts import done, told

UNTIL = "take_back_until"  # in the session: only then a page asks the database
SHOWN = 3


class TakeBackMiddleware:
    """Notes in the session that a coordinator just did something that can be taken back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        mark = made.set([])
        try:
            response = self.get_response(request)
            if made.get() and request.user.is_authenticated:
                until = clock.now() + timedelta(seconds=settings.TAKE_BACK_SECONDS)
                request.session[UNTIL] = until.timestamp()
        finally:
            made.reset(mark)
        return response


def offers(request):
    """What this reader can take back now, the last first: words, thing, until when, seconds left."""
    until = getattr(request, "session", {}).get(UNTIL, 0)
    if not until or until < clock.now().timestamp() or not request.user.is_staff:
        return []
    own = Undoable.objects.made_by(request.user).select_related("event")[:SHOWN]
    return [offer for offer in map(_offer, own) if offer]


def _offer(undoable):
    event, thing = undoable.event, thing_of(undoable.event)
    move = moves_of(thing).get("take_back")
    if move is None or not move.possible(thing) or move.missing(thing):
        return None
    until = event.at + timedelta(seconds=settings.TAKE_BACK_SECONDS)
    left = int((until - clock.now()).total_seconds())
    return {"event": event, "words": told(event.verb), "thing": thing, "until": until, "left": left}


class TakeBackView(LoginRequiredMixin, View):
    """POST takes one event back, if it is still the last; and returns to the page where the button stood."""

    http_method_names = ["post"]

    def post(self, request, event):
        event = get_object_or_404(Event.objects.filter(undoable__root=event), pk=event)
        thing = thing_of(event)
        move = moves_of(thing).get("take_back")
        if move is None or not can_see(request.user, thing):
            raise Http404
        words = self.taken_back(move, thing, event)
        messages.add_message(request, messages.WARNING if words else messages.SUCCESS,
                             words or f"{done(move)}: {told(event.verb)}")  # fmt: skip
        return HttpResponseRedirect(self.where(thing))

    def taken_back(self, move, thing, event):
        """Make the move. Returns why not, in words, or an empty text."""
        if move.last(thing)[1] != event:
            return _("Somebody has gone on with it since.")
        try:
            with way_in(Event.Channel.WEB):
                move(thing, by=self.request.user)
        except (NotNow, Missing, Busy) as reason:
            return str(reason) or _("Somebody else is busy with this. Try again.")
        return ""

    def where(self, thing):
        """The page from which it was pressed, if that is ours."""
        back = self.request.POST.get("next", "")
        ours = url_has_allowed_host_and_scheme(back, {self.request.get_host()})
        return back if ours else thing.get_absolute_url()
