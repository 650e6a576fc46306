"""How a need or an offer lives on the market."""

from datetime import timedelta

import rules
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factory import clock
from factory.coordination.notes import keeps_notes
from factory.knowledge.models import Norm
from factory.moves import STAYS, Missing, Moves, itself
from factory.notices.telling import asks, informs, warns
from factory.texts import who
from market.forms import PauseForm, ReportForm, TakeDownForm
from market.lifecycle.people import (
    coordinators,
    coordinators_where_nobody_publishes,
    only_writes,
    posters,
    those_who_publish,
)
from market.models import Listing, Match, Report
from market.posting import ListingForm
from market.rules import posts_for_it, writes_it
from partners.models import Organisation
from partners.rules import is_coordinator

State = Listing.State
STILL_THEIRS = (State.DRAFT, State.LIVE, State.PAUSED, State.EXPIRED)
REMINDED_BEFORE = timedelta(days=7)

moves = Moves(Listing)

is_anybody = rules.predicate(lambda person, listing: True, name="is_anybody")
who({"is_anybody": _("anybody")})


def of_an_active_organisation(listing):
    """Reasons why a listing cannot be public yet."""
    if listing.organisation.state != Organisation.State.ACTIVE:
        yield _(
            "We are still checking your organisation. After that you can put this on the market."
        )


def put_on_the_market(listing):
    """Public from now on, for as long as the house's norm says; it is read and looked for anew."""
    listing.live_at, listing.searched_at, listing.reminded_at = clock.now(), None, None
    listing.read_at = None
    listing.expires_at = listing.live_at + timedelta(days=Norm.objects.value("listing-days"))


@moves.begin(
    to=State.DRAFT,
    may=writes_it,
    form=ListingForm,
    tells=[asks(those_who_publish, "publish"), asks(coordinators_where_nobody_publishes)],
)
def post(listing, *, by, keep_as_draft=False, draft=None, **facts):
    """Somebody puts a need or an offer down; it goes public at once unless it is kept back."""
    if draft:
        draft.hand_over(listing)
    listing.fill(**facts)
    listing.contact = by


@post.then
def goes_live_if_the_organisation_is_active(listing, event, *, keep_as_draft=False, **facts):
    listing.relate(**facts)
    known = listing.organisation.state == Organisation.State.ACTIVE
    listing.waits_for_a_colleague = not keep_as_draft and only_writes(listing)
    if known and not keep_as_draft and not listing.waits_for_a_colleague:
        go_live(listing, on_behalf_of=event.whose)


@moves.by_the_factory(State.DRAFT, to=State.LIVE)
def go_live(listing, *, by):
    """It stands on the market at once, as the organisation is known."""
    put_on_the_market(listing)


@moves.add(State.DRAFT, to=State.LIVE, may=posts_for_it, unless=of_an_active_organisation)
def publish(listing, *, by):
    """A draft goes public."""
    put_on_the_market(listing)


@moves.add(*STILL_THEIRS, to=STAYS, may=writes_it, form=ListingForm)
def revise(listing, *, by, version=None, **facts):
    """The text gets better; not over words of a colleague that were not seen."""
    if version is not None and version != listing.version:
        raise Missing(
            [_("A colleague changed this at the same moment. Open it again to see both.")]
        )
    listing.fill(**facts)
    listing.relate(**facts)


@moves.add(
    State.LIVE, State.EXPIRED, to=State.LIVE, may=posts_for_it, unless=of_an_active_organisation
)
def renew(listing, *, by):
    """It stays for another period."""
    put_on_the_market(listing)


def nearly_over(now):
    """Listings whose time is nearly over, and whose people have not heard so."""
    soon = Listing.objects.live().filter(reminded_at=None, expires_at__lte=now + REMINDED_BEFORE)
    return soon.filter(expires_at__gt=now).order_by("expires_at")


@moves.by_the_factory(
    State.LIVE, to=STAYS, due=nearly_over, tells=[asks(posters, "renew", "withdraw")]
)
def remind(listing, *, by):
    """Its time is nearly over; one press keeps it on the market."""
    listing.reminded_at = clock.now()


