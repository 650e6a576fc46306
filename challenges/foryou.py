"""For you: the open challenges that fit the reader's own organisation, each with its true reasons."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from challenges.answerers import parts
from challenges.explaining import is_about_it, true_reasons
from challenges.models import CallImpression, Challenge, Invited
from challenges.weights import as_chosen, last_chosen
from factory.meaning.nearness import nearness
from factory.meaning.wording import MOST_SHARED
from factory.visits import is_read
from partners.scoring import score, squashed

MOST_WEIGHED = 40  # open calls, the newest


@dataclass
class Fit:
    """A call beside the organisation that reads; ``features`` make up ``score``."""

    call: Challenge
    reasons: list
    features: dict
    score: float


def fitting(us, refused, among=None):
    """:class:`Fit` of open calls of others (``among``: of these), those one is invited to first, then the best."""
    calls = list(_calls(us, among).exclude(pk__in=refused)[:MOST_WEIGHED])
    if not calls:
        return []
    prefetch_related_objects([us], "themes", "goals", "works_in")
    us.theme_keys = [one.pk for one in us.themes.all()]
    us.goal_keys = [one.pk for one in us.goals.all()]
    near = _nearness([call for call in calls if call.read_at and us.read_at], us)
    found = [_weighed(call, us, near.get(call.pk)) for call in calls]
    found = [fit for fit in found if fit.call.invites_us or any(map(is_about_it, fit.reasons))]
    return sorted(found, key=lambda fit: (not fit.call.invites_us, -fit.score, fit.call.pk))


def _calls(us, among):
    invited = Exists(Invited.objects.filter(organisation=us, challenge=OuterRef("pk")))
    # One is shown by itself (``among``) on its own page, and several in their order on a desk.
    lately = CallImpression.objects.of(us).on_its_page(among is not None).this_week()
    lately = lately.filter(challenge=OuterRef("pk"))
    calls = Challenge.objects.open().exclude(organisation=us)
    calls = calls.filter(Q() if among is None else Q(pk__in=among))
    calls = calls.select_related("region", "province").prefetch_related("themes", "goals")
    calls = calls.annotate(invites_us=invited, seen_lately=Exists(lately), weighing=last_chosen())
    return calls.defer("search_nl", "search_en").order_by("-published_at", "-pk")


def _nearness(calls, us):
    """``{call: standard deviations}`` by key, from what was read of these calls and of our profile: one query."""
    found = nearness((("call", call.pk), ("organisation", us.pk)) for call in calls)
    return {key: z for ((_thing, key), _us), z in found.items()}


def _weighed(call, us, near):
    """By meaning as whom to invite is; by the words that both hold where a text was not read."""
    reasons = true_reasons(call, us, near)
    shared = next((one["words"] for one in reasons if one["code"] == "shared_words"), ())
    text = len(shared) / MOST_SHARED if near is None else squashed(near)
    features = parts(call, us, text)
    return Fit(call, reasons, features, score(features, as_chosen(call.weighing)))


def seen(request, us, fits, ranked=True):
    """Keep that the reader saw these as they stand, each once a week; one write for all that is new.

    ``ranked``: they stood in an order. What another request kept in the meantime stays (the database counts the weeks).
    """
    ranks = enumerate(fits, 1) if ranked else ((None, fit) for fit in fits)
    new = [(rank, fit) for rank, fit in ranks if not fit.call.seen_lately]
    if new and is_read(request):
        rows = [
            CallImpression(
                challenge=fit.call,
                organisation=us,
                rank=rank,
                score=fit.score,
                features=fit.features,
                shown_to=request.user,
            )
            for rank, fit in new
        ]
        CallImpression.objects.bulk_create(rows, ignore_conflicts=True)
