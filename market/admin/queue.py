"""What waits for a coordinator on the market, the longest waiting first."""

from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factory import clock
from market.models import Listing, Match, Report

State = Match.State
MOST = 25
ROWS = 5 * MOST


def coordinator_queues(person):
    """``[{"title", "all", "rows": [{"title", "meta", "url", "action", "since"}]}]``."""
    near = provinces_of(person)
    stuck = list(_stuck(near))
    late = [match for match in stuck if match.state == State.APPROVED]
    differ = [match for match in stuck if match.state == State.DISPUTED]
    return [
        _queue(_("Nobody answered: call them"), "match", "approved", map(_call, late)),
        _queue(_("Amounts differ"), "match", "disputed", map(_settle, differ)),
        _queue(_("Needs with suggestions"), "match", "suggested", _to_decide(near)),
        _queue(_("Reported by readers"), "report", "", map(_reported, _reports())),
    ]


def provinces_of(person):
    """A condition on matches: in the provinces of this coordinator; everywhere for who has none."""
    mine = person.regions.order_by()
    return Q(need__province__in=mine.values("pk")) | ~Q(Exists(mine))


def suggested(near):
    """The suggestions that wait to be decided on, as rows of a need and when it was suggested."""
    return Match.objects.filter(
        near, state=State.SUGGESTED, need__state=Listing.State.LIVE
    ).order_by("created_at", "pk")


def shortlist_url(need):
    return reverse("admin:market_listing_shortlist", args=[need])


def next_need(person, need, since):
    """The id of the need whose suggestions wait longest after ``since``, else longest; or None."""
    others = suggested(provinces_of(person)).exclude(need=need.pk).values_list("need", flat=True)
    later = others.filter(created_at__gte=since).first() if since else None
    return later or others.first()


def _queue(title, model, state, items):
    url = reverse(f"admin:market_{model}_changelist")
    return {
        "title": title,
        "all": f"{url}?in={state}" if state else url,
        "rows": list(items)[:MOST],
    }


def _to_decide(near):
    names = ("need", "need__title", "need__region__name", "created_at")
    needs = {}
    for need, title, place, at in suggested(near).values_list(*names)[:ROWS]:
        needs.setdefault(need, (title, place, at, []))[3].append(at)
    for need, (title, place, since, all_of_them) in needs.items():
        number = len(all_of_them)
        words = ngettext("%(n)s suggestion", "%(n)s suggestions", number) % {"n": number}
        yield {
            "title": title,
            "meta": f"{place} · {words}",
            "url": shortlist_url(need),
            "action": _("Decide"),
            "since": since,
        }


def _stuck(near):
    late = Q(state=State.APPROVED, call_at__lte=clock.now()) | Q(state=State.DISPUTED)
    rows = Match.objects.filter(near, late).select_related("need", "organisation", "buyer")
    return rows.defer("need__search_nl", "need__search_en", "need__text").order_by("call_at")[:ROWS]


def _call(match):
    who = [match.organisation] if match.buyer_agreed_at else [match.organisation, match.buyer]
    if match.supplier_agreed_at:
        who = [match.buyer]
    numbers = ", ".join(f"{one.name} {one.phone}".strip() for one in who)
    return _of_match(match, numbers, _("Look"), match.call_at)


def _settle(match):
    both = f"{match.buyer.name} – {match.organisation.name}"
    return _of_match(match, both, _("Look"), match.introduced_at)


def _of_match(match, meta, action, since):
    url = reverse("admin:market_match_change", args=[match.pk])
    return {"title": match.need.title, "meta": meta, "url": url, "action": action, "since": since}


def _reports():
    rows = Report.objects.filter(handled_at=None).select_related("listing").order_by("at")
    return rows.defer("listing__search_nl", "listing__search_en", "listing__text")[:MOST]


def _reported(report):
    return {
        "title": report.listing.title,
        "meta": report.get_why_display(),
        "url": reverse("admin:market_listing_change", args=[report.listing_id]),
        "action": _("Look"),
        "since": report.at,
    }