def expired(now):
    """Listings whose time is over."""
    return Listing.objects.live().filter(expires_at__lte=now).order_by("expires_at")


@moves.by_the_factory(State.LIVE, to=State.EXPIRED, due=expired, tells=[asks(posters, "renew")])
def expire(listing, *, by):
    """Nobody renewed it, so it leaves the market."""


@moves.add(State.LIVE, to=State.PAUSED, may=posts_for_it, form=PauseForm)
def pause(listing, *, by, until):
    """It rests until a day, and comes back by itself. Who was asked already is still asked."""
    listing.paused_at, listing.paused_until = clock.now(), until
    return {"until": until.isoformat()}


def returns(listing):
    """On the market again, with the time that was left; it is read and looked for anew."""
    listing.expires_at += clock.now() - listing.paused_at
    listing.paused_at = listing.paused_until = listing.searched_at = listing.read_at = None


@moves.add(State.PAUSED, to=State.LIVE, may=posts_for_it, unless=of_an_active_organisation)
def resume(listing, *, by):
    """It comes back earlier than was planned."""
    returns(listing)


def rested(now):
    """Paused listings whose day has come."""
    today = timezone.localdate(now)
    return Listing.objects.paused().filter(paused_until__lte=today).order_by("paused_until")


@moves.by_the_factory(State.PAUSED, to=State.LIVE, due=rested, tells=[warns(posters)])
def wake(listing, *, by):
    """The day has come: it is back on the market."""
    returns(listing)


@moves.add(State.LIVE, State.PAUSED, to=State.FILLED, may=posts_for_it | is_coordinator)
def fill(listing, *, by):
    """What was asked for has been found."""


@moves.by_the_factory(State.LIVE, State.PAUSED, to=State.FILLED)
def close(listing, *, by):
    """An agreement fills the need."""


@moves.add(*STILL_THEIRS, to=State.WITHDRAWN, may=writes_it, final=False)
def withdraw(listing, *, by):
    """It is no longer needed or offered."""


@moves.by_the_factory(*STILL_THEIRS, to=State.WITHDRAWN)
def go_with_them(listing, *, by):
    """Its organisation gave its name back: nobody stands for it any more."""


@moves.add(
    State.FILLED,
    State.WITHDRAWN,
    to=State.LIVE,
    may=posts_for_it,
    unless=of_an_active_organisation,
)
def reopen(listing, *, by):
    """It is needed or offered again."""
    put_on_the_market(listing)


@moves.add(
    State.LIVE, to=State.TAKEN_DOWN, may=is_coordinator, form=TakeDownForm, tells=[warns(posters)]
)
def take_down(listing, *, by, because):
    """A coordinator takes it off the market, and says why."""
    listing.taken_down_because = because


@take_down.then
def answers_its_reports(listing, event, **details):
    listing.reports.filter(handled_at=None).update(handled_at=event.at)


@moves.add(State.TAKEN_DOWN, to=State.LIVE, may=is_coordinator, tells=[informs(posters)])
def put_back(listing, *, by):
    """A coordinator puts it back."""
    put_on_the_market(listing)


def its_reports(listing):
    """What readers reported of it."""
    return [listing.reports.all()]


take_back = moves.take_back(
    may=is_coordinator, undoes={fill: itself, take_down: its_reports, put_back: itself}
)


@moves.add(State.LIVE, to=STAYS, may=is_anybody, form=ReportForm, tells=[asks(coordinators)])
def report(listing, *, by, why, text):
    """A reader says that it is not right."""
    known = None if by.is_the_factory else by
    Report.objects.create(listing=listing, why=why, text=text, reporter=known, at=clock.now())
    return {"why": str(why)}


note = keeps_notes(moves)
moves.by_phone(post, publish, renew, withdraw, reopen)


def open_matches(listing):
    """The matches of a need that have not been agreed, in lock order."""
    waiting = [Match.State.SUGGESTED, Match.State.APPROVED, Match.State.INTRODUCED]
    return listing.matches.filter(state__in=waiting).order_by("pk")
