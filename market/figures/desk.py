"""What the market puts on somebody's desk: what waits for them, what waits for others, what is done."""

from datetime import timedelta

from django.db.models import Case, Count, F, Q, Sum, When
from django.utils.translation import gettext as _

from factory import clock
from factory.templatetags.words import euro, short_day
from market.lifecycle.facts import prices_url
from market.models import Draft, Listing, Match, Message, prices_of
from market.standing import OTHER, name_of, noted, seat_among, standing, waits_for

State = Match.State
SOON = timedelta(days=2)
LATELY = timedelta(days=30)
MOST = 100
ENDED = (State.COMPLETED, State.DECLINED, State.LAPSED, State.CANCELLED)


def desk_queues(person):
    """``[{"title", "kind", "items"}]``; kind is yours, others or done."""
    desk = Desk(person)
    return [
        {"title": _("Waits for you"), "kind": "yours", "items": desk.yours},
        {"title": _("Waits for somebody else"), "kind": "others", "items": desk.others},
        {"title": _("Lately done"), "kind": "done", "items": desk.done},
    ]


class Desk:
    """The matches and listings of one person's organisations, sorted by whose turn it is."""

    def __init__(self, person):
        person.remember_roles()
        self.person = person
        self.mine, self.decides = set(person.roles), person.decides_for()
        self.now = clock.now()
        self.yours, self.others, self.done = [], [], []
        self.compared = set()  # needs whose prices stand on the desk: once, not a row for each
        matches = list(self.matches(person)) if self.mine else []
        for match in matches:
            self.sort_match(match)
        busy = {match.need_id for match in matches}
        for listing in self.listings() if self.mine else ():
            self.sort_listing(listing, busy)
        drafts = Draft.objects.visible_to(person).order_by("-saved_at") if self.decides else ()
        self.yours += map(_begun, drafts[:MOST])

    def matches(self, person):
        about_me = Q(organisation__in=self.mine) | Q(buyer__in=self.mine)
        # Suggestions wait for a coordinator: their need stands on the desk once, not a row for each.
        fresh = Q(completed_at__gte=self.now - LATELY) | ~Q(state__in=[*ENDED, State.SUGGESTED])
        seen = Match.objects.visible_to(person).filter(about_me & fresh).with_parties()
        seen = seen.annotate(wrote_at=Message.objects.last_at())
        return seen.order_by(F("lapse_at").asc(nulls_last=True), "pk")[:MOST]

    def listings(self):
        shown = Listing.State
        states = [shown.DRAFT, shown.LIVE, shown.PAUSED, shown.EXPIRED]
        rows = Listing.objects.filter(organisation__in=self.mine, state__in=states)
        rows = rows.select_related("organisation").defer("search_nl", "search_en", "text")
        return rows.order_by("-created_at")[:MOST]

    def sort_match(self, match):
        seat = seat_among(self.mine, match)
        own = match.organisation_id if seat == "supplier" else match.buyer_id
        if seat == "buyer" and own in self.decides and _prices_are_in(match, self.now):
            if match.need_id not in self.compared:
                self.yours.append(_item(match, seat) | _choose(match))
            self.compared.add(match.need_id)
        elif match.state == State.COMPLETED:
            self.done.append(_item(match, seat))
        elif own in self.decides and (asked := _asked_of(match, seat, self.now)):
            self.yours.append(_item(match, seat) | asked)
        else:
            self.others.append(_item(match, seat))

    def sort_listing(self, listing, busy):
        decides = listing.organisation_id in self.decides
        if listing.state == Listing.State.LIVE:
            if listing.is_need and listing.pk not in busy:
                self.others.append(_looked_for(listing))
        elif listing.state == Listing.State.PAUSED:
            self.others.append(_resting(listing))
        elif decides or listing.contact_id == self.person.pk:
            self.yours.append(_unfinished(listing))


def _item(match, seat):
    glyph, words = standing(match, seat)
    other = name_of(match, OTHER.get(seat, "supplier"), seat)
    return {
        "title": match.need.title,
        "lang": match.need.language,
        "meta": other,
        "state": glyph,
        "state_words": words,
        "url": match.get_absolute_url(),
        "action": _("Look"),
        "urgent": False,
        "late": False,
    }


def _prices_are_in(match, now):
    """Whether the buyer can choose: the closing time has passed and nobody was chosen."""
    asked = prices_of(match.need)
    waits = match.state == State.INTRODUCED and match.need.state == Listing.State.LIVE
    return bool(waits and asked and asked.closes_at <= now)


def _choose(match):
    return {
        "title": _("The prices are in: %(title)s") % {"title": match.need.title},
        "lang": "",
        "meta": _("Compare, choose one, and say why not the others"),
        "url": prices_url(match.need),
        "action": _("Prices side by side"),
        "urgent": True,
        "late": False,
    }


