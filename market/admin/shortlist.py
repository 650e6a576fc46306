"""The shortlist of one need: look, tick, approve the set in one press, and go to the next need."""

import hashlib
from collections import defaultdict

from django.db import IntegrityError
from django.db.models import Q
from django.db.models.functions import Now
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from factory.journal.models import Event
from factory.models import time_to_think
from factory.move_admin import MADE, NOT_MADE, attempt, fresh_token
from factory.moves import Token
from factory.moves.taking_back import still_waits
from factory.texts import told
from factory.visits import is_read
from market.admin.queue import next_need, shortlist_url
from market.explaining import as_of_today, in_words, true_reasons
from market.lifecycle.match import moves
from market.lifecycle.suggesting import ADDED, remember
from market.matching.filtering import offers_reaching
from market.matching.meaning import nearness_between
from market.models import Impression, Listing, Match, NotForUs
from market.models.asking import names_of
from partners.absence import answering_now
from partners.holding import note_what_is_held
from partners.models import Organisation

State = Match.State
TICKED = 3
FOUND = 8
EARLIER = 3
TEMPLATE = "admin/market/shortlist.html"


class Shortlist:
    """One need, the organisations suggested for it, and what a coordinator does with them."""

    def __init__(self, model_admin, request, pk):
        self.admin, self.request, self.by = model_admin, request, request.user
        self.need = self._need(pk)

    def _need(self, pk):
        needs = Listing.objects.visible_to(self.by).needs().defer("search_nl", "search_en")
        related = ("organisation", "region", "province", "sector")
        reached = {
            f"reached_{name}": answering_now("organisation", "contact", f"person__{name}")
            for name in ("name", "phone")
        }
        need = needs.select_related(*related).annotate(**reached).filter(pk=pk).first()
        if need is None:
            raise Http404
        return need

    def answer(self):
        """The page, or what a press on one of its buttons leads to."""
        posted = self.request.POST
        pressed = next((name for name in self.acts() if name in posted), "")
        if not pressed:
            return self.page()
        self.acts()[pressed](posted[pressed])
        return HttpResponseRedirect(f"{shortlist_url(self.need.pk)}?done={pressed}")

    def acts(self):
        """What the buttons do, by their names."""
        return {
            "approve": self.approve,
            "dismiss": self.dismiss,
            "add": self.add,
            "take_back": lambda pk: self.move("take_back", pk),
            "restore": lambda pk: self.move("restore", pk),
        }

    # What a press does

    def approve(self, _value):
        """Everything ticked; each pair its own move, so that one that is late stops no other."""
        ticked = self._matches(self.request.POST.getlist("match"))
        outcomes = [(match, *self._made("approve", match)) for match in ticked]
        if made := sum(level == MADE for _match, level, _words in outcomes):
            self._say(_("Approved: %(n)s. They hear of it in a moment.") % {"n": made}, MADE)
        self._say_together((m, said) for m, *said in outcomes if said[0] != MADE)

    def dismiss(self, pk):
        self.move("dismiss", pk, reason=self.request.POST.get(f"reason-{pk}", ""))

    def move(self, name, pk, **details):
        """One pair, one move."""
        for match in self._matches([pk]):
            form = moves[name].form and moves[name].form(details, thing=match, by=self.by)
            if form and not form.is_valid():
                self._say(
                    _("%(name)s: choose why it does not fit.") % {"name": match.organisation},
                    NOT_MADE,
                )
                return
            level, words = self._made(name, match, **details)
            self._say(f"{match.organisation}: {words}", level)

    def add(self, pk):
        """Somebody whom the machine did not think of."""
        organisation = self._addable().filter(pk=_number(pk)).first()
        if organisation is None:
            return self._say(
                _("This organisation is already on the list, or is not active."), NOT_MADE
            )
        offer = self._offer_of(organisation)
        match = Match(need=self.need, organisation=organisation, offer=offer)
        match.reasons = true_reasons(self.need, organisation, offer, nearness_between(match))
        try:
            level, words = self._made("suggest", match, key=f"add:{organisation.pk}")
        except IntegrityError:
            level, words = NOT_MADE, _("This organisation is already on the list.")
        if level == MADE and match.pk:
            remember(match, ADDED)
        return self._say(f"{organisation}: {words}", level)

    def _made(self, name, match, key="", **details):
        """Make the move under a token of this press and this pair."""
        posted = self.request.POST
        said = f"{posted.get('token') or fresh_token()}:{name}:{key or match.pk}"
        token = Token.of(hashlib.sha256(said.encode()).hexdigest(), posted.items())
        return attempt(moves[name], match, self.by, token, details)

    def _say_together(self, outcomes):
        """What went the same way for several is said once, with their names."""
        alike = defaultdict(list)
        for match, (level, words) in outcomes:
            alike[level, words].append(str(match.organisation))
        for (level, words), names in alike.items():
            self._say(f"{', '.join(names)}: {words}", level)

    def _say(self, words, level):
        self.admin.message_user(self.request, words, level)

    def _matches(self, pks):
        mine = self.need.matches.filter(pk__in=filter(None, map(_number, pks)))
        return mine.select_related("organisation").order_by("rank", "pk")

    def _addable(self):
        here = Organisation.objects.active().exclude(pk=self.need.organisation_id)
        here = here.exclude(pk__in=NotForUs.objects.suppliers_who_refused(self.need.pk))
        return here.exclude(pk__in=self.need.matches.open().values("organisation"))

    def _offer_of(self, organisation):
        offers = Listing.objects.live().offers().filter(organisation=organisation)
        refused = NotForUs.objects.offers_refused_by(self.need.organisation_id)
        offers = offers.exclude(pk__in=refused)
        return offers.filter(sector=self.need.sector_id).order_by("-live_at").first()

    # What stands on the page

    def page(self):
        rows = self.rows()
        waiting = [row for row in rows if row["match"].state == State.SUGGESTED]
        since = min((row["match"].created_at for row in rows), default=None)
        following = next_need(self.by, self.need, since)
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": self.need.title,
            "opts": self.admin.opts,
            "need": self.need,
            "must_have": names_of(self.need.asked_proofs),
            "waiting": waiting,
            "others": [row for row in rows if row not in waiting],
            "reasons": Match.Reason.choices,
            "token": fresh_token(),
            "next": shortlist_url(following) if following else "",
            "done": self.request.GET.get("done", ""),
            "asked": self.request.GET.get("q", "").strip()[:100],
            "found": self.found(),
        }
        if not context["asked"] and is_read(self.request):
            self._seen()
        return TemplateResponse(self.request, TEMPLATE, context)

    def rows(self):
        """Every pair of this need with its reasons, what happened to it, and earlier dealings."""
        related = ("organisation__region", "offer")
        matches = self.need.matches.select_related(*related).defer(
            "offer__search_nl", "offer__search_en"
        )
        matches = list(matches.order_by("rank", "pk"))
        earlier, last, also = self._earlier(matches), _last_events(matches), self._also(matches)
        if self.need.asked_proofs:
            note_what_is_held([match.organisation for match in matches])
        ticked = [match.pk for match in matches if match.state == State.SUGGESTED][:TICKED]
        return [
            {
                "match": match,
                "ticked": match.pk in ticked,
                "why": in_words(as_of_today(match)),
                "also": [one for one in also[match.organisation_id] if one.pk != match.offer_id],
                "earlier": earlier.get(match.organisation_id, [])[:EARLIER],
                "event": last.get(match.pk),
                "told": told(last[match.pk].verb) if match.pk in last else "",
                **_undo(match, last.get(match.pk)),
            }
            for match in matches
        ]

    def _also(self, matches):
        """All that these offer in the need's sector and place: a suggestion names one of it, the page the rest."""
        theirs = offers_reaching(self.need).filter(sector=self.need.sector_id)
        theirs = theirs.filter(organisation__in=[match.organisation_id for match in matches])
        found = defaultdict(list)
        for offer in theirs.defer("search_nl", "search_en").order_by("-live_at"):
            found[offer.organisation_id].append(offer)
        return found

    def _earlier(self, matches):
        """What the buyer and each of these had together before, the latest first."""
        between = Q(
            buyer=self.need.organisation_id, organisation__in=[m.organisation_id for m in matches]
        )
        past = (
            Match.objects.filter(between).exclude(need=self.need.pk).exclude(state=State.SUGGESTED)
        )
        past = past.select_related("need").defer("need__search_nl", "need__search_en", "need__text")
        found = {}
        for match in past.order_by("-created_at")[:100]:
            found.setdefault(match.organisation_id, []).append(match)
        return found

    def found(self):
        """Active organisations by a part of their name."""
        asked = self.request.GET.get("q", "").strip()[:100]
        if not asked:
            return []
        return self._addable().filter(name__icontains=asked).select_related("region")[:FOUND]

    def _seen(self):
        unseen = Impression.objects.of_shortlists().unseen().filter(need=self.need)
        unseen.update(shown_to=self.by, shown_at=Now())


def _last_events(matches):
    """The last thing that happened to each, by its id."""
    events = Event.objects.filter(thing_type=Match.label(), thing_id__in=[m.pk for m in matches])
    events = events.select_related("actor").annotate(waits=still_waits())
    rows = events.order_by("thing_id", "-number").distinct("thing_id")
    return {event.thing_id: event for event in rows}


def _undo(match, event):
    """The move that undoes the last decision, and until when; while there is one."""
    if match.state == State.DISMISSED:
        return {"undo": "restore"}
    if match.state == State.APPROVED and event and event.name == "approve" and event.waits:
        return {"undo": "take_back", "until": event.at + time_to_think()}
    return {}


def _number(text):
    return int(text) if str(text).isdecimal() and len(str(text)) < 19 else None
