"""A round of suggestions over many needs at once, with how fair it is beside it."""

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from market.admin.queue import near_to, shortlist_url
from market.explaining import as_of_today, in_words
from market.figures.attention import by_steps
from market.lifecycle import rounds
from market.models import Listing, Match, SuggestionRound
from partners.holding import note_what_is_held

TEMPLATE = "admin/market/round.html"
A_PAGE = 20
MOST_REASONS = 3


def round_url():
    return reverse("admin:market_listing_round")


def round_view(model_admin, request):
    """POST starts one; GET shows how far the last one is, or what came of it."""
    if request.method == "POST":
        rounds.start(request.user)
        return HttpResponseRedirect(round_url())
    last = SuggestionRound.objects.select_related("asked_by").order_by("-pk").first()
    everywhere = "all" in request.GET
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("A round of suggestions"),
        "opts": model_admin.opts,
        "round": last,
        "everywhere": everywhere,
        "again": Listing.objects.to_search_for().count(),
    }
    if last and last.is_done:
        context |= {"blocks": blocks(last.figures), "facts": facts(last.figures)}
        context |= needs_of(last, request, everywhere)
    elif last:
        total = last.needs.count()
        done = last.needs.exclude(looked_at=None).count()
        context |= {"total": total, "done": done, "percent": 100 * done // max(total, 1)}
    return TemplateResponse(request, TEMPLATE, context)


def needs_of(last, request, everywhere):
    """A page of its needs, each with what stands on its shortlist now and why."""
    rows = last.needs.select_related("need__organisation", "need__region", "need__province")
    rows = rows.defer("need__search_nl", "need__search_en", "need__text").order_by("number")
    if not everywhere:
        rows = rows.filter(need__in=Listing.objects.filter(near_to(request.user)))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    found = _suggested([row.need for row in page])
    return {
        "page_obj": page,
        "rows": [
            {
                "need": row.need,
                "shortlist": shortlist_url(row.need_id),
                "matches": found.get(row.need_id, []),
            }
            for row in page
        ],
    }


def _suggested(needs):
    """``{need: [match, …]}`` with the reasons in words, as they are true today."""
    by_key = {need.pk: need for need in needs}
    matches = Match.objects.filter(state=Match.State.SUGGESTED, need__in=by_key)
    matches = matches.select_related("organisation__region", "offer").defer(
        "offer__search_nl", "offer__search_en", "offer__text", "organisation__search"
    )
    matches = list(matches.order_by("rank", "pk"))
    if any(need.asked_proofs for need in needs):
        note_what_is_held([match.organisation for match in matches])
    found = {}
    for match in matches:
        match.need = by_key[match.need_id]
        told = in_words(as_of_today(match))
        match.why = [one for one in told if not one[1]][:MOST_REASONS]
        match.why += [one for one in told if one[1]][:1]
        found.setdefault(match.need_id, []).append(match)
    return found


def facts(figures):
    """``[(words, number, what it means)]`` of a round."""
    kept = figures["kept"]
    counts = figures["counts"]
    return [
        (_("Needs"), figures["needs"], _("open, and no supplier said yes")),
        (_("Suggestions"), figures["suggestions"], _("stand on their shortlists")),
        (
            _("Unevenness (Gini)"),
            number_format(figures["gini"], 2),
            _("0 if all stood on as many shortlists, 1 if one had all; up to 0.27 is good"),
        ),
        (_("Never shown"), counts.count(0), _("of %(n)s who could answer") % {"n": len(counts)}),
        (
            _("Fit that is kept"),
            "–" if kept is None else f"{kept:.0%}",
            _("of the score of the best five for each need; 95% or more is good"),
        ),
        (_("Newcomers"), figures["newcomers"], _("had never stood on a shortlist before")),
    ]


def blocks(figures):
    """Two charts, each with its table."""
    steps = by_steps(figures["counts"])
    places = figures["provinces"]
    return [
        {
            "title": _("How attention is shared"),
            "bars": [{"label": label, "value": n} for label, n in steps],
            "head": [_("Shortlists"), _("Organisations")],
            "rows": steps,
        },
        {
            "title": _("Where they are"),
            "bars": [{"label": name, "value": did} for name, _could, did in places],
            "head": [_("Province"), _("Suggested"), _("Could answer")],
            "rows": [(name, did, could) for name, could, did in places],
        },
    ]