def _asked_of(match, seat, now):
    """What this seat is asked now, or None if it is not their turn."""
    other = name_of(match, OTHER[seat], seat)
    if match.state == State.AGREED and match.agreed_waits_for == seat and not noted(match, seat):
        return _did_you_agree(match, other)
    if seat not in waits_for(match):
        return None
    if match.state == State.APPROVED:
        return _yes_or_no(match, other, now)
    theirs = noted(match, OTHER[seat])
    if match.state == State.DISPUTED or theirs:
        return _is_it_right(match, other, theirs)
    if match.state == State.AGREED and not _still_to_come(match.need):
        return _is_it_delivered(match, other)
    return None


def _still_to_come(need):
    return bool(need.needed_by_date) and need.days_until_needed > 0


def _yes_or_no(match, other, now):
    return {
        "title": _("Do you want to meet %(other)s for “%(need)s”?") % _named(match, other),
        "lang": "",
        "meta": _("Answer before %(day)s") % {"day": short_day(match.lapse_at)},
        "action": _("See why, and answer"),
        "urgent": match.nudges > 0,
        "late": match.lapse_at - now < SOON,
    }


def _is_it_right(match, other, theirs):
    words = _named(match, other) | {"amount": euro(theirs)}
    differ = match.state == State.DISPUTED
    return {
        "title": _("Is this amount right? %(other)s noted %(amount)s") % words,
        "lang": "",
        "meta": _("%(need)s. Your amounts differ.") % words if differ else words["need"],
        "action": _("Look and confirm"),
        "urgent": True,
        "late": differ,
    }


def _did_you_agree(match, other):
    words = _named(match, other) | {"amount": euro(match.agreed_cents)}
    return {
        "title": _("Is this what you agreed? %(other)s noted %(amount)s") % words,
        "lang": "",
        "meta": words["need"],
        "action": _("Look and confirm"),
        "urgent": True,
        "late": False,
    }


def _is_it_delivered(match, other):
    words = _named(match, other) | {"amount": euro(match.agreed_cents)}
    return {
        "title": _("Was it delivered? Then note the amount") % words,
        "lang": "",
        "meta": _("%(need)s, agreed with %(other)s on %(amount)s") % words,
        "action": _("Note the amount"),
        "urgent": False,
        "late": False,
    }


def _named(match, other):
    return {"other": other, "need": match.need.title}


def _unfinished(listing):
    draft = listing.state == Listing.State.DRAFT
    ready = listing.organisation.state == "active"
    meta = _("It has expired; one press keeps it on the market")
    if draft:
        meta = _("Ready to be posted") if ready else _("Waits until your organisation is checked")
    return {
        "title": listing.title,
        "lang": listing.language,
        "meta": meta,
        "url": listing.get_absolute_url(),
        "action": _("Finish it") if draft else _("Keep it"),
        "urgent": draft and ready,
        "late": False,
    }


def _begun(draft):
    meta = _("A draft, saved on %(day)s") % {"day": short_day(draft.saved_at)}
    if draft.goes_at:
        meta = _("A draft that goes on %(day)s, unless you save it again")
        meta %= {"day": short_day(draft.goes_at)}
    return {
        "title": str(draft),
        "lang": draft.language,
        "meta": meta,
        "url": draft.get_absolute_url(),
        "action": _("Go on with it"),
        "urgent": False,
        "late": bool(draft.goes_at),
    }


def _resting(listing):
    words = _("Paused, comes back on %(day)s") % {"day": short_day(listing.paused_until)}
    return _looked_for(listing) | {"state_words": words}


def _looked_for(listing):
    return {
        "title": listing.title,
        "lang": listing.language,
        "meta": "",
        "state": "",
        "state_words": _("We look for who can deliver this"),
        "url": listing.get_absolute_url(),
        "action": _("Look"),
        "urgent": False,
        "late": False,
    }


def desk_figures(person):
    """``[{"label", "value"}]``: this year, for the organisations of this person."""
    person.remember_roles()
    mine = set(person.roles)
    if not mine:
        return []
    seen = Match.objects.visible_to(person)
    year = seen.completed().filter(completed_at__year=clock.today().year)
    sums = year.filter(Q(buyer__in=mine) | Q(organisation__in=mine)).aggregate(
        bought=Sum(Case(When(buyer__in=mine, then="realised_cents"))),
        sold=Sum(Case(When(organisation__in=mine, then="realised_cents"))),
        n=Count("pk"),
    )
    rows = [
        (_("Bought, confirmed by both"), sums["bought"]),
        (_("Sold, confirmed by both"), sums["sold"]),
    ]
    figures = [
        {"label": label, "value": euro(cents), "big": True} for label, cents in rows if cents
    ]
    return [*figures, {"label": _("Matches completed"), "value": sums["n"]}] if figures else []
