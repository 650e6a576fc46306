"""A round of suggestions over all open needs: asked for by a coordinator, gone through by the worker, bit by bit.

What a worker let go of is taken up again: a need counts as looked at in the transaction that says so.
"""

from collections import Counter
from datetime import timedelta
from time import monotonic

import structlog
from celery import current_app
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from factory import clock
from factory.meaning.reading import read_one
from market.lifecycle.suggesting import suggest_for
from market.matching.ranking import ON_A_SHORTLIST, scores_in_its_sector, shared_by_score
from market.matching.scoring import score
from market.matching.weights import in_force
from market.models import Impression, Listing, Match, RoundNeed, SuggestionRound
from partners.attention import had_enough
from partners.fairness import gini
from partners.models import Organisation

log = structlog.get_logger()
A_FEW = 20  # needs that are weighed side by side
A_SWEEP = 20  # seconds, so that the worker's other work gets its turn
LET_GO = timedelta(minutes=2)  # after so long a worker has surely stopped


def without_enough_answers():
    """Live needs to which no supplier said yes, the longest waiting first."""
    said_yes = Match.objects.open().filter(need=OuterRef("pk"), supplier_agreed_at__isnull=False)
    return Listing.objects.live().needs().filter(~Exists(said_yes)).order_by("live_at", "pk")


@transaction.atomic
def start(by):
    """Begin a round over all of them; the one that is under way, if there is one."""
    made, is_new = SuggestionRound.objects.get_or_create(is_done=False, defaults={"asked_by": by})
    if is_new:
        needs = without_enough_answers().values_list("pk", flat=True)
        RoundNeed.objects.bulk_create(
            RoundNeed(round=made, need_id=pk, number=n) for n, pk in enumerate(needs, start=1)
        )
        transaction.on_commit(hint, robust=True)
    return made


def hint():
    """Wake the worker."""
    # Never raises and hardly waits: the beat finds whatever a lost hint was about.
    try:
        current_app.send_task("market.tasks.go_round", retry=False, expires=60)
    except Exception as error:
        log.warning("round.hint_lost", error=type(error).__name__)


def go_on(seconds=A_SWEEP):
    """Look at needs of the round that is under way, for about so long; returns how many."""
    under_way, done = _taken(), 0
    if under_way is None:
        return 0
    stop = monotonic() + seconds
    while few := list(under_way.needs.filter(looked_at=None).order_by("number")[:A_FEW]):
        _look_at(under_way, few)
        done += len(few)
        if monotonic() > stop:
            break
    if not few:
        finish(under_way)
    SuggestionRound.objects.filter(pk=under_way.pk).update(taken_at=None)
    return done


def _taken():
    """The round under way, unless another worker has it in hand."""
    now = clock.now()
    free = SuggestionRound.objects.filter(Q(taken_at=None) | Q(taken_at__lt=now - LET_GO))
    found = free.filter(is_done=False).first()
    if found and free.filter(pk=found.pk).update(taken_at=now):
        return found
    return None


def _look_at(under_way, rows):
    """Fill these shortlists as production does for what is new, and keep what each is worth."""
    SuggestionRound.objects.filter(pk=under_way.pk).update(taken_at=clock.now())
    for row in rows:
        read_one("need", row.need_id)
    related = ("region", "province", "sector", "repeats")
    needs = Listing.objects.live().select_related(*related).in_bulk([row.need_id for row in rows])
    asked = {pk: scores_in_its_sector(need) for pk, need in needs.items()}
    resting = had_enough({pk for scores in asked.values() for pk in scores})
    before = listed(needs)
    chosen = shared_by_score(asked)
    for pk in needs:
        suggest_for(pk, chosen.get(pk, ()))
    now = listed(needs)
    for row in rows:
        free = {k: one for k, one in asked.get(row.need_id, {}).items() if k not in resting}
        everybody = free | before.get(row.need_id, {}) | now.get(row.need_id, {})
        row.kept = _best(now.get(row.need_id, {}))
        row.best = _best(everybody)
        row.looked_at = clock.now()
    able = {key for scores in (*asked.values(), *now.values()) for key in scores}
    with transaction.atomic():
        RoundNeed.objects.bulk_update(rows, ["kept", "best", "looked_at"])
        under_way.able = sorted({*under_way.able, *able})
        under_way.save(update_fields=["able"])


def listed(needs):
    """``{need: {organisation: score}}`` of what stands on these shortlists now, in the need's own sector."""
    weights, found = in_force(), {}
    waiting = Match.objects.filter(need=OuterRef("need"), state=Match.State.SUGGESTED)
    waiting = waiting.filter(organisation=OuterRef("organisation"))
    rows = Impression.objects.of_shortlists().filter(Exists(waiting), need__in=needs)
    for need, organisation, features in rows.order_by("pk").values_list(
        "need", "organisation", "features"
    ):
        if features.get("sector") == 1.0:
            found.setdefault(need, {})[organisation] = score(features, weights)
    return found


def _best(scores):
    return sum(sorted(scores.values(), reverse=True)[:ON_A_SHORTLIST])


def finish(under_way):
    """Count how fair it was, as the shortlists stand now."""
    needs = under_way.needs.values("need")
    on = Match.objects.filter(state=Match.State.SUGGESTED, need__in=needs).order_by()
    times = Counter(on.values_list("organisation", flat=True))
    able = {*under_way.able, *times}
    earlier = Impression.objects.of_shortlists().filter(
        organisation__in=times, made_at__lt=under_way.asked_at
    )
    known = set(earlier.values_list("organisation", flat=True))
    worth = [(row.kept, row.best) for row in under_way.needs.all()]
    best = sum(most for _kept, most in worth)
    under_way.figures = {
        "needs": len(worth),
        "suggestions": times.total(),
        "counts": sorted(times[key] for key in able),
        "gini": gini([times[key] for key in able]),
        "kept": sum(kept for kept, _most in worth) / best if best else None,
        "newcomers": len(times.keys() - known),
        "provinces": _by_province(able, times),
    }
    under_way.is_done, under_way.done_at = True, clock.now()
    under_way.save(update_fields=["figures", "is_done", "done_at"])


def _by_province(able, times):
    """``[[province, could answer, suggested]]``: organisations, by where they are."""
    rows = Organisation.objects.filter(pk__in=able).order_by("province__name")
    could, did = Counter(), Counter()
    for pk, name in rows.values_list("pk", "province__name"):
        could[name] += 1
        did[name] += bool(times[pk])
    return [[name, could[name], did[name]] for name in could]
