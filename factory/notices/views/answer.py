"""An answer from a mail: one page with one button, without signing in.

The link says who, what and which move; opening it changes nothing, as mail scanners open links. The
person of the link makes the move, with their own rights of this moment. Coordinators always sign in, and
so does everybody when there is much at stake.
"""

from urllib.parse import urlencode

from django.apps import apps
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from factory import clock
from factory.context import coordinator_for
from factory.fields import EuroField
from factory.journal.models import Event
from factory.knowledge.models import Norm
from factory.move_views import MoveView
from factory.moves.registry import moves_of
from factory.notices.facts import facts
from factory.notices.links import BadSignature, SignatureExpired, read_answer, read_expired
from factory.notices.models import Notice
from factory.notices.sight import can_see
from factory.second_factor import used_second_factor, way_to_second_factor
from factory.texts import button

SIGN_IN_ABOVE = "mail-link-sign-in-above"
JOINS = ("join", "ask_to_join")  # at once by their mail address, or by asking
PASSED_ON_EVERY = 3600  # seconds
LONGEST_AMOUNT = 20  # characters
SOMEBODY_ELSE = "somebody-else"  # in the address: this reader is not whom it is for


class Stop(Exception):
    """The answer ends here, with this page."""

    def __init__(self, response):
        self.response = response
        super().__init__()


class AnswerView(MoveView):
    """``/a/<signed>/``: GET asks, POST makes the move for the person of the link."""

    template_name = "notices/answer.html"
    channel = Event.Channel.MAIL

    def dispatch(self, request, *args, **kwargs):
        try:
            self.read(kwargs["signed"])
            self.check_who()
            response = View.dispatch(self, request, *args, **kwargs)
        except Stop as stop:
            response = stop.response
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def read(self, signed):
        """Take the link apart; every way in which it does not work has its own page."""
        try:
            said = read_answer(signed)
        except SignatureExpired:
            said, self.expired = read_expired(signed), True
        except BadSignature:
            raise Stop(self.page("broken_link", 404)) from None
        self.said, model = said, apps.get_model(said.thing_type)
        self.move = moves_of(model)[said.move]
        self.by = get_user_model().objects.filter(pk=said.person, is_active=True).first()
        self.thing = model._base_manager.get(pk=said.thing)
        if self.by is None or not can_see(self.by, self.thing):
            self.thing = None
            raise Stop(self.page("answer_closed", 410))
        if getattr(self, "expired", False):
            raise Stop(self.page("answer_expired", 410))

    def check_who(self):
        """Somebody else who is signed in gets a page of their own; much at stake asks to sign in."""
        user = self.request.user
        if user != self.by and (user.is_authenticated or SOMEBODY_ELSE in self.request.GET):
            raise Stop(self.for_somebody_else())
        if self.is_a_brake():
            return
        if user == self.by and user.is_staff and not used_second_factor(self.request):
            raise Stop(way_to_second_factor(self.request))
        if self.asks_to_sign_in(getattr(self.thing, "value_at_stake_cents", None)):
            raise Stop(self.sign_in())

    def is_a_brake(self):
        """Whether it guards an account, so that who cannot sign in must be able to use it."""
        return getattr(self.thing, "guards_an_account", False)

    def asks_to_sign_in(self, cents):
        """Whether this is too much, or too powerful, for a link alone."""
        if self.request.user == self.by or self.is_a_brake():
            return False
        return self.by.is_staff or (cents or 0) > Norm.objects.value(SIGN_IN_ABOVE)

    def get(self, request, **kwargs):
        if not self.move.open_to(self.by, self.thing) or "done" in request.GET:
            return self.ended()
        return super().get(request, **kwargs)

    def made(self, form):
        """As on the site, but an amount typed here counts as being at stake too."""
        if self.asks_to_sign_in(form.cleaned_data.get("cents")):
            return self.sign_in(403)
        return super().made(form)

    def get_success_url(self):
        return f"{self.request.path}?done"

    def asked(self, form, status=200, **extra):
        about = self.about()
        extra["as_typed"] = EuroField().prepare_value(getattr(form, "theirs", None))
        extra["not_me"] = f"?{SOMEBODY_ELSE}"
        extra["heading"] = about.get("buttons", {}).get(self.move.name)
        return super().asked(form, status, **(about | extra))

    def about(self):
        """What the pages say about the thing, as far as the person of the link may know it, and who helps them."""
        known = {"person": self.by, "move": self.move, "coordinator": coordinator_for(self.by)}
        return {**facts(self.thing, self.by), **known}

    def not_now(self, reason):
        return self.ended()

    def refused(self):
        return self.ended()

    def ended(self):
        """What has happened, and by whom: perhaps by this very person."""
        events = Event.objects.about(self.thing).select_related("actor", "on_behalf_of")
        mine = events.filter(actor=self.by, verb=self.move.verb).last()
        last = events.last()
        event = (mine is None and events.filter(verb=self.move.verb).last()) or last
        who = event.on_behalf_of or event.actor
        named = facts(self.thing, self.by)["knows"](who)
        words = {"event": event, "done": mine, "by_name": who.name if named else ""}
        words["led_to"] = mine and event.on_behalf_of == self.by
        return self.page("answer_done", 200 if mine else 409, **words)

    def sign_in(self, status=200):
        """A link to sign in that comes back here, to the amount as it was typed."""
        cents, back = self.request.POST.get("cents", ""), self.request.path
        if 0 < len(cents) <= LONGEST_AMOUNT:
            back += f"?{urlencode({'cents': cents})}"
        after = urlencode({"next": back})
        return self.page(
            "answer_sign_in", status, sign_in_url=f"{reverse('account_login')}?{after}"
        )

    def for_somebody_else(self):
        """Whom it is for, and what this reader can do: act themselves, pass it on, join, change account."""
        if "pass_on" in self.request.POST:
            return self.passed_on()
        user, mine = self.request.user, facts(self.thing, self.by).get("mine")
        known = user.is_authenticated
        own = known and can_see(user, self.thing) and self.move.open_to(user, self.thing)
        found = (moves_of(mine).get(name) for name in JOINS) if mine and known else ()
        join = next((move for move in found if move and move.open_to(user, mine)), None)
        return self.page(
            "answer_for",
            own_url=f"{self.thing.get_absolute_url()}{self.move.name}/" if own else "",
            join_url=f"{mine.get_absolute_url()}{join.name}/" if join else "",
            join_words=button(join) if join else "",
            joins_at_once=bool(join) and join.name == JOINS[0],
            here=self.request.path,
            asked_here=self.request.get_full_path(),
        )

    def passed_on(self):
        """Mail it once more to the person it is for, at most once an hour."""
        notice = Notice.objects.filter(pk=self.said.notice, recipient=self.by).first()
        name = {"name": self.by.get_short_name()}
        if notice and not _is_a_while_ago(notice.sent_at):
            messages.info(self.request, _("%(name)s has had this mail within the hour.") % name)
        elif notice and not self.by.address_fails_since and notice.again():
            messages.success(self.request, _("%(name)s gets the mail once more.") % name)
        else:
            messages.warning(self.request, _("It cannot be mailed now. Please tell them yourself."))
        return HttpResponseRedirect(self.request.get_full_path())

    def page(self, name, status=200, **context):
        """One of the plain pages of an answer."""
        if getattr(self, "thing", None):
            context = {"thing": self.thing, **self.about(), **context}
        return render(self.request, f"notices/{name}.html", context, status=status)


def _is_a_while_ago(moment):
    return moment is not None and (clock.now() - moment).total_seconds() > PASSED_ON_EVERY
